#include "forecasting/evaluation/scores.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "env/core/check.h"
#include "forecasting/quantile_law.h"

namespace restock::forecasting {

namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

/// error / scale where both mean something.
double scaled(double error, double scale) {
  return scale > 0 && !std::isnan(error) ? error / scale : kUndefined;
}

void add_known(RunningMean& mean, double value) {
  if (!std::isnan(value)) mean.add(value);
}

std::size_t place_of(std::span<const double> grid, double level) {
  const auto found = std::find(grid.begin(), grid.end(), level);
  RESTOCK_CHECK(found != grid.end(), "level {} is not among those asked for", level);
  return static_cast<std::size_t>(found - grid.begin());
}

}  // namespace

ScoreSheet::ScoreSheet(const ForecastTask& task)
    : task_(task), levels_(task.levels.size()), sums_(task.sums.size()) {
  for (SumLevels& sum : sums_) sum.levels.resize(task.levels.size());
}

void ScoreSheet::add_steps(std::size_t series, std::size_t origin, const Steps& steps) {
  const LagOneScale lag_one = lag_one_scale(steps.history);
  SeriesScore score{series, origin, 0, 0, kUndefined, kUndefined, {}};
  score.mase =
      scaled(mean_absolute_error(steps.actual, steps.mean), seasonal_scale(steps.history, task_.season));
  score.rmsse = scaled(root_mean_square_error(steps.actual, steps.mean), lag_one.root_mean_square);
  Bias own;
  std::vector<RunningMean>& squares = squares_[origin];
  squares.resize(task_.horizon);
  for (std::size_t h = 0; h < steps.actual.size(); ++h) {
    own.add(static_cast<double>(steps.actual[h]), static_cast<double>(steps.mean[h]));
    bias_.add(static_cast<double>(steps.actual[h]), static_cast<double>(steps.mean[h]));
    const auto error = static_cast<double>(steps.actual[h] - steps.mean[h]);
    add_known(squares[h], scaled(error * error, lag_one.root_mean_square * lag_one.root_mean_square));
  }
  score.bias = own.value();
  if (!steps.quantiles.empty()) add_quantiles(steps, lag_one.mean_absolute, score);
  add_known(mase_, score.mase);
  add_known(rmsse_, score.rmsse);
  series_.push_back(std::move(score));
}

void ScoreSheet::add_quantiles(const Steps& steps, double scale, SeriesScore& score) {
  const std::size_t width = steps.grid.size();
  RunningMean crps;
  std::vector<RunningMean> pinball(task_.levels.size());
  for (std::size_t h = 0; h < steps.actual.size(); ++h) {
    const auto truth = static_cast<double>(steps.actual[h]);
    if (std::isnan(truth)) continue;
    const auto quantiles = steps.quantiles.subspan(h * width, width);
    const QuantileLaw law(steps.grid, quantiles);
    const PlacedQuantile truth_in_law = place_quantile(law, truth, steps.counted);
    pit_.add(truth_in_law.below, truth_in_law.at_or_below);
    crps.add(crps_of_quantiles(truth, steps.grid, quantiles));
    for (std::size_t q = 0; q < task_.levels.size(); ++q) {
      const double level = task_.levels[q];
      const auto quantile = static_cast<double>(quantiles[place_of(steps.grid, level)]);
      pinball[q].add(pinball_loss(truth, quantile, level));
      levels_[q].wql.add(truth, quantile, level);
      const PlacedQuantile placed = place_quantile(law, quantile, steps.counted);
      levels_[q].coverage.add(truth, placed.quantile, level, placed.below, placed.at_or_below);
    }
  }
  score.crps = scaled(crps.value(), scale);
  add_known(crps_, score.crps);
  for (std::size_t q = 0; q < task_.levels.size(); ++q) {
    score.spl.push_back(scaled(pinball[q].value(), scale));
    add_known(levels_[q].spl, score.spl.back());
  }
}

