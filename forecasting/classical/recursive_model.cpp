#include "forecasting/classical/recursive_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "env/core/check.h"
#include "env/core/error.h"
#include "forecasting/classical/error_law_fit.h"
#include "forecasting/stepwise.h"

namespace restock::forecasting {

namespace {

constexpr std::size_t kReplayed = 365;  ///< past origins whose errors make the law

struct Fitted {
  std::string_view name;
  MethodSettings settings;
  std::unique_ptr<RecursiveMethod> method;
  std::vector<std::string> ids;
  Frequency frequency = Frequency::day;
  std::size_t season = 1;
  std::vector<float> parameters, first_state, last_state;  ///< [series × …]
  std::vector<float> first_clock;                          ///< of the step that first_state stands before
  std::vector<float> mean_sales;
  ErrorLaw law;

  std::span<const float> parameters_of(std::size_t row) const {
    const std::size_t width = method->parameter_count();
    return std::span(parameters).subspan(row * width, width);
  }
  /// Means that a forecaster may say: finite and not negative.
  void path(std::size_t row, std::int64_t clock, std::span<const float> state, std::span<float> means) const {
    method->path(parameters_of(row), clock, state, means);
    for (float& mean : means) mean = std::isfinite(mean) ? std::max(0.0F, mean) : mean_sales[row];
  }
};

class RecursiveForecaster final : public StepwiseForecaster {
 public:
  RecursiveForecaster(std::shared_ptr<const Fitted> fitted, const Panel& panel, std::size_t origin)
      : fitted_(std::move(fitted)),
        rows_(rows_in_model(fitted_->name, fitted_->ids, panel.ids)),
        origin_(panel.clock(origin)) {
    const std::size_t width = state_size();
    start_.resize(panel.series() * width);
    for (std::size_t s = 0; s < panel.series(); ++s) {
      const std::size_t row = this->row(static_cast<std::int32_t>(s));
      const auto begins = static_cast<float>(panel.clock(panel.listed_from[s]));
      const auto& from = begins > fitted_->first_clock[row] ? fitted_->last_state : fitted_->first_state;
      std::copy_n(from.begin() + static_cast<std::ptrdiff_t>(row * width), width,
                  start_.begin() + static_cast<std::ptrdiff_t>(s * width));
    }
    replay(*this, panel, 0, origin, origin, start_);
  }

  std::string_view name() const override { return fitted_->name; }
  std::size_t series_count() const override { return rows_.size(); }
  std::size_t state_size() const override { return fitted_->method->state_size(); }

  void start(std::span<const std::int32_t> series, std::span<float> state) const override {
    for (std::size_t i = 0; i < series.size(); ++i) {
      const auto from = start_.begin() + series[i] * static_cast<std::ptrdiff_t>(state_size());
      std::copy_n(from, state_size(), state.begin() + static_cast<std::ptrdiff_t>(i * state_size()));
    }
  }

  void advance(std::int64_t day, std::span<const std::int32_t> series, std::span<const float> sales,
               std::span<const std::uint8_t> stocked_out, std::span<float> state) const override {
    for (std::size_t i = 0; i < series.size(); ++i)
      fitted_->method->take(fitted_->parameters_of(row(series[i])), origin_ + day, sales[i],
                            stocked_out[i] != 0, state.subspan(i * state_size(), state_size()));
  }

  void predict(std::int64_t day, std::span<const std::int32_t> series, std::span<const std::int32_t> days,
               std::span<const double> levels, std::span<const float> state, std::span<float> mean,
               std::span<float> quantiles) const override {
    const auto places = places_of(levels);
    for (std::size_t i = 0; i < series.size(); ++i) {
      const auto out = quantiles.subspan(i * levels.size(), levels.size());
      const auto length = static_cast<std::size_t>(std::max(days[i], 0));
      const auto path = path_of(series[i], day, length, state.subspan(i * state_size(), state_size()));
      mean[i] = static_cast<float>(std::accumulate(path.begin(), path.end(), 0.0));
      if (length == 0) {
        std::fill(out.begin(), out.end(), 0.0F);
      } else if (!levels.empty()) {
        fitted_->law.quantiles_of_sum(law(series[i], mean[i]), length, places, out);
      }
    }
  }

