#include "forecasting/backtest.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "env/core/check.h"
#include "env/core/error.h"
#include "forecasting/accuracy.h"
#include "forecasting/evaluation/scores.h"

namespace restock::forecasting {

namespace {

/// Mean over series of what each series scored; series without a scale are left out.
class ScaledMean {
 public:
  void add(double error, double scale) {
    if (scale > 0 && !std::isnan(error)) mean_.add(error / scale);
  }
  double value() const { return mean_.value(); }

 private:
  RunningMean mean_;
};

class Run {
 public:
  Run(const Forecaster& forecaster, const Panel& panel, std::size_t origin, const BacktestConfig& config)
      : forecaster_(forecaster),
        panel_(panel),
        config_(config),
        origin_(origin),
        n_(panel.series()),
        levels_(config.levels.size()),
        days_(static_cast<std::size_t>(config.days)),
        all_(n_),
        state_(n_ * forecaster.state_size()),
        mean_(n_),
        quantiles_(n_ * levels_),
        one_day_mean_(n_ * days_),
        one_day_quantiles_(levels_, std::vector<float>(n_ * days_)) {
    std::iota(all_.begin(), all_.end(), 0);
    for (std::size_t s = 0; s < n_; ++s) demand_.push_back(known_demand(panel, s));
    for (const std::int64_t days : config.interval_days) intervals_.emplace_back(days, config.levels);
    forecaster_.start(all_, state_);
  }

  BacktestResult result() {
    BacktestResult result;
    result.forecaster = forecaster_.name();
    score_path(result);
    for (std::size_t d = 0; d < days_; ++d) step(d);
    score_days(result);
    for (const Interval& interval : intervals_) result.intervals.push_back(interval.score());
    return result;
  }

 private:
  /// Losses of demand summed over some days.
  struct Interval {
    Interval(std::int64_t d, const std::vector<double>& l)
        : days(static_cast<std::size_t>(d)), levels(l), losses(l.size()), coverage(l.size()) {}
    void add(double truth, double mean, std::span<const float> quantiles) {
      error += std::fabs(truth - mean);
      volume += truth;
      for (std::size_t q = 0; q < levels.size(); ++q) {
        losses[q].add(truth, static_cast<double>(quantiles[q]), levels[q]);
        coverage[q].add(truth, static_cast<double>(quantiles[q]));
      }
    }
    IntervalScore score() const {
      IntervalScore score{static_cast<std::int64_t>(days), volume > 0 ? error / volume : std::nan(""), {}};
      for (std::size_t q = 0; q < levels.size(); ++q)
        score.levels.push_back(
            {levels[q], losses[q].value(), coverage[q].below(), coverage[q].at_or_below()});
      return score;
    }
    std::size_t days;
    std::vector<double> levels;
    double error = 0, volume = 0;
    std::vector<WeightedQuantileLoss> losses;
    std::vector<Coverage> coverage;
  };

  std::span<const float> actual(std::size_t s) const { return std::span(demand_[s]).subspan(origin_, days_); }
  std::span<const float> history(std::size_t s) const { return std::span(demand_[s]).first(origin_); }

  void predict(std::size_t day, std::size_t days, std::span<const double> levels) {
    const std::vector<std::int32_t> horizon(n_, static_cast<std::int32_t>(days));
    forecaster_.predict(static_cast<std::int64_t>(day), all_, horizon, levels, state_, mean_,
                        std::span(quantiles_).first(n_ * levels.size()));
  }

  /// Means of single days as differences of means of sums.
  void score_path(BacktestResult& result) {
    std::vector<float> path(n_ * days_), before(n_, 0.0F);
    for (std::size_t d = 0; d < days_; ++d) {
      predict(0, d + 1, {});
      for (std::size_t s = 0; s < n_; ++s)
        path[s * days_ + d] = mean_[s] - std::exchange(before[s], mean_[s]);
    }
    score_means(path, result.path_mase, result.path_rmsse);
  }

  void score_means(const std::vector<float>& means, double& mase, double& rmsse) const {
    ScaledMean absolute, squared;
    for (std::size_t s = 0; s < n_; ++s) {
      const auto forecast = std::span(means).subspan(s * days_, days_);
      const auto season = static_cast<std::size_t>(config_.season_days);
      absolute.add(mean_absolute_error(actual(s), forecast), seasonal_scale(history(s), season));
      squared.add(root_mean_square_error(actual(s), forecast), lag_one_scale(history(s)).root_mean_square);
    }
    mase = absolute.value();
    rmsse = squared.value();
  }

  void step(std::size_t d) {
    predict(d, 1, config_.levels);
    for (std::size_t s = 0; s < n_; ++s) {
      one_day_mean_[s * days_ + d] = mean_[s];
      for (std::size_t q = 0; q < levels_; ++q)
        one_day_quantiles_[q][s * days_ + d] = quantiles_[s * levels_ + q];
    }
    for (Interval& interval : intervals_) {
      if (d + interval.days <= days_) score_interval(d, interval);
    }
    advance(d);
  }

