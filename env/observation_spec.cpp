#include "env/observation_spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "env/core/check.h"
#include "env/core/suggest.h"
#include "env/decision_process.h"

namespace restock {

/// In the order of feature_names().
enum class ObservationSpec::Kind : std::uint8_t {
  on_hand,
  backlog,
  on_order,
  inventory_position,
  pipeline_by_age,
  forecast_mean,
  forecast_quantiles,
  weekday,
  mean_demand,
  sku,
};

namespace {

constexpr std::array<std::string_view, 10> kNames{"on_hand",
                                                  "backlog",
                                                  "on_order",
                                                  "inventory_position",
                                                  "pipeline_by_age",
                                                  "forecast_mean",
                                                  "forecast_quantiles",
                                                  "weekday",
                                                  "mean_demand",
                                                  "sku"};

constexpr std::size_t kMostSkusOneByOne = 256;

bool reads_forecast(std::string_view name) {
  return name.starts_with("forecast_");
}

std::vector<std::string> default_names(const WarehouseModel& warehouse, bool has_forecast) {
  std::vector<std::string> names{"on_hand"};
  const bool any_backlog = std::any_of(warehouse.skus.begin(), warehouse.skus.end(), [](const SkuModel& sku) {
    return sku.unmet_demand == UnmetDemand::backlog;
  });
  const bool any_lead = std::any_of(warehouse.skus.begin(), warehouse.skus.end(), [](const SkuModel& sku) {
    return sku.lead_time_law->quantile(1 - 0x1p-50) > 1;
  });
  if (any_backlog) names.emplace_back("backlog");
  if (any_lead) names.emplace_back("pipeline_by_age");
  if (has_forecast)
    names.insert(names.end(), {"inventory_position", "forecast_mean", "forecast_quantiles", "weekday"});
  if (warehouse.skus.size() > 1) names.emplace_back("mean_demand");
  return names;
}

Feature make_feature(const std::string& name, const WarehouseModel& warehouse,
                     const std::vector<double>& levels) {
  constexpr double most = static_cast<double>(kMaximumQuantity);
  if (name == "weekday") return {name, "one-hot, Monday first", 0, 7, 0, 1};
  if (name == "sku") {
    if (warehouse.skus.size() > kMostSkusOneByOne)
      throw InputError(fmt::format(
          "observation 'sku' has a column for each of {} SKUs, expected at most {}; use mean_demand",
          warehouse.skus.size(), kMostSkusOneByOne));
    return {name, "one-hot, in the order of the scenario", 0, warehouse.skus.size(), 0, 1};
  }
  if (name == "mean_demand") return {name, "log10(1 + units/day)", 0, 1, 0, most};
  if (name == "pipeline_by_age") return {name, "units", 0, pipeline_width_of(warehouse), 0, most};
  if (name == "forecast_quantiles")
    return {name, "units over the protection interval", 0, levels.size(), 0, most};
  if (name == "forecast_mean") return {name, "units over the protection interval", 0, 1, 0, most};
  return {name, "units", 0, 1, name == "inventory_position" ? -most : 0, most};
}

SkuScale scale_of(const SkuModel& sku) {
  const double per_day = std::max(sku.mean_demand_per_day, 1e-3);
  return {static_cast<float>(1.0 / per_day),
          static_cast<float>(1.0 / (per_day * sku.protection_interval_days))};
}

float log_demand(float per_day_scale) {
  return std::log10(1.0F + 1.0F / per_day_scale);
}

}  // namespace

std::span<const std::string_view> feature_names() {
  return kNames;
}

bool is_feature(std::string_view name) {
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

ObservationSpec::ObservationSpec(const WarehouseModel& warehouse, const std::vector<std::string>& names,
                                 const std::vector<double>& forecast_levels) {
  for (const std::string& name : names.empty() ? default_names(warehouse, !forecast_levels.empty()) : names) {
    if (!is_feature(name))
      throw InputError(fmt::format("observation '{}' is no feature{}", name, did_you_mean(name, kNames)));
    if (reads_forecast(name) && forecast_levels.empty())
      throw InputError(
          fmt::format("observation '{}' needs a forecaster, and this scenario runs without one", name));
    features_.push_back(make_feature(name, warehouse, forecast_levels));
  }
  for (const SkuModel& sku : warehouse.skus) scales_.push_back(scale_of(sku));
  resolve_kinds();
}

ObservationSpec::ObservationSpec(std::vector<Feature> features, std::vector<SkuScale> scales)
    : features_(std::move(features)), scales_(std::move(scales)) {
  resolve_kinds();
}

void ObservationSpec::resolve_kinds() {
  width_ = 0;
  kinds_.clear();
  for (Feature& feature : features_) {
    const auto found = std::find(kNames.begin(), kNames.end(), feature.name);
    if (found == kNames.end())
      throw InputError(fmt::format("'{}' is no feature{}", feature.name, did_you_mean(feature.name, kNames)));
    kinds_.push_back(static_cast<Kind>(found - kNames.begin()));
    feature.offset = width_;
    width_ += feature.width;
  }
}

bool ObservationSpec::needs_pipeline() const noexcept {
  return std::find(kinds_.begin(), kinds_.end(), Kind::pipeline_by_age) != kinds_.end();
}

bool ObservationSpec::needs_forecast() const noexcept {
  return std::any_of(features_.begin(), features_.end(),
                     [](const Feature& feature) { return reads_forecast(feature.name); });
}

void ObservationSpec::write(const DecisionBatch& batch, std::span<float> observations) const {
  RESTOCK_CHECK(observations.size() >= batch.rows * width_, "{} floats for {} rows of {}",
                observations.size(), batch.rows, width_);
  RESTOCK_CHECK(!needs_pipeline() || batch.pipeline_width > 0, "the batch has no pipeline");
  RESTOCK_CHECK(!needs_forecast() || !batch.forecast_levels.empty(), "the batch has no forecast");
  for (std::size_t row = 0; row < batch.rows; ++row)
    for (std::size_t feature = 0; feature < features_.size(); ++feature)
      write_feature(feature, batch, row, observations.data() + row * width_ + features_[feature].offset);
}

void ObservationSpec::write_feature(std::size_t feature, const DecisionBatch& batch, std::size_t row,
                                    float* out) const {
  const SkuScale& scale = scales_[static_cast<std::size_t>(batch.sku[row])];
  const auto in_days = [&](Quantity units) { return static_cast<float>(units) * scale.per_day - 1.0F; };
  const auto in_intervals = [&](float units) { return units * scale.per_interval - 1.0F; };
  const std::size_t width = features_[feature].width;
  switch (kinds_[feature]) {
    case Kind::on_hand:
      *out = in_days(batch.on_hand[row]);
      break;
    case Kind::backlog:
      *out = in_days(batch.backlog[row]);
      break;
    case Kind::on_order:
      *out = in_intervals(static_cast<float>(batch.on_order[row]));
      break;
    case Kind::inventory_position:
      *out = in_intervals(static_cast<float>(batch.inventory_position(row)));
      break;
    case Kind::pipeline_by_age:
      for (std::size_t i = 0; i < width; ++i)
        out[i] = in_days(batch.pipeline_by_age[row * batch.pipeline_width + i]);
      break;
    case Kind::forecast_mean:
      *out = in_intervals(batch.forecast_mean[row]);
      break;
    case Kind::forecast_quantiles:
      for (std::size_t i = 0; i < width; ++i)
        out[i] = in_intervals(batch.forecast_quantiles[row * width + i]);
      break;
    case Kind::weekday:
      for (std::size_t i = 0; i < width; ++i)
        out[i] = batch.weekday[row] == static_cast<std::int32_t>(i) ? 1.0F : 0.0F;
      break;
    case Kind::mean_demand:
      *out = log_demand(scale.per_day);
      break;
    case Kind::sku:
      for (std::size_t i = 0; i < width; ++i)
        out[i] = batch.sku[row] == static_cast<std::int32_t>(i) ? 1.0F : 0.0F;
      break;
  }
}

}  // namespace restock