  void predict_steps(std::int64_t day, std::span<const std::int32_t> series, std::size_t horizon,
                     std::span<const double> levels, std::span<const float> state, std::span<float> mean,
                     std::span<float> quantiles) const override {
    const auto places = places_of(levels);
    for (std::size_t i = 0; i < series.size(); ++i) {
      const auto path = path_of(series[i], day, horizon, state.subspan(i * state_size(), state_size()));
      for (std::size_t h = 0; h < horizon; ++h) {
        const std::size_t cell = i * horizon + h;
        mean[cell] = path[h];
        fitted_->law.quantiles_of_step(law(series[i], path[h]), h + 1,
                                       origin_ + day + static_cast<std::int64_t>(h), places,
                                       quantiles.subspan(cell * levels.size(), levels.size()));
      }
    }
  }

 private:
  std::size_t row(std::int32_t series) const {
    return static_cast<std::size_t>(rows_[static_cast<std::size_t>(series)]);
  }
  ErrorLaw::Law law(std::int32_t series, float forecast) const {
    return {row(series), forecast, fitted_->mean_sales[row(series)]};
  }
  std::vector<LevelGrid::Place> places_of(std::span<const double> levels) const {
    std::vector<LevelGrid::Place> places;
    for (const double level : levels) places.push_back(fitted_->law.grid().place(level));
    return places;
  }
  /// Stands until the next call of this thread.
  std::span<const float> path_of(std::int32_t series, std::int64_t day, std::size_t length,
                                 std::span<const float> state) const {
    thread_local std::vector<float> means;
    if (means.size() < length) means.resize(length);
    fitted_->path(row(series), origin_ + day, state, std::span(means).first(length));
    return std::span<const float>(means).first(length);
  }

  std::shared_ptr<const Fitted> fitted_;
  std::vector<std::int32_t> rows_;
  std::int64_t origin_;  ///< clock of day 0
  std::vector<float> start_;
};

class RecursiveModel final : public ForecastModel {
 public:
  explicit RecursiveModel(Fitted fitted) : fitted_(std::make_shared<const Fitted>(std::move(fitted))) {}
  std::string_view name() const override { return fitted_->name; }
  const std::vector<std::string>& ids() const override { return fitted_->ids; }
  std::unique_ptr<Forecaster> bind(const Panel& panel, std::size_t origin) const override {
    RESTOCK_CHECK(origin <= panel.days, "origin {} of a history of {} days", origin, panel.days);
    if (panel.frequency != fitted_->frequency)
      throw InputError(
          fmt::format("the forecaster '{}' has learned from one row a {}, and this history has one a {}",
                      fitted_->name, name_of(fitted_->frequency), name_of(panel.frequency)));
    return std::make_unique<RecursiveForecaster>(fitted_, panel, origin);
  }
  TensorFile tensors() const override {
    const Fitted& f = *fitted_;
    TensorFile file;
    file.metadata["name"] = f.name;
    file.metadata["ids"] = join_ids(f.ids);
    file.set_number("step", static_cast<std::int64_t>(f.frequency));
    file.set_number("season", static_cast<std::int64_t>(f.season));
    for (std::size_t i = 0; i < f.settings.size(); ++i)
      file.set_number(fmt::format("setting_{}", i), f.settings[i]);
    const std::size_t n = f.ids.size();
    file.set("parameters", {n, f.method->parameter_count()}, f.parameters);
    file.set("first_state", {n, f.method->state_size()}, f.first_state);
    file.set("last_state", {n, f.method->state_size()}, f.last_state);
    file.set("first_clock", {n}, f.first_clock);
    file.set("mean_sales", {n}, f.mean_sales);
    f.law.save(file);
    return file;
  }

 private:
  std::shared_ptr<const Fitted> fitted_;
};

Fitted empty(const MethodDescription& method, const MethodSettings& settings, std::size_t season,
             std::vector<std::string> ids) {
  const std::size_t n = ids.size();
  Fitted fitted{
      method.name, settings, method.build(settings), std::move(ids),        Frequency::day,     season, {},
      {},          {},       std::vector<float>(n),  std::vector<float>(n), ErrorLaw(n, season)};
  fitted.parameters.resize(n * fitted.method->parameter_count());
  fitted.first_state.resize(n * fitted.method->state_size());
  fitted.last_state = fitted.first_state;
  return fitted;
}

/// One series of a model while it is fitted.
class SeriesFit {
 public:
  SeriesFit(Fitted& fitted, ErrorLawFit& law, const Panel& panel, std::size_t s, std::size_t train_days)
      : fitted_(fitted), law_(law), row_(s), from_(std::min(panel.listed_from[s], train_days)) {
    sample_ = {panel.sales_of(s).subspan(from_, train_days - from_),
               panel.stocked_out_of(s).subspan(from_, train_days - from_), panel.clock(from_)};
  }