  void score_interval(std::size_t d, Interval& interval) {
    predict(d, interval.days, config_.levels);
    for (std::size_t s = 0; s < n_; ++s) {
      const auto window = actual(s).subspan(d, interval.days);
      const double sum = std::accumulate(window.begin(), window.end(), 0.0);
      if (!std::isnan(sum))
        interval.add(sum, static_cast<double>(mean_[s]), std::span(quantiles_).subspan(s * levels_, levels_));
    }
  }

  void advance(std::size_t d) {
    std::vector<float> sales;
    std::vector<std::uint8_t> stocked_out;
    for (std::size_t s = 0; s < n_; ++s) {
      sales.push_back(panel_.sales_of(s)[origin_ + d]);
      stocked_out.push_back(panel_.stocked_out_of(s)[origin_ + d]);
    }
    forecaster_.advance(static_cast<std::int64_t>(d), all_, sales, stocked_out, state_);
  }

  void score_days(BacktestResult& result) const {
    score_means(one_day_mean_, result.one_day_mase, result.one_day_rmsse);
    for (std::size_t q = 0; q < levels_; ++q) {
      ScaledMean loss;
      Coverage coverage;
      for (std::size_t s = 0; s < n_; ++s) {
        RunningMean pinball;
        for (std::size_t d = 0; d < days_; ++d) {
          const auto truth = static_cast<double>(actual(s)[d]);
          const auto quantile = static_cast<double>(one_day_quantiles_[q][s * days_ + d]);
          coverage.add(truth, quantile);
          if (!std::isnan(truth)) pinball.add(pinball_loss(truth, quantile, config_.levels[q]));
        }
        loss.add(pinball.value(), lag_one_scale(history(s)).mean_absolute);
      }
      result.one_day.push_back({config_.levels[q], loss.value(), coverage.below(), coverage.at_or_below()});
    }
  }

  const Forecaster& forecaster_;
  const Panel& panel_;
  const BacktestConfig& config_;
  std::size_t origin_, n_, levels_, days_;
  std::vector<std::int32_t> all_;
  std::vector<float> state_, mean_, quantiles_;
  std::vector<std::vector<float>> demand_;
  std::vector<float> one_day_mean_;
  std::vector<std::vector<float>> one_day_quantiles_;
  std::vector<Interval> intervals_;
};

void write_levels(JsonWriter& json, const std::vector<LevelScore>& levels) {
  json.key("levels").begin_array();
  for (const LevelScore& score : levels) {
    json.begin_object().member("level", score.level).member("loss", score.loss);
    json.member("below", score.below).member("at_or_below", score.at_or_below).end_object();
  }
  json.end_array();
}

}  // namespace

void describe(FieldVisitor& visitor, BacktestConfig& config) {
  visitor.field("days", config.days,
                {"last days of the history, on which forecasters are judged", "days", 1, 1000});
  visitor.field("season_days", config.season_days, {"season of the MASE scale", "days", 1, 400});
  visitor.field("interval_days", config.interval_days, {"protection intervals to score", "days", 1, 1000});
  visitor.field("levels", config.levels, {"quantile levels to score, increasing", "", 0.001, 0.999});
}

BacktestResult backtest(const Forecaster& forecaster, const Panel& panel, std::size_t origin,
                        const BacktestConfig& config) {
  RESTOCK_CHECK(origin + static_cast<std::size_t>(config.days) <= panel.days, "origin {}, {} of {} days",
                origin, config.days, panel.days);
  return Run(forecaster, panel, origin, config).result();
}

std::vector<BacktestResult> backtest_models(std::span<const ForecastModel* const> models, const Panel& panel,
                                            const BacktestConfig& config) {
  const TimeSplit split = split_by_days(panel, 0, static_cast<std::size_t>(config.days));
  std::vector<BacktestResult> results;
  for (const ForecastModel* model : models)
    results.push_back(backtest(*model->bind(panel, split.train_end), panel, split.train_end, config));
  return results;
}

void write_json(JsonWriter& json, const BacktestResult& result) {
  json.begin_object().member("forecaster", result.forecaster);
  json.member("path_mase", result.path_mase).member("path_rmsse", result.path_rmsse);
  json.member("one_day_mase", result.one_day_mase).member("one_day_rmsse", result.one_day_rmsse);
  json.key("one_day").begin_object();
  write_levels(json, result.one_day);
  json.end_object().key("intervals").begin_array();
  for (const IntervalScore& interval : result.intervals) {
    json.begin_object().member("days", interval.days).member("weighted_error", interval.weighted_error);
    write_levels(json, interval.levels);
    json.end_object();
  }
  json.end_array().end_object();
}

}  // namespace restock::forecasting
