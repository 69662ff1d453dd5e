#include "forecasting/classical/methods.h"

#include <algorithm>

#include "env/core/check.h"
#include "forecasting/classical/arma.h"
#include "forecasting/classical/autoregression.h"
#include "forecasting/classical/exponential_smoothing.h"
#include "forecasting/classical/intermittent.h"
#include "forecasting/classical/seasonal_arma.h"
#include "forecasting/classical/theta.h"
#include "forecasting/classical/window_mean.h"

namespace restock::forecasting {

namespace {

using Method = std::unique_ptr<RecursiveMethod>;

std::size_t at(const MethodSettings& settings, std::size_t i) {
  return static_cast<std::size_t>(settings[i]);
}
MethodSettings only_season(const MethodConfig&, std::size_t season) {
  return {static_cast<std::int64_t>(season)};
}
MethodSettings nothing(const MethodConfig&, std::size_t) {
  return {1};
}

Method build_window(const MethodSettings& s) {
  return std::make_unique<WindowMean>(at(s, 0), at(s, 1));
}
MethodSettings naive_window(const MethodConfig&, std::size_t) {
  return {1, 1};
}
MethodSettings seasonal_window(const MethodConfig&, std::size_t season) {
  return {static_cast<std::int64_t>(season), 1};
}
MethodSettings moving_window(const MethodConfig& config, std::size_t) {
  return {1, config.moving_average.window_days};
}
MethodSettings phase_window(const MethodConfig& config, std::size_t season) {
  return {static_cast<std::int64_t>(season), config.classical.same_phase_seasons};
}

Method build_ses(const MethodSettings&) {
  return std::make_unique<ExponentialSmoothing>(std::vector<EtsForm>{{}}, 1);
}
Method build_holt(const MethodSettings&) {
  return std::make_unique<ExponentialSmoothing>(std::vector<EtsForm>{{true, true, false}}, 1);
}
Method build_seasonal_ets(const MethodSettings& s) {
  return std::make_unique<ExponentialSmoothing>(std::vector<EtsForm>{{false, false, true}}, at(s, 0));
}
Method build_holt_winters(const MethodSettings& s) {
  return std::make_unique<ExponentialSmoothing>(std::vector<EtsForm>{{true, true, true}}, at(s, 0));
}
Method build_auto_ets(const MethodSettings& s) {
  return std::make_unique<ExponentialSmoothing>(every_ets_form(at(s, 0)), at(s, 0));
}
Method build_theta(const MethodSettings& s) {
  return std::make_unique<Theta>(at(s, 0));
}
template <IntermittentKind kind>
Method build_intermittent(const MethodSettings&) {
  return std::make_unique<Intermittent>(kind);
}
Method build_ar(const MethodSettings& s) {
  return std::make_unique<Autoregression>(at(s, 0));
}
MethodSettings order(const MethodConfig& config, std::size_t) {
  return {config.classical.largest_order};
}
Method build_arma(const MethodSettings& s) {
  return std::make_unique<Arma>(at(s, 0));
}

Method build_seasonal_arma(const MethodSettings& s) {
  return std::make_unique<SeasonalArma>(at(s, 0));
}

const ClassicalMethod& method_named(std::string_view name) {
  const auto& all = classical_methods();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const ClassicalMethod& m) { return m.description.name == name; });
  RESTOCK_CHECK(found != all.end(), "no classical method '{}'", name);
  return *found;
}

}  // namespace

void describe(FieldVisitor& visitor, SeasonalNaiveConfig& config) {
  visitor.field("season_days", config.season_days,
                {"a day is expected to sell as one so many days before", "days", 1, 400});
}

void describe(FieldVisitor& visitor, MovingAverageConfig& config) {
  visitor.field("window_days", config.window_days,
                {"a day is expected to sell the mean of the last so many", "days", 1, 400});
}

void describe(FieldVisitor& visitor, ClassicalConfig& config) {
  visitor.field("season", config.season,
                {"steps of a season; 0: 7 days, 12 months, none of weeks", "steps", 0, 400});
  visitor.field("same_phase_seasons", config.same_phase_seasons,
                {"seasons whose same phase is averaged", "seasons", 1, 100});
  visitor.field("largest_order", config.largest_order, {"most lags of the autoregression", "steps", 1, 60});
}

const std::vector<ClassicalMethod>& classical_methods() {
  static const std::vector<ClassicalMethod> methods{
      {{"seasonal_naive", "the value one season before", 2, build_window}, seasonal_window},
      {{"moving_average", "the mean of the last days", 2, build_window}, moving_window},
      {{"naive", "the last value", 2, build_window}, naive_window},
      {{"same_phase", "the mean of the same weekday or month in the last seasons", 2, build_window},
       phase_window},
      {{"ses", "simple exponential smoothing, ETS(A,N,N)", 1, build_ses}, nothing},
      {{"holt", "exponential smoothing with a damped trend, ETS(A,Ad,N)", 1, build_holt}, nothing},
      {{"ets", "exponential smoothing with a season, ETS(A,N,A)", 1, build_seasonal_ets}, only_season},
      {{"holt_winters", "exponential smoothing with damped trend and season, ETS(A,Ad,A)", 1,
        build_holt_winters},
       only_season},
      {{"auto_ets", "the additive exponential smoothing with the least corrected Akaike criterion", 1,
        build_auto_ets},
       only_season},
      {{"theta", "smoothing with half the drift of the trend line", 1, build_theta}, only_season},
      {{"croston", "size of demands over the interval between them", 1,
        build_intermittent<IntermittentKind::croston>},
       nothing},
      {{"sba", "Croston's method less its bias", 1, build_intermittent<IntermittentKind::sba>}, nothing},
      {{"tsb", "size of demands times the probability of one", 1, build_intermittent<IntermittentKind::tsb>},
       nothing},
      {{"ar", "autoregression by least squares", 1, build_ar}, order},
      {{"arima", "ARIMA(1,0,1) around means of the season", 1, build_arma}, only_season},
      {{"sarima", "ARIMA(1,0,1)(1,0,1) of the season around one mean", 1, build_seasonal_arma}, only_season},
  };
  return methods;
}

std::unique_ptr<ForecastModel> fit_classical(const ClassicalMethod& method, const Panel& panel,
                                             std::size_t train_days, const MethodConfig& config) {
  const bool own = panel.frequency == Frequency::day && method.description.name == "seasonal_naive";
  const auto season = config.classical.season > 0 ? static_cast<std::size_t>(config.classical.season)
                      : own ? static_cast<std::size_t>(config.seasonal_naive.season_days)
                            : season_of(panel.frequency);
  return fit_recursive(method.description, method.settings(config, season), season, panel, train_days);
}

std::unique_ptr<ForecastModel> fit_seasonal_naive(const Panel& panel, std::size_t train_days,
                                                  const SeasonalNaiveConfig& config) {
  return fit_classical(method_named("seasonal_naive"), panel, train_days, {config, {}, {}});
}

std::unique_ptr<ForecastModel> fit_moving_average(const Panel& panel, std::size_t train_days,
                                                  const MovingAverageConfig& config) {
  return fit_classical(method_named("moving_average"), panel, train_days, {{}, config, {}});
}

}  // namespace restock::forecasting
