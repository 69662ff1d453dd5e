#include "forecasting/path_forecaster.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "forecasting/classical/error_law_fit.h"
#include "forecasting/model.h"
#include "forecasting/stepwise.h"

namespace restock::forecasting {

namespace {

constexpr std::size_t kReplayed = 730;  ///< past origins whose errors make the law

/// The law of each row's past errors.
class PastErrors final : public PathLaw {
 public:
  PastErrors(std::shared_ptr<const PathMaker> maker, std::shared_ptr<const ErrorLaw> law, std::int64_t origin)
      : maker_(std::move(maker)), law_(std::move(law)), origin_(origin) {}
  const LevelGrid& grid() const override { return law_->grid(); }
  void of_sum(const Morning& morning, std::span<const LevelGrid::Place> levels,
              std::span<float> out) const override {
    const auto sum = std::accumulate(morning.path.begin(), morning.path.end(), 0.0);
    law_->quantiles_of_sum(around(morning.series, static_cast<float>(sum)), morning.path.size(), levels, out);
  }
  void of_steps(const Morning& morning, std::span<const LevelGrid::Place> levels,
                std::span<float> out) const override {
    for (std::size_t h = 0; h < morning.path.size(); ++h)
      law_->quantiles_of_step(around(morning.series, morning.path[h]), h + 1,
                              origin_ + morning.day + static_cast<std::int64_t>(h), levels,
                              out.subspan(h * levels.size(), levels.size()));
  }

 private:
  ErrorLaw::Law around(std::size_t series, float forecast) const {
    return {maker_->row(series), forecast, maker_->mean_sales(series)};
  }
  std::shared_ptr<const PathMaker> maker_;
  std::shared_ptr<const ErrorLaw> law_;
  std::int64_t origin_;  ///< clock of day 0
};

class PathForecaster final : public Forecaster, public StepwiseForecaster {
 public:
  PathForecaster(std::string_view name, std::shared_ptr<const PathMaker> maker,
                 std::shared_ptr<const PathLaw> law, const Panel& panel, std::size_t origin)
      : name_(name), maker_(std::move(maker)), law_(std::move(law)) {
    const std::size_t width = state_size();
    start_.resize(maker_->series_count() * width);
    for (std::size_t s = 0; s < maker_->series_count(); ++s)
      maker_->start(s, std::span(start_).subspan(s * width, width));
    replay(*this, panel, 0, origin, origin, start_);
  }

  std::string_view name() const override { return name_; }
  std::size_t series_count() const override { return maker_->series_count(); }
  std::size_t state_size() const override { return maker_->state_size(); }

  void start(std::span<const std::int32_t> series, std::span<float> state) const override {
    for (std::size_t i = 0; i < series.size(); ++i) {
      const auto from = start_.begin() + series[i] * static_cast<std::ptrdiff_t>(state_size());
      std::copy_n(from, state_size(), state.begin() + static_cast<std::ptrdiff_t>(i * state_size()));
    }
  }

  void advance(std::int64_t day, std::span<const std::int32_t> series, std::span<const float> sales,
               std::span<const std::uint8_t> stocked_out, std::span<float> state) const override {
    for (std::size_t i = 0; i < series.size(); ++i)
      maker_->take(static_cast<std::size_t>(series[i]), day, sales[i], stocked_out[i] != 0,
                   state.subspan(i * state_size(), state_size()));
  }

  void predict(std::int64_t day, std::span<const std::int32_t> series, std::span<const std::int32_t> days,
               std::span<const double> levels, std::span<const float> state, std::span<float> mean,
               std::span<float> quantiles) const override {
    const auto places = places_of(levels);
    for (std::size_t i = 0; i < series.size(); ++i) {
      const auto out = quantiles.subspan(i * levels.size(), levels.size());
      const auto length = static_cast<std::size_t>(std::max(days[i], 0));
      const auto own = state.subspan(i * state_size(), state_size());
      const auto path = path_of(series[i], day, length, own);
      mean[i] = static_cast<float>(std::accumulate(path.begin(), path.end(), 0.0));
      if (length == 0) {
        std::fill(out.begin(), out.end(), 0.0F);
      } else if (!levels.empty()) {
        law_->of_sum({static_cast<std::size_t>(series[i]), day, own, path}, places, out);
      }
    }
  }

