#include "env/sim/warehouse_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "env/core/error.h"
#include "env/sim/event_queue.h"

namespace restock {

namespace {

/// More open orders of one SKU than this are refused when the scenario is built.
constexpr double kMaximumOpenOrders = 100'000;
constexpr std::size_t kMostDemandTables = 4096;

const SupplierSpec& supply_of(const WarehouseSpec& spec, const SkuSpec& sku) {
  for (const SupplierSpec& supplier : spec.suppliers)
    if (!sku.supplier.empty() && supplier.id == sku.supplier) return supplier;
  return sku.supply;
}

CostRates rates_of(const SkuSpec& sku, const SupplierSpec& supply, Arrivals arrivals) {
  const auto or_zero = [](double value) { return std::isnan(value) ? 0.0 : value; };
  const double per_day = arrivals == Arrivals::daily ? 1.0 : static_cast<double>(kMillisecondsPerDay);
  CostRates rates;
  rates.purchase_per_unit = sku.costs.purchase_per_unit;
  rates.fixed_per_order = supply.fixed_cost_per_order;
  const double holding_per_day = std::isnan(sku.costs.holding_per_unit_day)
                                     ? sku.costs.holding_rate_per_year * sku.unit_cost / 365.0
                                     : sku.costs.holding_per_unit_day;
  rates.holding_per_unit_time = holding_per_day / per_day;
  rates.shortage_per_unit = sku.costs.shortage == ShortageRule::lost_margin
                                ? sku.price - sku.unit_cost
                                : or_zero(sku.costs.shortage_per_unit);
  rates.shortage_per_unit_time = or_zero(sku.costs.shortage_per_unit_day) / per_day;
  rates.lost_sale_per_unit = sku.costs.lost_sale_per_unit;
  rates.disposal_per_unit = sku.costs.disposal_per_unit;
  return rates;
}

ReviewCalendar calendar_of(const WarehouseSpec& spec, const SupplierSpec& supply) {
  ReviewCalendar calendar;
  calendar.period_days = supply.review_period_days;
  calendar.first_day = supply.first_review_day;
  calendar.weekdays = weekdays_of(supply.order_days);
  calendar.milliseconds = supply.order_time.empty() ? 0 : milliseconds_of_clock(supply.order_time);
  calendar.weekday_of_day_0 = weekday_of(parse_date(spec.horizon.start).value());
  return calendar;
}

std::int32_t review_group_of(WarehouseModel& model, const ReviewCalendar& calendar, std::int32_t sku) {
  const auto same = [&](const ReviewGroup& group) { return group.calendar == calendar; };
  auto found = std::find_if(model.review_groups.begin(), model.review_groups.end(), same);
  if (found == model.review_groups.end()) found = model.review_groups.insert(found, {calendar, {}});
  found->skus.push_back(sku);
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

/// One table for each factor that the pattern has within the horizon.
void resolve_pattern(SkuModel& model, const SkuSpec& sku, const HorizonSpec& horizon) {
  std::map<double, std::uint16_t> places;
  const Date start = parse_date(horizon.start).value();
  for (std::int64_t day = 0; day < horizon.days; ++day) {
    const double factor = demand_factor(sku.pattern, start, day);
    const auto [place, is_new] = places.emplace(factor, static_cast<std::uint16_t>(model.demand.size()));
    if (is_new) model.demand.push_back(QuantileTable::rounded_half_up(*make_law(scaled(sku.demand, factor))));
    if (model.demand.size() > kMostDemandTables)
      throw InputError(fmt::format(
          "SKU '{}': its pattern needs more than {} laws within the horizon, expected a smaller trend or "
          "fewer days",
          sku.id, kMostDemandTables));
    model.demand_of_day.push_back(place->second);
  }
}

double mean_of_days(const SkuModel& model) {
  double sum = 0;
  for (const std::uint16_t place : model.demand_of_day) sum += model.demand[place].mean();
  return sum / static_cast<double>(model.demand_of_day.size());
}

void resolve_demand(SkuModel& model, const SkuSpec& sku, const WarehouseSpec& spec, double mean_demand) {
  model.mean_demand_per_day = mean_demand;
  double mean_order_size = 1;
  if (sku.order_size.is_set()) {
    model.order_size.push_back(QuantileTable::rounded_half_up(*make_law(sku.order_size)));
    mean_order_size = model.order_size.front().mean();
    if (model.order_size.front().minimum() < 1)
      throw InputError(fmt::format("SKU '{}': order_size can be 0, expected a law of at least 1", sku.id));
  }
  if (!sku.demand.is_set()) return;
  if (sku.pattern.is_flat())
    model.demand.push_back(QuantileTable::rounded_half_up(*make_law(sku.demand)));
  else
    resolve_pattern(model, sku, spec.horizon);
  const double mean = model.demand_of_day.empty() ? model.demand.front().mean() : mean_of_days(model);
  model.mean_demand_per_day = mean * (spec.arrivals == Arrivals::orders ? mean_order_size : 1.0);
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
  if (spec.arrivals == Arrivals::daily) return longest_lead_days + 2;
  const double asked = 2 * std::max(1.0, sku.mean_demand_per_day) * (longest_lead_days + 1);
  return asked + 10 * std::sqrt(asked) + 64;
}

void resolve_supply(SkuModel& model, const SkuSpec& sku, const SupplierSpec& supply,
                    const WarehouseSpec& spec) {
  model.lead_time_law = make_law(supply.lead_time_days);
  double longest = model.lead_time_law->quantile(1 - 0x1p-50);
  if (spec.arrivals == Arrivals::daily) {
    model.lead_time.push_back(QuantileTable::rounded_up(*model.lead_time_law));
    longest = static_cast<double>(model.lead_time.front().maximum());
  }
  if (supply.yield.is_set()) model.yield = make_law(supply.yield);
  if (supply.outages.days_to_repair.is_set())
    longest += std::ceil(make_law(supply.outages.days_to_repair)->quantile(1 - 0x1p-50));
  model.lead_time_days = static_cast<std::int32_t>(std::ceil(model.lead_time_law->mean() - 1e-9));
  const std::int64_t gap = spec.review == Review::periodic ? calendar_of(spec, supply).longest_gap_days() : 1;
  model.protection_interval_days = model.lead_time_days + static_cast<std::int32_t>(gap);
  const double open = open_orders_bound(model, supply, spec, longest);
  if (!(open <= kMaximumOpenOrders))
    throw InputError(
        fmt::format("SKU '{}': up to {:.0f} orders could be open at once, expected at most {:.0f}; "
                    "use a shorter lead time or a longer review period",
                    sku.id, open, kMaximumOpenOrders));
  model.order_slots = static_cast<std::int32_t>(open);
}

SkuModel resolve_sku(const WarehouseSpec& spec, const SkuSpec& sku, double mean_demand) {
  const SupplierSpec& supply = supply_of(spec, sku);
  SkuModel model;
  model.id = sku.id;
  model.unmet_demand = sku.unmet_demand;
  model.rates = rates_of(sku, supply, spec.arrivals);
  model.pack_size = sku.pack_size;
  model.minimum_order_quantity = sku.minimum_order_quantity;
  model.maximum_order_quantity = sku.maximum_order_quantity;
  model.initial_on_hand = sku.initial_on_hand;
  model.shelf_life_days = static_cast<std::int32_t>(sku.shelf_life_days);
  model.issuing = sku.issuing;
  model.backlog_share = sku.backlog_share;
  model.patience_days = static_cast<std::int32_t>(sku.patience_days);
  model.fifo_share = sku.fifo_share;
  resolve_demand(model, sku, spec, mean_demand);
  resolve_supply(model, sku, supply, spec);
  return model;
}

}  // namespace

std::shared_ptr<const WarehouseModel> build_warehouse(const WarehouseSpec& spec,
                                                      const std::vector<double>& mean_demand) {
  auto model = std::make_shared<WarehouseModel>();
  model->arrivals = spec.arrivals;
  model->review = spec.review;
  model->start = parse_date(spec.horizon.start).value();
  model->days = spec.horizon.days;
  model->warm_up_days = spec.horizon.warm_up_days;
  model->discount_factor = spec.horizon.discount_factor;
  for (std::size_t i = 0; i < spec.skus.size(); ++i) {
    SkuModel sku = resolve_sku(spec, spec.skus[i], i < mean_demand.size() ? mean_demand[i] : 0.0);
    const SupplierSpec& supply = supply_of(spec, spec.skus[i]);
    if (spec.review == Review::periodic)
      sku.review_group = review_group_of(*model, calendar_of(spec, supply), static_cast<std::int32_t>(i));
    sku.supplier = supplier_of(*model, spec.skus[i], supply);
    sku.first_order_slot = model->order_slots;
    model->order_slots += sku.order_slots;
    sku.first_batch = model->batches;
    model->batches += sku.shelf_life_days;
    sku.first_waiting = model->waiting;
    model->waiting += sku.patience_days > 0 ? sku.patience_days + 1 : 0;
    model->skus.push_back(std::move(sku));
  }
  constexpr std::size_t most = (std::size_t{1} << EventQueue::kSlotBits) - 2;
  if (static_cast<std::size_t>(model->order_slots) + model->review_groups.size() > most)
    throw InputError(fmt::format(
        "up to {} orders of all SKUs could be open at once, expected at most {}; use shorter lead times, "
        "longer review periods or fewer SKUs",
        model->order_slots, most));
  return model;
}

std::int64_t ReviewCalendar::on_or_after(std::int64_t day) const noexcept {
  if (weekdays == 0) {
    const std::int64_t periods = (std::max(day, first_day) - first_day + period_days - 1) / period_days;
    return first_day + periods * period_days;
  }
  while ((weekdays >> ((weekday_of_day_0 + day) % 7) & 1) == 0) ++day;
  return day;
}

std::int64_t ReviewCalendar::longest_gap_days() const noexcept {
  if (weekdays == 0) return period_days;
  std::int64_t longest = 0;
  for (std::int64_t day = on_or_after(0), last = day + 7; day < last;) {
    const std::int64_t next = on_or_after(day + 1);
    longest = std::max(longest, next - day);
    day = next;
  }
  return longest;
}

Quantity legal_order_quantity(const SkuModel& sku, Quantity wanted) noexcept {
  if (wanted <= 0) return 0;
  const Quantity at_least = std::max(std::min(wanted, kMaximumQuantity), sku.minimum_order_quantity);
  const Quantity most =
      sku.maximum_order_quantity == 0 ? kMaximumQuantity + sku.pack_size : sku.maximum_order_quantity;
  if (sku.pack_size == 1) return std::min(at_least, most);  // divisions cost as much as the rest
  const Quantity packs = (at_least + sku.pack_size - 1) / sku.pack_size;
  return std::min(packs, most / sku.pack_size) * sku.pack_size;
}

}  // namespace restock
