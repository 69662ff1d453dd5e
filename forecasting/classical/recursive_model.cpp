#include "forecasting/classical/recursive_model.h"

#include <fmt/format.h>

#include <algorithm>

#include "env/core/check.h"
#include "env/core/error.h"
#include "forecasting/path_forecaster.h"

namespace restock::forecasting {

namespace {

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
  std::shared_ptr<const ErrorLaw> law;

  std::span<const float> parameters_of(std::size_t row) const {
    const std::size_t width = method->parameter_count();
    return std::span(parameters).subspan(row * width, width);
  }
};

class RecursivePaths final : public PathMaker {
 public:
  RecursivePaths(std::shared_ptr<const Fitted> fitted, const Panel& panel, std::size_t origin)
      : fitted_(std::move(fitted)),
        rows_(rows_in_model(fitted_->name, fitted_->ids, panel.ids)),
        origin_(panel.clock(origin)) {
    for (std::size_t s = 0; s < panel.series(); ++s) {
      const auto begins = static_cast<float>(panel.clock(panel.listed_from[s]));
      begins_later_.push_back(begins > fitted_->first_clock[row(s)]);
    }
  }
  std::size_t series_count() const override { return rows_.size(); }
  std::size_t state_size() const override { return fitted_->method->state_size(); }
  std::size_t row(std::size_t series) const override { return static_cast<std::size_t>(rows_[series]); }
  float mean_sales(std::size_t series) const override { return fitted_->mean_sales[row(series)]; }
  void start(std::size_t series, std::span<float> state) const override {
    const auto& from = begins_later_[series] ? fitted_->last_state : fitted_->first_state;
    std::copy_n(from.begin() + static_cast<std::ptrdiff_t>(row(series) * state_size()), state_size(),
                state.begin());
  }
  void take(std::size_t series, std::int64_t day, float sales, bool stocked_out,
            std::span<float> state) const override {
    fitted_->method->take(fitted_->parameters_of(row(series)), origin_ + day, sales, stocked_out, state);
  }
  void path(std::size_t series, std::int64_t day, std::span<const float> state,
            std::span<float> means) const override {
    fitted_->method->path(fitted_->parameters_of(row(series)), origin_ + day, state, means);
  }

 private:
  std::shared_ptr<const Fitted> fitted_;
  std::vector<std::int32_t> rows_;
  std::int64_t origin_;             ///< clock of day 0
  std::vector<bool> begins_later_;  ///< than what was learned from
};

class RecursiveModel final : public ForecastModel {
 public:
  explicit RecursiveModel(std::shared_ptr<const Fitted> fitted) : fitted_(std::move(fitted)) {}
  std::string_view name() const override { return fitted_->name; }
  const std::vector<std::string>& ids() const override { return fitted_->ids; }
  std::unique_ptr<Forecaster> bind(const Panel& panel, std::size_t origin) const override {
    RESTOCK_CHECK(origin <= panel.days, "origin {} of a history of {} days", origin, panel.days);
    require_same_step(fitted_->name, fitted_->frequency, panel);
    return path_forecaster(fitted_->name, std::make_shared<RecursivePaths>(fitted_, panel, origin),
                           fitted_->law, panel, origin);
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
    f.law->save(file);
    return file;
  }

 private:
  std::shared_ptr<const Fitted> fitted_;
};

std::shared_ptr<Fitted> empty(const MethodDescription& method, const MethodSettings& settings,
                              std::size_t season, std::vector<std::string> ids) {
  auto fitted = std::make_shared<Fitted>();
  fitted->name = method.name;
  fitted->settings = settings;
  fitted->method = method.build(settings);
  fitted->ids = std::move(ids);
  fitted->season = season;
  return fitted;
}

void fit_series(Fitted& fitted, const Panel& seen, std::size_t s) {
  const std::size_t from = std::min(seen.listed_from[s], seen.days);
  const SeriesSample sample{seen.sales_of(s).subspan(from), seen.stocked_out_of(s).subspan(from),
                            seen.clock(from)};
  const std::size_t parameters = fitted.method->parameter_count(), width = fitted.method->state_size();
  fitted.first_clock.push_back(static_cast<float>(sample.clock));
  fitted.mean_sales.push_back(static_cast<float>(sample.mean()));
  fitted.method->fit(sample, std::span(fitted.parameters).subspan(s * parameters, parameters),
                     std::span(fitted.first_state).subspan(s * width, width));
}

}  // namespace

std::unique_ptr<ForecastModel> fit_recursive(const MethodDescription& method, const MethodSettings& settings,
                                             std::size_t season, const Panel& panel, std::size_t train_days) {
  RESTOCK_CHECK(train_days <= panel.days, "{} days of a history of {}", train_days, panel.days);
  if (train_days == 0)
    throw InputError(fmt::format("forecaster '{}' has no history to learn from", method.name));
  const Panel seen = first_days(panel, train_days);
  const auto fitted = empty(method, settings, season, panel.ids);
  fitted->frequency = panel.frequency;
  fitted->parameters.resize(panel.series() * fitted->method->parameter_count());
  fitted->first_state.resize(panel.series() * fitted->method->state_size());
  for (std::size_t s = 0; s < panel.series(); ++s) fit_series(*fitted, seen, s);
  fitted->last_state = fitted->first_state;
  LearnedErrors learned = learn_errors(RecursivePaths(fitted, seen, 0), seen, season);
  fitted->law = std::make_shared<const ErrorLaw>(std::move(learned.law));
  fitted->last_state = std::move(learned.last_state);
  return std::make_unique<RecursiveModel>(fitted);
}

std::unique_ptr<ForecastModel> load_recursive(const MethodDescription& method, const TensorFile& file) {
  MethodSettings settings;
  for (std::size_t i = 0; i < method.settings; ++i)
    settings.push_back(file.number(fmt::format("setting_{}", i), 1, kLargestSetting));
  const auto fitted =
      empty(method, settings, static_cast<std::size_t>(file.number("season", 1, kLargestSetting)),
            split_ids(file.text("ids")));
  fitted->frequency = static_cast<Frequency>(file.number("step", 0, 2));
  const std::size_t n = fitted->ids.size();
  fitted->parameters = file.get("parameters", {n, fitted->method->parameter_count()});
  fitted->first_state = file.get("first_state", {n, fitted->method->state_size()});
  fitted->last_state = file.get("last_state", {n, fitted->method->state_size()});
  fitted->first_clock = file.get("first_clock", {n});
  fitted->mean_sales = file.get("mean_sales", {n});
  fitted->law = std::make_shared<const ErrorLaw>(ErrorLaw::load(file, n, fitted->season));
  return std::make_unique<RecursiveModel>(fitted);
}

}  // namespace restock::forecasting