  void predict_steps(std::int64_t day, std::span<const std::int32_t> series, std::size_t horizon,
                     std::span<const double> levels, std::span<const float> state, std::span<float> mean,
                     std::span<float> quantiles) const override {
    const auto places = places_of(levels);
    for (std::size_t i = 0; i < series.size(); ++i) {
      const auto own = state.subspan(i * state_size(), state_size());
      const auto path = path_of(series[i], day, horizon, own);
      std::copy(path.begin(), path.end(), mean.begin() + static_cast<std::ptrdiff_t>(i * horizon));
      const std::size_t width = horizon * levels.size();
      if (width > 0)
        law_->of_steps({static_cast<std::size_t>(series[i]), day, own, path}, places,
                       quantiles.subspan(i * width, width));
    }
  }

 private:
  std::vector<LevelGrid::Place> places_of(std::span<const double> levels) const {
    std::vector<LevelGrid::Place> places;
    for (const double level : levels) places.push_back(law_->grid().place(level));
    return places;
  }
  /// Stands until the next call of this thread.
  std::span<const float> path_of(std::int32_t series, std::int64_t day, std::size_t length,
                                 std::span<const float> state) const {
    thread_local std::vector<float> means;
    if (means.size() < length) means.resize(length);
    maker_->clean_path(static_cast<std::size_t>(series), day, state, std::span(means).first(length));
    return std::span<const float>(means).first(length);
  }

  std::string_view name_;
  std::shared_ptr<const PathMaker> maker_;
  std::shared_ptr<const PathLaw> law_;
  std::vector<float> start_;
};

/// Past forecasts of one series against what came. The first ones are left out: memories are not settled
/// there.
void replay_errors(const PathMaker& maker, const Panel& panel, std::size_t s, ErrorLaw::Errors& errors,
                   std::span<float> state) {
  const std::size_t first = std::min(panel.listed_from[s], panel.days), length = panel.days - first;
  const std::size_t settled =
      first + std::max(std::min(ErrorLaw::kMaximumSteps, length / 4), length - std::min(length, kReplayed));
  std::vector<float> truth(panel.sales_of(s).begin(), panel.sales_of(s).end()), path(ErrorLaw::kMaximumSteps);
  for (std::size_t t = 0; t < truth.size(); ++t)
    if (panel.stocked_out_of(s)[t] != 0) truth[t] = std::numeric_limits<float>::quiet_NaN();
  for (std::size_t t = first; t < panel.days; ++t) {
    const auto day = static_cast<std::int64_t>(t);
    if (t >= settled) {
      maker.clean_path(s, day, state, path);
      errors.add(panel.clock(t), path, std::span<const float>(truth).subspan(t));
    }
    maker.take(s, day, panel.sales_of(s)[t], panel.stocked_out_of(s)[t] != 0, state);
  }
}

}  // namespace

void PathMaker::clean_path(std::size_t series, std::int64_t day, std::span<const float> state,
                           std::span<float> means) const {
  path(series, day, state, means);
  for (float& mean : means) mean = std::isfinite(mean) ? std::max(0.0F, mean) : mean_sales(series);
}

LearnedErrors learn_errors(const PathMaker& maker, const Panel& panel, std::size_t season,
                           std::size_t strangers) {
  const std::size_t width = maker.state_size();
  LearnedErrors learned{ErrorLaw(panel.series() + strangers, season),
                        std::vector<float>(panel.series() * width)};
  ErrorLawFit fit(learned.law);
  for (std::size_t s = 0; s < panel.series(); ++s) {
    const auto state = std::span(learned.last_state).subspan(s * width, width);
    ErrorLaw::Errors errors(static_cast<double>(maker.mean_sales(s)), season);
    maker.start(s, state);
    replay_errors(maker, panel, s, errors, state);
    fit.add(s, errors);
  }
  fit.finish();
  return learned;
}

std::unique_ptr<Forecaster> path_forecaster(std::string_view name, std::shared_ptr<const PathMaker> maker,
                                            std::shared_ptr<const PathLaw> law, const Panel& panel,
                                            std::size_t origin) {
  return std::make_unique<PathForecaster>(name, std::move(maker), std::move(law), panel, origin);
}

std::unique_ptr<Forecaster> path_forecaster(std::string_view name, std::shared_ptr<const PathMaker> maker,
                                            std::shared_ptr<const ErrorLaw> law, const Panel& panel,
                                            std::size_t origin) {
  auto errors = std::make_shared<PastErrors>(maker, std::move(law), panel.clock(origin));
  return path_forecaster(name, std::move(maker), std::shared_ptr<const PathLaw>(std::move(errors)), panel,
                         origin);
}

}  // namespace restock::forecasting
