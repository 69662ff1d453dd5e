#include "agents/bundle/forecast_golden.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "agents/bundle/folder.h"
#include "agents/bundle/json_node.h"
#include "env/core/json_writer.h"
#include "env/core/suggest.h"

namespace restock::bundle {

namespace {

using forecasting::Panel;

constexpr std::size_t kMostSeries = 8;
constexpr std::size_t kDays = 56;
constexpr std::size_t kKnownBeyond = 28;
constexpr std::size_t kMostDays = 4096;
constexpr std::size_t kMostCovariates = 64;
constexpr double kMostValue = 1e12;

template <class T>
std::vector<T> last_columns(const std::vector<T>& values, std::size_t series, std::size_t width,
                            std::size_t first, std::size_t count) {
  std::vector<T> cut;
  for (std::size_t s = 0; s < series; ++s) {
    const auto row = values.begin() + static_cast<std::ptrdiff_t>(s * width + first);
    cut.insert(cut.end(), row, row + static_cast<std::ptrdiff_t>(count));
  }
  return cut;
}

/// The last weeks of a panel.
Panel last_weeks(const Panel& whole) {
  const std::size_t first = whole.days > kDays ? whole.days - kDays : 0;
  Panel panel;
  panel.first_day = whole.date(first);
  panel.days = whole.days - first;
  panel.known_days = std::min(whole.known_days - first, panel.days + kKnownBeyond);
  panel.ids = whole.ids;
  panel.sales = last_columns(whole.sales, whole.series(), whole.days, first, panel.days);
  panel.stocked_out = last_columns(whole.stocked_out, whole.series(), whole.days, first, panel.days);
  for (const forecasting::Covariate& covariate : whole.covariates)
    panel.covariates.push_back({covariate.name, last_columns(covariate.values, whole.series(),
                                                             whole.known_days, first, panel.known_days)});
  for (const std::size_t listed : whole.listed_from)
    panel.listed_from.push_back(listed > first ? listed - first : 0);
  return panel;
}

std::vector<std::int32_t> intervals_of(const BundleMetadata& metadata, std::size_t series) {
  std::vector<std::int32_t> days;
  for (std::size_t i = 0; i < series; ++i) days.push_back(metadata.skus[i].protection_interval_days);
  return days;
}

void write_floats(JsonWriter& json, std::string_view name, const std::vector<float>& values) {
  json.key(name).begin_array();
  for (const float value : values) json.value(static_cast<double>(value));  // null: not a number
  json.end_array();
}

std::vector<float> read_floats(const JsonNode& node, std::size_t count) {
  std::vector<float> values;
  for (const JsonNode& item : node.items(count))
    values.push_back(item.is_null() ? std::numeric_limits<float>::quiet_NaN()
                                    : static_cast<float>(item.number(-kMostValue, kMostValue)));
  if (values.size() != count) node.fail(fmt::format("{} values, expected {}", values.size(), count));
  return values;
}

/// The bundle's first SKUs are the series.
Panel read_panel(const JsonNode& root, const BundleMetadata& metadata) {
  Panel panel;
  const auto first_day = parse_date(root.at("first_day").text(10));
  if (!first_day) root.at("first_day").fail("is no date such as 2026-01-05");
  panel.first_day = *first_day;
  panel.days = static_cast<std::size_t>(root.at("days").integer(1, kMostDays));
  panel.known_days = static_cast<std::size_t>(
      root.at("known_days").integer(static_cast<std::int64_t>(panel.days), kMostDays));
  const std::size_t series = std::min(kMostSeries, metadata.skus.size());
  for (std::size_t i = 0; i < series; ++i) panel.ids.push_back(metadata.skus[i].id);
  panel.sales = read_floats(root.at("sales"), series * panel.days);
  for (const std::int64_t flag : root.at("stocked_out").integers(series * panel.days, 0, 1))
    panel.stocked_out.push_back(static_cast<std::uint8_t>(flag));
  for (const std::int64_t day : root.at("listed_from").integers(series, 0, kMostDays))
    panel.listed_from.push_back(static_cast<std::size_t>(day));
  for (const JsonNode& item : root.at("covariates").items(kMostCovariates)) {
    item.expect_members({"name", "values"});
    panel.covariates.push_back(
        {item.at("name").text(200), read_floats(item.at("values"), series * panel.known_days)});
  }
  return panel;
}

void compare(const JsonNode& root, const char* name, const std::vector<float>& now) {
  const std::vector<float> then = read_floats(root.at(name), now.size());
  for (std::size_t i = 0; i < now.size(); ++i) {
    const double allowed = kForecastTolerance * std::max(1.0, std::fabs(double{then[i]}));
    if (!(std::fabs(double{now[i]} - double{then[i]}) <= allowed))
      root.at(name).fail(
          fmt::format("the forecaster says {} where it said {} when it was exported; export the policy again "
                      "with this version",
                      now[i], then[i]));
  }
}

}  // namespace

ForecastColumns forecast_from(const forecasting::ForecastModel& model, const Panel& panel, std::size_t origin,
                              const std::vector<std::int32_t>& interval_days,
                              const std::vector<double>& levels) {
  const std::unique_ptr<Forecaster> forecaster = model.bind(panel, origin);
  std::vector<std::int32_t> series(panel.series());
  std::iota(series.begin(), series.end(), 0);
  std::vector<float> state(series.size() * forecaster->state_size());
  forecaster->start(series, state);
  ForecastColumns columns{std::vector<float>(series.size()),
                          std::vector<float>(series.size() * levels.size())};
  forecaster->predict(0, series, interval_days, levels, state, columns.mean, columns.quantiles);
  for (const std::vector<float>* values : {&columns.mean, &columns.quantiles})
    for (std::size_t i = 0; i < values->size(); ++i)
      if (!((*values)[i] >= 0 && (*values)[i] <= static_cast<float>(kMaximumQuantity)))
        throw InputError(fmt::format("the forecaster '{}' expects a demand of {} units of {}; train it again",
                                     model.name(), (*values)[i],
                                     in_quotes(panel.ids[i * series.size() / values->size()])));
  return columns;
}

std::string forecast_golden_text(const forecasting::ForecastModel& model, const Panel& history,
                                 const BundleMetadata& metadata) {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < std::min(kMostSeries, metadata.skus.size()); ++i)
    ids.push_back(metadata.skus[i].id);
  const Panel panel = last_weeks(forecasting::select_series(history, ids));
  const ForecastColumns forecast =
      forecast_from(model, panel, panel.days, intervals_of(metadata, ids.size()), metadata.forecast_levels);
  JsonWriter json;
  json.begin_object();
  json.member("first_day", format_date(panel.first_day));
  json.member("days", panel.days).member("known_days", panel.known_days);
  write_floats(json, "sales", panel.sales);
  json.member("stocked_out", panel.stocked_out).member("listed_from", panel.listed_from);
  json.key("covariates").begin_array();
  for (const forecasting::Covariate& covariate : panel.covariates) {
    json.begin_object().member("name", covariate.name);
    write_floats(json, "values", covariate.values);
    json.end_object();
  }
  json.end_array();
  write_floats(json, "mean", forecast.mean);
  write_floats(json, "quantiles", forecast.quantiles);
  return json.end_object().text() + "\n";
}

void replay_forecasts(const forecasting::ForecastModel& model, const std::string& text,
                      const std::string& file, const BundleMetadata& metadata) {
  const nlohmann::json document = parse_json(text, file);
  const JsonNode root(document, file);
  root.expect_members({"first_day", "days", "known_days", "sales", "stocked_out", "listed_from", "covariates",
                       "mean", "quantiles"});
  const Panel panel = read_panel(root, metadata);
  const ForecastColumns forecast = forecast_from(
      model, panel, panel.days, intervals_of(metadata, panel.series()), metadata.forecast_levels);
  compare(root, "mean", forecast.mean);
  compare(root, "quantiles", forecast.quantiles);
}

}  // namespace restock::bundle
