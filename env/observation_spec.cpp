#include "env/observation_spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

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
  pipeline_by_due_day,
  days_since_order,
  stock_by_remaining_life,
  capacity_used,
  supplier_out,
  price,
  promotion,
  promotion_ahead,
  forecast_mean,
  forecast_quantiles,
  weekday,
  month,
  day_of_year,
  mean_demand,
  sku,
};

namespace {

constexpr std::array<std::string_view, 20> kNames{"on_hand",
                                                  "backlog",
                                                  "on_order",
                                                  "inventory_position",
                                                  "pipeline_by_age",
                                                  "pipeline_by_due_day",
                                                  "days_since_order",
                                                  "stock_by_remaining_life",
                                                  "capacity_used",
                                                  "supplier_out",
                                                  "price",
                                                  "promotion",
                                                  "promotion_ahead",
                                                  "forecast_mean",
                                                  "forecast_quantiles",
                                                  "weekday",
                                                  "month",
                                                  "day_of_year",
                                                  "mean_demand",
                                                  "sku"};

constexpr std::size_t kMostSkusOneByOne = 256;

constexpr float kHighestRelativePrice = 10;
constexpr float kMostIntervals = 10;  ///< of days_since_order

bool reads_forecast(std::string_view name) {
  return name.starts_with("forecast_");
}

std::vector<std::string> default_names(const WarehouseModel& warehouse, bool has_forecast) {
  std::vector<std::string> names{"on_hand"};
  const bool any_backlog = std::any_of(warehouse.skus.begin(), warehouse.skus.end(), [](const SkuModel& sku) {
    return sku.unmet_demand == UnmetDemand::backlog;
  });
  const bool any_lead = std::any_of(warehouse.skus.begin(), warehouse.skus.end(), [](const SkuModel& sku) {
    return std::any_of(sku.sources.begin(), sku.sources.end(), [](const SourceModel& source) {
      return source.lead_time_law->quantile(1 - 0x1p-50) > 1;
    });
  });
  if (any_backlog) names.emplace_back("backlog");
  if (any_lead) names.emplace_back("pipeline_by_age");
  if (has_forecast)
    names.insert(names.end(), {"inventory_position", "forecast_mean", "forecast_quantiles", "weekday"});
  if (warehouse.skus.size() > 1) names.emplace_back("mean_demand");
  return names;
}

bool has_capacity(const WarehouseModel& warehouse) {
  return std::any_of(warehouse.facilities.begin(), warehouse.facilities.end(),
                     [](const FacilityModel& facility) { return facility.capacity > 0; });
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
  if (name == "month") return {name, "one-hot, January first", 0, 12, 0, 1};
  if (name == "day_of_year") return {name, "sine and cosine of the year", 0, 2, -1, 1};
  if (name == "stock_by_remaining_life") {
    if (longest_shelf_life(warehouse) == 0)
      throw InputError("observation 'stock_by_remaining_life' needs a SKU with shelf_life_days");
    return {name, "units", 0, longest_shelf_life(warehouse), 0, most};
  }
  if (name == "supplier_out")
    return {name, "1 while the supplier is out of action", 0, most_sources(warehouse), 0, 1};
  if (name == "capacity_used") {
    if (!has_capacity(warehouse))
      throw InputError("observation 'capacity_used' needs a warehouse with capacity_m3");
    return {name, "share of the room", 0, 1, 0, most};
  }
  if (name == "days_since_order") return {name, "days", 0, 1, 0, 200'000};
  if (name == "price") return {name, "today's price / usual price", 0, 1, 0, kHighestRelativePrice};
  if (name == "promotion") return {name, "1 while promoted", 0, 1, 0, 1};
  if (name == "promotion_ahead") return {name, "share of the protection interval", 0, 1, 0, 1};
  if (name == "mean_demand") return {name, "log10(1 + units/day)", 0, 1, 0, most};
  if (name == "pipeline_by_age" || name == "pipeline_by_due_day")
    return {name, "units", 0, pipeline_width_of(warehouse), 0, most};
  if (name == "forecast_quantiles")
    return {name, "units over the protection interval", 0, levels.size(), 0, most};
  if (name == "forecast_mean") return {name, "units over the protection interval", 0, 1, 0, most};
  return {name, "units", 0, 1, name == "inventory_position" ? -most : 0, most};
}

SkuScale scale_of(const SkuModel& sku) {
  const double per_day = std::max(sku.mean_demand_per_day, 1e-3);
  return {static_cast<float>(1.0 / per_day),
          static_cast<float>(1.0 / (per_day * sku.regular().protection_interval_days)),
          sku.regular().lead_time_days};
}

/// The day on which an order comes is known where lead times are whole days without doubt, and orders of one
/// day are placed at one time.
void check_due_days(const WarehouseModel& warehouse) {
  const auto width = static_cast<std::int32_t>(pipeline_width_of(warehouse));
  for (const SkuModel& sku : warehouse.skus) {
    const SourceModel& source = sku.regular();
    const double shortest = source.lead_time_law->quantile(0x1p-50);
    const double longest = source.lead_time_law->quantile(1 - 0x1p-50);
    const bool works = !warehouse.suppliers[static_cast<std::size_t>(source.supplier)].days_between;
    const bool known = works && sku.sources.size() == 1 && shortest == longest &&
                       longest == source.lead_time_days && longest <= width + 1;
    if (known && !(warehouse.arrivals == Arrivals::orders && warehouse.review == Review::continuous))
      continue;
    throw InputError(fmt::format(
        "observation 'pipeline_by_due_day' needs one supplier for each SKU, without outages, lead times of a "
        "constant number of days (at most 65) and one time of ordering a day, which SKU '{}' "
        "does not have; use pipeline_by_age",
        sku.id));
  }
}

float log_demand(float per_day_scale) {
  return std::log10(1.0F + 1.0F / per_day_scale);
}

}  // namespace

std::string no_feature(std::string_view name) {
  const std::string hint = did_you_mean(name, kNames);
  return fmt::format("'{}' is no feature{} There are {}", name, hint.empty() ? "." : hint,
                     fmt::join(kNames, ", "));
}

std::size_t fixed_width_of(std::string_view name) {
  if (name == "weekday") return 7;
  if (name == "month") return 12;
  return name == "day_of_year" ? 2 : 1;
}

const std::vector<std::array<float, 2>>& waves_of_year() {
  static const std::vector<std::array<float, 2>> waves = [] {
    std::vector<std::array<float, 2>> table;
    for (int day = 0; day <= 366; ++day) {
      const double angle = 2 * std::numbers::pi * (day - 1) / 365.25;
      table.push_back({static_cast<float>(std::sin(angle)), static_cast<float>(std::cos(angle))});
    }
    return table;
  }();
  return waves;
}

std::span<const std::string_view> feature_names() {
  return kNames;
}

bool is_feature(std::string_view name) {
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

ObservationSpec::ObservationSpec(const WarehouseModel& warehouse, const std::vector<std::string>& names,
                                 const std::vector<double>& forecast_levels) {
  for (const std::string& name : names.empty() ? default_names(warehouse, !forecast_levels.empty()) : names) {
    if (!is_feature(name)) throw InputError(fmt::format("observation {}", no_feature(name)));
    if (reads_forecast(name) && forecast_levels.empty())
      throw InputError(
          fmt::format("observation '{}' needs a forecaster, and this scenario runs without one", name));
    if (name == "pipeline_by_due_day") check_due_days(warehouse);
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
  read_ = 0;
  for (Feature& feature : features_) {
    const auto found = std::find(kNames.begin(), kNames.end(), feature.name);
    if (found == kNames.end()) throw InputError(no_feature(feature.name));
    kinds_.push_back(static_cast<Kind>(found - kNames.begin()));
    read_ |= std::uint64_t{1} << (found - kNames.begin());
    feature.offset = width_;
    width_ += feature.width;
  }
}

bool ObservationSpec::needs_pipeline() const noexcept {
  return reads(Kind::pipeline_by_age) || reads(Kind::pipeline_by_due_day);
}

bool ObservationSpec::has_feature(std::string_view name) const noexcept {
  return std::any_of(features_.begin(), features_.end(),
                     [&](const Feature& feature) { return feature.name == name; });
}

bool ObservationSpec::needs_forecast() const noexcept {
  return reads(Kind::forecast_mean) || reads(Kind::forecast_quantiles);
}

void ObservationSpec::write(const DecisionBatch& batch, std::span<float> observations) const {
  RESTOCK_CHECK(observations.size() >= batch.rows * width_, "{} floats for {} rows of {}",
                observations.size(), batch.rows, width_);
  RESTOCK_CHECK(!needs_pipeline() || batch.pipeline_width > 0, "the batch has no pipeline");
  RESTOCK_CHECK(!needs_forecast() || !batch.forecast_levels.empty(), "the batch has no forecast");
  RESTOCK_CHECK(!reads(Kind::month) || batch.month.size() == batch.rows, "the batch has no month");
  RESTOCK_CHECK(!reads(Kind::day_of_year) || batch.day_of_year.size() == batch.rows,
                "the batch has no day of the year");
  RESTOCK_CHECK(!reads(Kind::days_since_order) || batch.days_since_order.size() == batch.rows,
                "the batch has no days since the latest order");
  RESTOCK_CHECK(!reads(Kind::stock_by_remaining_life) || batch.life_width > 0,
                "the batch has no stock by remaining life");
  RESTOCK_CHECK(!reads(Kind::supplier_out) || batch.supplier_out.size() == batch.rows,
                "the batch does not say which suppliers are out of action");
  RESTOCK_CHECK(!reads(Kind::capacity_used) || batch.capacity_used.size() == batch.rows,
                "the batch has no capacity in use");
  RESTOCK_CHECK(!reads(Kind::price) || batch.price.size() == batch.rows, "the batch has no price");
  RESTOCK_CHECK(!(reads(Kind::promotion) || reads(Kind::promotion_ahead)) ||
                    (batch.promotion.size() == batch.rows && batch.promotion_ahead.size() == batch.rows),
                "the batch has no promotions");
  for (std::size_t row = 0; row < batch.rows; ++row)
    for (std::size_t feature = 0; feature < features_.size(); ++feature)
      write_feature(feature, batch, row, observations.data() + row * width_ + features_[feature].offset);
  if (!normaliser_.is_set()) return;
  for (std::size_t i = 0; i < batch.rows * width_; ++i)
    observations[i] = (observations[i] - normaliser_.shift[i % width_]) * normaliser_.factor[i % width_];
}

void ObservationSpec::set_normaliser(Normaliser normaliser) {
  RESTOCK_CHECK(normaliser.shift.size() == width_ && normaliser.factor.size() == width_,
                "a normaliser of {} columns for observations of {}", normaliser.shift.size(), width_);
  normaliser_ = std::move(normaliser);
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
    case Kind::pipeline_by_due_day:  // column d: due in d + 1 days, so ordered lead time − d − 1 days ago
      for (std::size_t i = 0; i < width; ++i) {
        const std::int64_t age = scale.lead_time_days - 2 - static_cast<std::int64_t>(i);
        const bool is_open = age >= 0 && age < static_cast<std::int64_t>(batch.pipeline_width);
        out[i] = in_days(
            is_open ? batch.pipeline_by_age[row * batch.pipeline_width + static_cast<std::size_t>(age)] : 0);
      }
      break;
    case Kind::days_since_order:
      *out = std::min(static_cast<float>(batch.days_since_order[row]) * scale.per_interval / scale.per_day,
                      kMostIntervals) -
             1.0F;
      break;
    case Kind::stock_by_remaining_life:
      for (std::size_t i = 0; i < width; ++i)
        out[i] = in_days(batch.stock_by_remaining_life[row * batch.life_width + i]);
      break;
    case Kind::supplier_out:
      for (std::size_t source = 0; source < width; ++source)
        out[source] = static_cast<float>(batch.supplier_out[row] >> source & 1);
      break;
    case Kind::capacity_used:
      *out = static_cast<float>(batch.capacity_used[row]);
      break;
    case Kind::price:
      *out = std::min(batch.price[row], kHighestRelativePrice) - 1.0F;
      break;
    case Kind::promotion:
      *out = batch.promotion[row];
      break;
    case Kind::promotion_ahead:
      *out = batch.promotion_ahead[row];
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
    case Kind::month:
      for (std::size_t i = 0; i < width; ++i)
        out[i] = batch.month[row] == static_cast<std::int32_t>(i) + 1 ? 1.0F : 0.0F;
      break;
    case Kind::day_of_year:
      std::copy_n(waves_of_year()[static_cast<std::size_t>(batch.day_of_year[row])].begin(), width, out);
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