  void run() {
    const RecursiveMethod& method = *fitted_.method;
    const auto parameters =
        std::span(fitted_.parameters).subspan(row_ * method.parameter_count(), method.parameter_count());
    const std::size_t width = method.state_size();
    const auto first = std::span(fitted_.first_state).subspan(row_ * width, width);
    fitted_.first_clock[row_] = static_cast<float>(sample_.clock);
    fitted_.mean_sales[row_] = static_cast<float>(sample_.mean());
    method.fit(sample_, parameters, first);
    std::vector<float> state(first.begin(), first.end());
    replay_errors(parameters, state);
    std::copy(state.begin(), state.end(),
              fitted_.last_state.begin() + static_cast<std::ptrdiff_t>(row_ * width));
  }

 private:
  /// Past forecasts against what came. The first ones are left out: memories are not settled there.
  void replay_errors(std::span<const float> parameters, std::span<float> state) {
    const std::size_t length = sample_.values.size();
    const std::size_t settled =
        std::max(std::min(ErrorLaw::kMaximumSteps, length / 4), length - std::min(length, kReplayed));
    ErrorLaw::Errors errors(static_cast<double>(fitted_.mean_sales[row_]), fitted_.season);
    std::vector<float> truth(sample_.values.begin(), sample_.values.end()), path(ErrorLaw::kMaximumSteps);
    for (std::size_t t = 0; t < length; ++t)
      if (!sample_.known(t)) truth[t] = std::numeric_limits<float>::quiet_NaN();
    for (std::size_t t = 0; t < length; ++t) {
      const std::int64_t clock = sample_.clock + static_cast<std::int64_t>(t);
      if (t >= settled) {
        fitted_.path(row_, clock, state, path);
        errors.add(clock, path, std::span<const float>(truth).subspan(t));
      }
      fitted_.method->take(parameters, clock, sample_.values[t], sample_.stocked_out[t] != 0, state);
    }
    law_.add(row_, errors);
  }

  Fitted& fitted_;
  ErrorLawFit& law_;
  std::size_t row_, from_;
  SeriesSample sample_;
};

}  // namespace

std::unique_ptr<ForecastModel> fit_recursive(const MethodDescription& method, const MethodSettings& settings,
                                             std::size_t season, const Panel& panel, std::size_t train_days) {
  RESTOCK_CHECK(train_days <= panel.days, "{} days of a history of {}", train_days, panel.days);
  if (train_days == 0)
    throw InputError(fmt::format("forecaster '{}' has no history to learn from", method.name));
  Fitted fitted = empty(method, settings, season, panel.ids);
  fitted.frequency = panel.frequency;
  ErrorLawFit law(fitted.law);
  for (std::size_t s = 0; s < panel.series(); ++s) SeriesFit(fitted, law, panel, s, train_days).run();
  law.finish();
  return std::make_unique<RecursiveModel>(std::move(fitted));
}

std::unique_ptr<ForecastModel> load_recursive(const MethodDescription& method, const TensorFile& file) {
  MethodSettings settings;
  for (std::size_t i = 0; i < method.settings; ++i)
    settings.push_back(file.number(fmt::format("setting_{}", i), 1, kLargestSetting));
  Fitted fitted = empty(method, settings, static_cast<std::size_t>(file.number("season", 1, kLargestSetting)),
                        split_ids(file.text("ids")));
  fitted.frequency = static_cast<Frequency>(file.number("step", 0, 2));
  const std::size_t n = fitted.ids.size();
  fitted.parameters = file.get("parameters", {n, fitted.method->parameter_count()});
  fitted.first_state = file.get("first_state", {n, fitted.method->state_size()});
  fitted.last_state = file.get("last_state", {n, fitted.method->state_size()});
  fitted.first_clock = file.get("first_clock", {n});
  fitted.mean_sales = file.get("mean_sales", {n});
  fitted.law.load(file);
  return std::make_unique<RecursiveModel>(std::move(fitted));
}

}  // namespace restock::forecasting
