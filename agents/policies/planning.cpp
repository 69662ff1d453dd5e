#include "agents/policies/planning.h"

#include <algorithm>
#include <cmath>

#include "env/core/laws/portable_math.h"
#include "env/decision_process.h"

namespace restock::policies {

namespace {

constexpr double kDaysPerYear = 365;

struct Moments {
  double mean = 0;
  double variance = 0;
};

Moments moments_of(const QuantileTable& table) {
  double below = 0;
  double second = 0;
  for (std::size_t k = 0; k < table.thresholds().size(); ++k) {
    const double cdf = (static_cast<double>(table.thresholds()[k]) + 1) * 0x1p-64;
    const double value = static_cast<double>(table.minimum()) + static_cast<double>(k);
    second += (cdf - below) * (value - table.mean()) * (value - table.mean());
    below = cdf;
  }
  return {table.mean(), second};
}

Moments moments_of(const DemandPaths& paths, std::size_t sku) {
  const auto width = static_cast<std::size_t>(paths.skus);
  double sum = 0;
  double squares = 0;
  for (std::size_t at = sku; at < paths.units.size(); at += width) {
    const double units = paths.units[at];
    sum += units;
    squares += units * units;
  }
  const double n = static_cast<double>(paths.units.size() / width);
  return {sum / n, std::max(0.0, squares / n - (sum / n) * (sum / n))};
}

/// Over all days of the horizon: the variance between days counts too.
Moments moments_of_demand(const SkuModel& sku) {
  if (sku.demand_of_day.empty()) return moments_of(sku.demand.front());
  std::vector<Moments> of_table;
  for (const QuantileTable& table : sku.demand) of_table.push_back(moments_of(table));
  Moments all;
  double squares = 0;
  const auto days = static_cast<double>(sku.demand_of_day.size());
  for (const std::uint16_t place : sku.demand_of_day) {
    const Moments& day = of_table[place];
    all.mean += day.mean / days;
    squares += (day.variance + day.mean * day.mean) / days;
  }
  return {all.mean, std::max(0.0, squares - all.mean * all.mean)};
}

/// Units a day of customers; with `arrivals: orders` the law gives the number of customers, each of whom
/// takes an order size.
Moments customers_of(const DecisionModel& model, std::size_t sku) {
  const SkuModel& resolved = model.warehouse->skus[sku];
  if (model.paths) return moments_of(*model.paths, sku);
  if (resolved.demand.empty()) {
    if (!resolved.downstream.empty()) return {};
    return {resolved.mean_demand_per_day, resolved.mean_demand_per_day};
  }
  const Moments law = moments_of_demand(resolved);
  if (model.warehouse->arrivals == Arrivals::daily || resolved.order_size.empty()) return law;
  const Moments size = moments_of(resolved.order_size.front());
  return {law.mean * size.mean, law.mean * size.variance + law.variance * size.mean * size.mean};
}

/// With that of the stocking points that order here first.
Moments demand_of(const DecisionModel& model, std::size_t sku) {
  Moments all = customers_of(model, sku);
  for (const ReviewGroup::Member& member : model.warehouse->skus[sku].downstream) {
    if (member.source != 0) continue;
    const Moments below = demand_of(model, static_cast<std::size_t>(member.sku));
    all.mean += below.mean;
    all.variance += below.variance;
  }
  return all;
}

Moments lead_time_of(const SourceModel& source) {
  if (!source.lead_time.empty()) return moments_of(source.lead_time.front());
  return {source.lead_time_law->mean(), source.lead_time_law->variance()};
}

void set_costs(SkuFigures& figures, const SkuModel& sku, Arrivals arrivals) {
  const double per_day = arrivals == Arrivals::daily ? 1.0 : static_cast<double>(kMillisecondsPerDay);
  figures.holding_per_unit_day = sku.rates.holding_per_unit_time * per_day;
  figures.shortage_per_unit = sku.rates.shortage_per_unit;
  figures.shortage_per_unit_day = sku.rates.shortage_per_unit_time * per_day;
  figures.fixed_per_order = sku.rates.fixed_per_order;
}

double normal_density(double z) {
  return portable::exp(-z * z / 2) * 0.3989422804014327;
}

/// The integral of Φ from −∞ to z.
double integral_of_cdf(double z) {
  return z * portable::normal_cdf(z) + normal_density(z);
}

/// The z with `share(z) = target` for an increasing function.
template <class Function>
double solve_increasing(const Function& share, double target) {
  double low = -10;
  double high = 10;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (share(middle) < target ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace

double SkuFigures::interval_quantile(double u) const noexcept {
  return std::max(0.0, interval_mean() + interval_deviation * portable::normal_quantile(u));
}

double SkuFigures::demand_per_review() const noexcept {
  return std::max(1.0, mean_demand_per_day * std::max(1.0, review_period_days));
}

SkuFigures SkuFigures::with(double lead_days, double review_days) const noexcept {
  SkuFigures other = *this;
  other.lead_time_days = lead_days;
  other.review_period_days = review_days;
  other.interval_days = lead_days + review_days;
  other.interval_deviation = std::sqrt(demand_variance_per_day * other.interval_days +
                                       mean_demand_per_day * mean_demand_per_day * lead_time_variance);
  other.longest_interval_days += other.interval_days - interval_days;
  return other;
}

SkuFigures figures_of(const DecisionModel& model, std::size_t sku) {
  const WarehouseModel& warehouse = *model.warehouse;
  const SkuModel& resolved = warehouse.skus[sku];
  const Moments demand = demand_of(model, sku);
  const Moments lead_time = lead_time_of(resolved.regular());
  SkuFigures figures;
  figures.mean_demand_per_day = demand.mean;
  figures.demand_variance_per_day = demand.variance;
  figures.review_period_days =
      warehouse.review == Review::continuous
          ? 0
          : static_cast<double>(
                warehouse.review_groups[static_cast<std::size_t>(resolved.regular().review_group)]
                    .calendar.longest_gap_days());
  figures.lead_time_days = lead_time.mean;
  figures.lead_time_variance = lead_time.variance;
  figures.interval_days = lead_time.mean + figures.review_period_days;
  figures.interval_deviation =
      std::sqrt(demand.variance * figures.interval_days + demand.mean * demand.mean * lead_time.variance);
  figures.longest_interval_days =
      resolved.regular().lead_time_law->quantile(0.999) + figures.review_period_days;
  figures.lead_time_varies = lead_time.variance > 1e-9;
  figures.loses_sales = resolved.unmet_demand == UnmetDemand::lost;
  figures.pack_size = resolved.regular().pack_size;
  figures.maximum_order_quantity = resolved.regular().maximum_order_quantity;
  set_costs(figures, resolved, warehouse.arrivals);
  return figures;
}

const SkuModel& PlannedSku::resolved() const noexcept {
  return model.warehouse->skus[index];
}

const WarehouseModel& PlannedSku::warehouse() const noexcept {
  return *model.warehouse;
}

PlannedSku planned(const DecisionModel& model, std::size_t sku) {
  return {model, sku, figures_of(model, sku)};
}

double mean_lead_time(const SourceModel& source) {
  return lead_time_of(source).mean;
}

std::int64_t search_step(double length) noexcept {
  return std::max<std::int64_t>(1, std::llround(length));
}

double critical_ratio(const SkuFigures& sku) noexcept {
  const double short_a_day =
      sku.shortage_per_unit_day + sku.shortage_per_unit / std::max(1.0, sku.review_period_days);
  const double both = short_a_day + sku.holding_per_unit_day;
  return both > 0 ? std::clamp(short_a_day / both, 0.01, 0.9999) : 0.5;
}

Quantity newsvendor_level(const SkuFigures& sku) noexcept {
  return std::llround(sku.interval_quantile(critical_ratio(sku)));
}

Quantity economic_order_quantity(const SkuFigures& sku) noexcept {
  const double least = sku.demand_per_review();
  const double most = std::max(least, kDaysPerYear * sku.mean_demand_per_day);
  if (sku.fixed_per_order <= 0) return std::llround(least);
  if (sku.holding_per_unit_day <= 0) return std::llround(most);
  const double quantity =
      std::sqrt(2 * sku.fixed_per_order * sku.mean_demand_per_day / sku.holding_per_unit_day);
  return std::llround(std::clamp(quantity, least, most));
}

Quantity reorder_point_for(const SkuFigures& sku, Quantity order_quantity) noexcept {
  const auto quantity = static_cast<double>(order_quantity);
  const double deviation = std::max(sku.interval_deviation, 1e-6);
  double z = 0;
  if (sku.shortage_per_unit_day > 0) {
    const double width = std::max(quantity / deviation, 1e-6);
    const auto share = [&](double from) {
      return (integral_of_cdf(from + width) - integral_of_cdf(from)) / width;
    };
    z = solve_increasing(share, critical_ratio(sku));
  } else {
    const double a_cycle = sku.shortage_per_unit * std::max(sku.mean_demand_per_day, 1e-9);
    const double risk = a_cycle > 0 ? sku.holding_per_unit_day * quantity / a_cycle : 1.0;
    z = portable::normal_quantile(std::clamp(1 - risk, 1e-4, 0.9999));
  }
  return std::max<Quantity>(0, std::llround(sku.interval_mean() + deviation * z) - 1);
}

/// Around the economic order quantity; and an order at every n-th review, which lifts the position to the
/// newsvendor's level over n reviews.
std::vector<OrderCycle> likely_cycles(const SkuFigures& sku) {
  const auto economic = static_cast<double>(economic_order_quantity(sku));
  std::vector<OrderCycle> cycles;
  for (const double multiple : {1.0, 0.5, 0.75, 1.5}) {
    const Quantity size = std::max<Quantity>(1, std::llround(multiple * economic));
    cycles.push_back({reorder_point_for(sku, size), size});
  }
  const double z = portable::normal_quantile(critical_ratio(sku));
  for (const double reviews : {1.0, 2.0, 3.0}) {
    const double more = (reviews - 1) * sku.demand_per_review();
    const double stretch = std::sqrt(1 + more / std::max(sku.interval_mean(), 1e-9));
    const double level = sku.interval_mean() + more + z * sku.interval_deviation * stretch;
    const double size = std::max(1.0, more + sku.demand_per_review() / 2);
    cycles.push_back({std::max<Quantity>(0, std::llround(level - size)), std::llround(size)});
    if (sku.fixed_per_order <= 0) break;
  }
  return cycles;
}

Quantity highest_level(const SkuFigures& sku) noexcept {
  const double mean = sku.mean_demand_per_day * sku.longest_interval_days;
  const double deviation = std::sqrt(sku.demand_variance_per_day * sku.longest_interval_days);
  const double level =
      2 * (mean + 6 * deviation) + 4 * static_cast<double>(economic_order_quantity(sku)) + 10;
  return std::llround(std::min(level, static_cast<double>(kMaximumQuantity)));
}

}  // namespace restock::policies