void ScoreSheet::add_sum(const Sum& sum) {
  if (std::isnan(sum.actual)) return;
  SumLevels& to = sums_[sum.index];
  to.error += std::fabs(sum.actual - sum.mean);
  to.volume += sum.actual;
  const QuantileLaw law(sum.grid, sum.quantiles);
  const PlacedQuantile truth_in_law = place_quantile(law, sum.actual, sum.counted);
  to.pit.add(truth_in_law.below, truth_in_law.at_or_below);
  for (std::size_t q = 0; q < task_.levels.size(); ++q) {
    const double level = task_.levels[q];
    const auto quantile = static_cast<double>(sum.quantiles[place_of(sum.grid, level)]);
    to.levels[q].wql.add(sum.actual, quantile, level);
    const PlacedQuantile placed = place_quantile(law, quantile, sum.counted);
    to.levels[q].coverage.add(sum.actual, placed.quantile, level, placed.below, placed.at_or_below);
  }
}

void ScoreSheet::add(const ScoreSheet& other) {
  mase_.add(other.mase_);
  rmsse_.add(other.rmsse_);
  crps_.add(other.crps_);
  bias_.add(other.bias_);
  const auto add_level = [](Level& to, const Level& from) {
    to.spl.add(from.spl);
    to.wql.add(from.wql);
    to.coverage.add(from.coverage);
  };
  for (std::size_t q = 0; q < levels_.size(); ++q) add_level(levels_[q], other.levels_[q]);
  for (std::size_t i = 0; i < sums_.size(); ++i) {
    sums_[i].error += other.sums_[i].error;
    sums_[i].volume += other.sums_[i].volume;
    sums_[i].pit.add(other.sums_[i].pit);
    for (std::size_t q = 0; q < levels_.size(); ++q) add_level(sums_[i].levels[q], other.sums_[i].levels[q]);
  }
  series_.insert(series_.end(), other.series_.begin(), other.series_.end());
  pit_.add(other.pit_);
  for (const auto& [origin, squares] : other.squares_) {
    std::vector<RunningMean>& to = squares_[origin];
    to.resize(task_.horizon);
    for (std::size_t h = 0; h < squares.size(); ++h) to[h].add(squares[h]);
  }
}

std::vector<double> ScoreSheet::squared_errors() const {
  std::vector<double> errors;
  for (const auto& [origin, squares] : squares_)
    for (const RunningMean& square : squares) errors.push_back(square.value());
  return errors;
}

LevelScores ScoreSheet::scores_of(std::size_t q, const Level& level) const {
  return {task_.levels[q],
          level.spl.value(),
          level.wql.value(),
          level.coverage.below(),
          level.coverage.at_or_below(),
          level.coverage.randomised()};
}

std::vector<LevelScores> ScoreSheet::levels() const {
  std::vector<LevelScores> scores;
  for (std::size_t q = 0; q < levels_.size(); ++q) scores.push_back(scores_of(q, levels_[q]));
  return scores;
}

std::vector<SumScores> ScoreSheet::sums() const {
  std::vector<SumScores> scores;
  for (std::size_t i = 0; i < sums_.size(); ++i) {
    const SumLevels& sum = sums_[i];
    scores.push_back({task_.sums[i], sum.volume > 0 ? sum.error / sum.volume : kUndefined, {}, sum.pit});
    for (std::size_t q = 0; q < levels_.size(); ++q)
      scores.back().levels.push_back(scores_of(q, sum.levels[q]));
  }
  return scores;
}

std::vector<double> fine_levels(std::span<const double> levels) {
  std::vector<double> all(levels.begin(), levels.end());
  for (int i = 1; i < 20; ++i) all.push_back(i / 20.0);
  for (const double tail : {0.005, 0.01, 0.025, 0.925, 0.965, 0.975, 0.985, 0.99, 0.995, 0.998})
    all.push_back(tail);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::vector<float> known_demand(const Panel& panel, std::size_t s) {
  std::vector<float> demand(panel.sales_of(s).begin(), panel.sales_of(s).end());
  for (std::size_t t = 0; t < demand.size(); ++t) {
    if (panel.stocked_out_of(s)[t] != 0 || t < panel.listed_from[s])
      demand[t] = std::numeric_limits<float>::quiet_NaN();
  }
  return demand;
}

}  // namespace restock::forecasting
