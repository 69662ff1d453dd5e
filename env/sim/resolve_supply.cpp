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
  model.joint_order = supply.joint_order;
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
std::int32_t supplier_of(WarehouseModel& model, const SkuModel& sku, const SourceTerms& terms) {
  const std::string& named = terms.source.supplier;
  const auto same = [&](const SupplierModel& supplier) { return supplier.id == named; };
  auto found = std::find_if(model.suppliers.begin(), model.suppliers.end(), same);
  if (found == model.suppliers.end() || named.empty())
    found = model.suppliers.insert(model.suppliers.end(),
                                   resolve_supplier(*terms.supply, named.empty() ? sku.id : named));
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

/// So long an order may stand at the docks, or wait for room.
constexpr double kLongestReceivingDays = 60;

/// The longest time from order to receipt, days.
double longest_lead_days(const SourceModel& source, const SupplierSpec& supply, const FacilitySpec& facility,
                         std::int64_t horizon_days) {
  double longest = source.lead_time.empty() ? source.lead_time_law->quantile(1 - 0x1p-50)
                                            : static_cast<double>(source.lead_time.front().maximum());
  if (supply.outages.days_to_repair.is_set())
    longest += std::ceil(make_law(supply.outages.days_to_repair)->quantile(1 - 0x1p-50));
  if (source.late_days) longest += std::ceil(source.late_days->quantile(1 - 0x1p-50));
  const bool lets_wait = is_set(facility.capacity_m3) && facility.overflow.rule == OverflowRule::wait;
  if (facility.has_receiving() || lets_wait) longest += kLongestReceivingDays;
  return std::min(longest, static_cast<double>(horizon_days));
}

/// Whether orders take their lead times and nothing else, each its own.
bool leads_are_independent(const SourceModel& source, const SupplierSpec& supply,
                           const FacilitySpec& facility) {
  return source.orders_cross && source.upstream < 0 && !source.late_days &&
         !supply.outages.days_to_repair.is_set() && !facility.has_receiving() &&
         !is_set(facility.capacity_m3);
}

void resolve_prices(SourceModel& source, const SkuSpec& sku, const SourceTerms& terms,
                    const CostRates& rates) {
  source.purchase_per_unit = terms.source.purchase_per_unit;
  for (const PriceBreakSpec& lower : terms.source.price_breaks)
    source.price_breaks.push_back({lower.from_quantity, lower.purchase_per_unit});
  source.discounts_all_units = terms.source.discount == DiscountRule::all_units;
  const bool has_price = source.purchase_per_unit > 0 || !is_set(sku.unit_cost);
  source.value_per_unit = has_price ? source.purchase_per_unit : sku.unit_cost;
  source.freight_per_unit = to_micros(terms.supply->freight_per_unit);
  source.extra_per_order = to_micros(terms.supply->fixed_cost_per_order - rates.fixed_per_order);
}

SourceModel resolve_source(const SkuModel& sku, const SkuSpec& said, const SourceTerms& terms,
                           const WarehouseSpec& spec) {
  const SupplierSpec& supply = *terms.supply;
  SourceModel source;
  source.pack_size = terms.source.pack_size;
  source.minimum_order_quantity = terms.source.minimum_order_quantity;
  source.maximum_order_quantity = terms.source.maximum_order_quantity;
  source.lead_time_law = make_law(supply.lead_time_days);
  if (spec.arrivals == Arrivals::daily)
    source.lead_time.push_back(QuantileTable::rounded_up(*source.lead_time_law));
  if (supply.yield.is_set()) source.yield = make_law(supply.yield);
  if (!supply.from.empty()) source.upstream = static_cast<std::int32_t>(*sku_at(spec, said.id, supply.from));
  source.orders_cross = supply.orders_cross;
  source.late_probability = supply.partial_delivery.probability;
  source.share_on_time = supply.partial_delivery.share;
  if (source.late_probability > 0) source.late_days = make_law(supply.partial_delivery.delay_days);
  source.lead_time_days = static_cast<std::int32_t>(std::ceil(source.lead_time_law->mean() - 1e-9));
  const std::int64_t gap = spec.review == Review::periodic ? calendar_of(spec, supply).longest_gap_days() : 1;
  source.protection_interval_days = source.lead_time_days + static_cast<std::int32_t>(gap);
  resolve_prices(source, said, terms, sku.rates);
  return source;
}

/// Places for what is open at once from one source. What a location delivers comes in as many parts as it has
/// receipts of its own, and waits there before.
double slots_of(const SkuModel& sku, const SkuSpec& said, const SourceModel& source,
                const SupplierSpec& supply, const WarehouseSpec& spec) {
  const FacilitySpec& facility = facility_of(spec, said);
  const double longest = longest_lead_days(source, supply, facility, spec.horizon.days);
  double open = open_orders_bound(sku, supply, spec, longest);
  if (leads_are_independent(source, supply,
                            facility)) {  // Little's law, and ten standard deviations to spare
    const double expected = open_orders_bound(sku, supply, spec, source.lead_time_law->mean() + 1);
    open = std::min(open, std::ceil(expected + 10 * std::sqrt(expected) + 64));
  }
  if (source.upstream < 0) return open;
  const bool gets_returns =
      spec.skus[static_cast<std::size_t>(source.upstream)].market.returns.delay_days.is_set();
  return 2 * open + kMostWaitingRequests + (gets_returns ? longest + 2 : 0);
}

}  // namespace

void resolve_sources(WarehouseModel& model, std::int32_t sku, const WarehouseSpec& spec) {
  const SkuSpec& said = spec.skus[static_cast<std::size_t>(sku)];
  SkuModel& resolved = model.skus[static_cast<std::size_t>(sku)];
  double open = static_cast<double>(resolved.initial_pipeline.size());
  for (const SourceTerms& terms : sources_of(spec, said)) {
    SourceModel source = resolve_source(resolved, said, terms, spec);
    source.supplier = supplier_of(model, resolved, terms);
    if (spec.review == Review::periodic)
      source.review_group = review_group_of(model, calendar_of(spec, *terms.supply),
                                            {sku, static_cast<std::int32_t>(resolved.sources.size())});
    open += slots_of(resolved, said, source, *terms.supply, spec);
    resolved.sources.push_back(std::move(source));
  }
  if (!(open <= kMaximumOpenOrders))
    throw InputError(
        fmt::format("SKU '{}': up to {:.0f} orders could be open at once, expected at most {:.0f}; "
                    "use a shorter lead time or a longer review period",
                    said.id, open, kMaximumOpenOrders));
  resolved.order_slots = static_cast<std::int32_t>(open);
}

}  // namespace restock
