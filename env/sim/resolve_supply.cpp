#include "env/sim/resolve_supply.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "env/core/error.h"

namespace restock {

namespace {

/// More open orders of one SKU than this are refused when the scenario is built.
constexpr double kMaximumOpenOrders = 100'000;

ReviewCalendar calendar_of(const WarehouseSpec& spec, const SupplierSpec& supply) {
  ReviewCalendar calendar;
  calendar.period_days = supply.review_period_days;
  calendar.first_day = supply.first_review_day;
  calendar.weekdays = weekdays_of(supply.order_days);
  calendar.milliseconds = supply.order_time.empty() ? 0 : milliseconds_of_clock(supply.order_time);
  calendar.weekday_of_day_0 = weekday_of(parse_date(spec.horizon.start).value());
  return calendar;
}

std::int32_t review_group_of(WarehouseModel& model, const ReviewCalendar& calendar,
                             ReviewGroup::Member member) {
  const auto same = [&](const ReviewGroup& group) { return group.calendar == calendar; };
  auto found = std::find_if(model.review_groups.begin(), model.review_groups.end(), same);
  if (found == model.review_groups.end()) found = model.review_groups.insert(found, {calendar, {}});
  found->members.push_back(member);
  return static_cast<std::int32_t>(found - model.review_groups.begin());
}

SupplierModel resolve_supplier(const SupplierSpec& supply, const std::string& id) {
  SupplierModel model;
  model.id = id;
  if (!supply.outages.days_between.is_set()) return model;
  model.days_between = make_law(supply.outages.days_between);
  model.days_to_repair = make_law(supply.outages.days_to_repair);
  if (!(model.days_between->quantile(0.5) >= 1))
    throw InputError(fmt::format(
        "supplier '{}': an outage starts within a day of the last one in half of all cases, expected "
        "days_between of at least 1 day more often than not",
        id));
  return model;
}

/// The supplier's place in the model; added where it is new. A SKU without a named one has its own.
std::int32_t supplier_of(WarehouseModel& model, const SkuSpec& sku, const SupplierSpec& supply) {
  const std::string& id = sku.supplier.empty() ? sku.id : sku.supplier;
  const auto same = [&](const SupplierModel& supplier) { return supplier.id == id; };
  auto found = std::find_if(model.suppliers.begin(), model.suppliers.end(), same);
  if (found == model.suppliers.end() || sku.supplier.empty())
    found = model.suppliers.insert(model.suppliers.end(), resolve_supplier(supply, id));
  return static_cast<std::int32_t>(found - model.suppliers.begin());
}

/// How many orders of a SKU can be open at once: one a review over the longest lead time. Continuous review
/// asks at the end of each day where demand is daily; else after each demand and each receipt, for which ten
/// standard deviations are kept to spare.
double open_orders_bound(const SkuModel& sku, const SupplierSpec& supply, const WarehouseSpec& spec,
                         double longest_lead_days) {
  if (spec.review == Review::periodic) {
    const double shortest_gap =
        supply.order_days.empty() ? static_cast<double>(supply.review_period_days) : 1.0;
    return std::ceil(longest_lead_days / shortest_gap) + 1;
  }
  if (spec.arrivals == Arrivals::daily) return (longest_lead_days + 2) * (sku.market.has_returns() ? 2 : 1);
  const double a_day = std::max(sku.mean_demand_per_day, sku.market.busiest_demand_per_day);
  const double asked = 2 * std::max(1.0, a_day) * (longest_lead_days + 1);
  return asked + 10 * std::sqrt(asked) + 64;
}

/// The longest time from order to receipt, days.
double longest_lead_days(const SourceModel& source, const SupplierSpec& supply) {
  double longest = source.lead_time.empty() ? source.lead_time_law->quantile(1 - 0x1p-50)
                                            : static_cast<double>(source.lead_time.front().maximum());
  if (supply.outages.days_to_repair.is_set())
    longest += std::ceil(make_law(supply.outages.days_to_repair)->quantile(1 - 0x1p-50));
  return longest;
}

SourceModel resolve_source(const SkuSpec& sku, const SupplierSpec& supply, const WarehouseSpec& spec) {
  SourceModel source;
  source.pack_size = sku.pack_size;
  source.minimum_order_quantity = sku.minimum_order_quantity;
  source.maximum_order_quantity = sku.maximum_order_quantity;
  source.lead_time_law = make_law(supply.lead_time_days);
  if (spec.arrivals == Arrivals::daily)
    source.lead_time.push_back(QuantileTable::rounded_up(*source.lead_time_law));
  if (supply.yield.is_set()) source.yield = make_law(supply.yield);
  source.lead_time_days = static_cast<std::int32_t>(std::ceil(source.lead_time_law->mean() - 1e-9));
  const std::int64_t gap = spec.review == Review::periodic ? calendar_of(spec, supply).longest_gap_days() : 1;
  source.protection_interval_days = source.lead_time_days + static_cast<std::int32_t>(gap);
  return source;
}

}  // namespace

const SupplierSpec& regular_supply(const WarehouseSpec& spec, const SkuSpec& sku) {
  for (const SupplierSpec& supplier : spec.suppliers)
    if (!sku.supplier.empty() && supplier.id == sku.supplier) return supplier;
  return sku.supply;
}

void resolve_sources(WarehouseModel& model, SkuModel& sku, const SkuSpec& said, const WarehouseSpec& spec) {
  const SupplierSpec& supply = regular_supply(spec, said);
  SourceModel source = resolve_source(said, supply, spec);
  source.supplier = supplier_of(model, said, supply);
  if (spec.review == Review::periodic)
    source.review_group =
        review_group_of(model, calendar_of(spec, supply), {static_cast<std::int32_t>(model.skus.size()), 0});
  const double open = open_orders_bound(sku, supply, spec, longest_lead_days(source, supply));
  if (!(open <= kMaximumOpenOrders))
    throw InputError(
        fmt::format("SKU '{}': up to {:.0f} orders could be open at once, expected at most {:.0f}; "
                    "use a shorter lead time or a longer review period",
                    said.id, open, kMaximumOpenOrders));
  sku.order_slots = static_cast<std::int32_t>(open);
  sku.sources.push_back(std::move(source));
}

}  // namespace restock
