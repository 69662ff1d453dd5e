#include "env/sim/warehouse_spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "env/core/quantity.h"
#include "env/core/time.h"
#include "env/sim/market_checks.h"
#include "env/sim/source_model.h"

namespace restock {

namespace {

const SupplierSpec* supplier_called(const WarehouseSpec& warehouse, const std::string& id) {
  for (const SupplierSpec& supplier : warehouse.suppliers)
    if (supplier.id == id) return &supplier;
  return nullptr;
}

void check_sources(FieldVisitor& visitor, const WarehouseSpec& warehouse, const SkuSpec& sku,
                   const std::string& at) {
  if (!sku.supplier.empty() || sku.supply.lead_time_days.is_set())
    visitor.problem(at + ".sources", "both sources and a supplier, expected one of them");
  if (sku.sources.size() > kMostSources)
    visitor.problem(at + ".sources",
                    fmt::format("{} suppliers, expected at most {}", sku.sources.size(), kMostSources));
  std::set<std::string> seen;
  for (std::size_t i = 0; i < sku.sources.size(); ++i) {
    const SourceSpec& source = sku.sources[i];
    const std::string place = fmt::format("{}.sources[{}]", at, i);
    if (supplier_called(warehouse, source.supplier) == nullptr)
      visitor.problem(place + ".supplier", fmt::format("'{}' is not among the suppliers", source.supplier));
    if (!seen.insert(source.supplier).second)
      visitor.problem(place + ".supplier", fmt::format("'{}' stands there twice", source.supplier));
  }
}

void check_supply(FieldVisitor& visitor, const WarehouseSpec& warehouse, const SkuSpec& sku,
                  const std::string& at) {
  if (!sku.sources.empty()) return check_sources(visitor, warehouse, sku, at);
  if (sku.supplier.empty() && !sku.supply.lead_time_days.is_set())
    visitor.problem(at, "no supply, expected supplier: ID or supply: {lead_time_days: …}");
  if (!sku.supplier.empty() && supplier_called(warehouse, sku.supplier) == nullptr)
    visitor.problem(at + ".supplier", fmt::format("'{}' is not among the suppliers", sku.supplier));
}

/// Terms of a source that do not fit each other, and what delivers to this SKU.
void check_terms(FieldVisitor& visitor, const WarehouseSpec& warehouse, const SkuSpec& sku,
                 const std::string& at) {
  for (const SourceTerms& terms : sources_of(warehouse, sku)) {
    const SourceSpec& source = terms.source;
    const std::string& from = terms.supply->from;
    const Quantity packs =
        std::max<Quantity>(1, (source.minimum_order_quantity + source.pack_size - 1) / source.pack_size);
    if (source.maximum_order_quantity != 0 && source.maximum_order_quantity < packs * source.pack_size)
      visitor.problem(at + ".maximum_order_quantity",
                      fmt::format("{}, expected at least the smallest order, {} packs of {}",
                                  source.maximum_order_quantity, packs, source.pack_size));
    const JointOrderSpec& joint = terms.supply->joint_order;
    if (joint.full_trucks_only && joint.truck_units % source.pack_size != 0)
      visitor.problem(at + ".pack_size", fmt::format("{}, expected packs that fill a truck of {} units",
                                                     source.pack_size, joint.truck_units));
    if (from.empty() && sku.costs.in_transit == InTransit::upstream)
      visitor.problem(at + ".costs.in_transit",
                      "upstream has no meaning where a supplier outside delivers, expected downstream");
    if (!from.empty() && !sku_at(warehouse, sku.id, from))
      visitor.problem(at, fmt::format("is delivered from location '{}', which does not keep it", from));
  }
}

/// Whether the way upstream from a SKU leads back to it.
bool delivers_to_itself(const WarehouseSpec& warehouse, const SkuSpec& sku) {
  std::vector<const SkuSpec*> open{&sku};
  std::set<const SkuSpec*> seen;
  while (!open.empty()) {
    const SkuSpec& point = *open.back();
    open.pop_back();
    for (const SourceTerms& terms : sources_of(warehouse, point)) {
      if (terms.supply->from.empty()) continue;
      const auto upstream = sku_at(warehouse, sku.id, terms.supply->from);
      if (!upstream) continue;
      if (&warehouse.skus[*upstream] == &sku) return true;
      if (seen.insert(&warehouse.skus[*upstream]).second) open.push_back(&warehouse.skus[*upstream]);
    }
  }
  return false;
}

void check_locations(FieldVisitor& visitor, const WarehouseSpec& warehouse, const SkuSpec& sku,
                     const std::string& at) {
  const auto known = [&](const std::string& id) {
    return std::any_of(warehouse.locations.begin(), warehouse.locations.end(),
                       [&](const LocationSpec& location) { return location.id == id; });
  };
  if (!sku.location.empty() && !known(sku.location))
    visitor.problem(at + ".location", fmt::format("'{}' is not among the locations", sku.location));
  if (delivers_to_itself(warehouse, sku))
    visitor.problem(at, "is delivered by locations that it delivers to itself");
}

bool delivers(const WarehouseSpec& warehouse, const SkuSpec& sku) {
  return std::any_of(warehouse.skus.begin(), warehouse.skus.end(), [&](const SkuSpec& other) {
    if (other.id != sku.id || sku.location.empty()) return false;
    const auto sources = sources_of(warehouse, other);
    return std::any_of(sources.begin(), sources.end(),
                       [&](const SourceTerms& terms) { return terms.supply->from == sku.location; });
  });
}

void check_order_time(FieldVisitor& visitor, const WarehouseSpec& warehouse, const SupplierSpec& supply,
                      const std::string& at) {
  if (warehouse.arrivals == Arrivals::daily && !supply.order_time.empty())
    visitor.problem(at + ".order_time",
                    "has no meaning with arrivals: daily, whose reviews come first in a day");
  if (warehouse.review == Review::continuous && !supply.order_days.empty())
    visitor.problem(at + ".order_days", "has no meaning with review: continuous");
}

void check_skus(FieldVisitor& visitor, const WarehouseSpec& warehouse) {
  const bool needs_law = warehouse.demand.training.source == DemandOrigin::law ||
                         warehouse.demand.evaluation.source == DemandOrigin::law;
  std::map<std::string, std::size_t> first_with_id;  // "id" or "id@location"
  for (std::size_t i = 0; i < warehouse.skus.size(); ++i) {
    const SkuSpec& sku = warehouse.skus[i];
    const std::string at = fmt::format("skus[{}]", i);
    const auto [earlier, is_new] = first_with_id.emplace(stocking_point_of(sku), i);
    if (!is_new && !sku.id.empty())
      visitor.problem(at + ".id", fmt::format("'{}' stands already at skus[{}], expected an id of its own",
                                              stocking_point_of(sku), earlier->second));
    if (needs_law && !sku.demand.is_set() && !delivers(warehouse, sku))
      visitor.problem(at, "missing demand, expected a law such as {law: poisson, mean: 5}");
    check_sku(visitor, sku, at);
    check_supply(visitor, warehouse, sku, at);
    check_terms(visitor, warehouse, sku, at);
    check_locations(visitor, warehouse, sku, at);
    check_order_time(visitor, warehouse, sku.supply, at + ".supply");
    if (sku.issuing == Issuing::by_customer && warehouse.arrivals == Arrivals::orders)
      visitor.problem(at + ".issuing", "by_customer needs arrivals: daily");
  }
}

/// What a facility and a SKU in it must say of each other.
void check_sku_in(FieldVisitor& visitor, const FacilitySpec& facility, const SkuSpec& sku,
                  const std::string& at) {
  const bool has_limit = is_set(facility.capacity_m3);
  if (has_limit && !is_set(sku.volume_m3))
    visitor.problem(at, "missing volume_m3, which the warehouse's capacity_m3 needs");
  if (has_limit && facility.overflow.rule != OverflowRule::cost && sku.volume_m3 > facility.capacity_m3)
    visitor.problem(at + ".volume_m3",
                    fmt::format("{}, expected at most the warehouse's capacity_m3", sku.volume_m3));
  if (sku.costs.late_per_unit > 0 && facility.dispatch.cut_off.empty())
    visitor.problem(at + ".costs.late_per_unit",
                    "has no meaning without the warehouse's dispatch: {cut_off: …}");
}

void check_facilities(FieldVisitor& visitor, const WarehouseSpec& warehouse) {
  const bool is_daily = warehouse.arrivals == Arrivals::daily;
  if (is_daily) check_daily_facility(visitor, warehouse.facility, "warehouse");
  for (const LocationSpec& location : warehouse.locations)
    if (is_daily) check_daily_facility(visitor, location.facility, "locations." + location.id);
  for (std::size_t i = 0; i < warehouse.skus.size(); ++i)
    check_sku_in(visitor, facility_of(warehouse, warehouse.skus[i]), warehouse.skus[i],
                 fmt::format("skus[{}]", i));
}

}  // namespace

std::span<const std::string_view> names_of(Arrivals) {
  static constexpr std::array<std::string_view, 2> names{"daily", "orders"};
  return names;
}
std::span<const std::string_view> names_of(Review) {
  static constexpr std::array<std::string_view, 2> names{"periodic", "continuous"};
  return names;
}

std::span<const std::string_view> names_of(Trigger) {
  static constexpr std::array<std::string_view, 4> names{"any", "demand", "receipt", "position"};
  return names;
}

std::vector<SourceTerms> sources_of(const WarehouseSpec& warehouse, const SkuSpec& sku) {
  std::vector<SourceSpec> said = sku.sources;
  if (said.empty()) said.push_back({.supplier = sku.supplier});
  std::vector<SourceTerms> terms;
  for (SourceSpec& source : said) {
    const SupplierSpec* supply = &sku.supply;
    if (!source.supplier.empty()) supply = supplier_called(warehouse, source.supplier);
    if (supply == nullptr) continue;
    if (source.pack_size == 0) source.pack_size = sku.pack_size;
    if (source.minimum_order_quantity < 0) source.minimum_order_quantity = sku.minimum_order_quantity;
    if (source.maximum_order_quantity < 0) source.maximum_order_quantity = sku.maximum_order_quantity;
    if (!is_set(source.purchase_per_unit))
      source.purchase_per_unit = supply->from.empty() ? sku.costs.purchase_per_unit : 0;
    terms.push_back({std::move(source), supply});
  }
  return terms;
}

const FacilitySpec& facility_of(const WarehouseSpec& warehouse, const SkuSpec& sku) {
  for (const LocationSpec& location : warehouse.locations)
    if (!sku.location.empty() && location.id == sku.location) return location.facility;
  return warehouse.facility;
}

std::optional<std::size_t> sku_at(const WarehouseSpec& warehouse, const std::string& id,
                                  const std::string& location) {
  for (std::size_t i = 0; i < warehouse.skus.size(); ++i)
    if (warehouse.skus[i].id == id && warehouse.skus[i].location == location) return i;
  return std::nullopt;
}

void describe(FieldVisitor& visitor, HorizonSpec& horizon) {
  visitor.field("start", horizon.start, {.meaning = "date of the first day, YYYY-MM-DD"});
  visitor.field("days", horizon.days,
                {.meaning = "days that one replication lasts",
                 .unit = "days",
                 .minimum = 1,
                 .maximum = 200'000,
                 .required = true});
  visitor.field("warm_up_days", horizon.warm_up_days,
                {.meaning = "the first of these days, which no result counts",
                 .unit = "days",
                 .minimum = 0,
                 .maximum = 200'000});
  visitor.field("discount_factor", horizon.discount_factor,
                {.meaning = "of a day's cost against the day before, for discounted_cost and "
                            "discounted_profit; 1: no discounting",
                 .minimum = 0.5,
                 .maximum = 1});
  if (!parse_date(horizon.start))
    visitor.problem("start", fmt::format("'{}', expected a date such as 2026-01-05", horizon.start));
  if (horizon.days > 0 && horizon.warm_up_days >= horizon.days)
    visitor.problem("warm_up_days", fmt::format("{}, expected less than the {} days of the horizon",
                                                horizon.warm_up_days, horizon.days));
}

void describe(FieldVisitor& visitor, WarehouseSpec& warehouse) {
  describe_object(visitor, "horizon", warehouse.horizon,
                  {.meaning = "how long one replication lasts", .required = true});
  describe_choice(visitor, "arrivals", warehouse.arrivals,
                  {.meaning = "daily: one total a day, as in the literature's period models; orders: single "
                              "customers through the day"});
  describe_choice(
      visitor, "review", warehouse.review,
      {.meaning = "periodic: every review_period_days; continuous: after each demand and each receipt"});
  describe_choice(visitor, "trigger", warehouse.trigger,
                  {.meaning = "after what continuous review asks: any demand or receipt, demand, receipt, or "
                              "either where the inventory position is below the SKU's trigger_level"});
  describe_object(visitor, "demand", warehouse.demand, {.meaning = "where demand comes from"});
  describe_map(visitor, "locations", warehouse.locations, &LocationSpec::id,
               {.meaning = "stocking points of a network, by id"});
  describe_map(visitor, "suppliers", warehouse.suppliers, &SupplierSpec::id,
               {.meaning = "who replenishes, by id"});
  describe_object(visitor, "warehouse", warehouse.facility,
                  {.meaning = "the building: its room, docks, pickers and counts; not given: no limits"});
  describe_object(visitor, "defaults", warehouse.defaults,
                  {.meaning = "what SKUs have in common unless they say otherwise"});
  SkuSpec prototype;
  prototype.unmet_demand = warehouse.defaults.unmet_demand;
  prototype.costs = warehouse.defaults.costs;
  prototype.supply = warehouse.defaults.supply;
  describe_list(visitor, "skus", warehouse.skus, {.meaning = "what is kept in stock", .required = true},
                prototype);
  describe_list(visitor, "promotions", warehouse.promotions,
                {.meaning = "days on which SKUs sell more, perhaps at another price"});
  check_skus(visitor, warehouse);
  check_facilities(visitor, warehouse);
  if (warehouse.arrivals == Arrivals::daily && warehouse.demand.lines_per_order.is_set())
    visitor.problem("demand.lines_per_order", "has no meaning without arrivals: orders");
  check_market(visitor, warehouse);
  for (const SupplierSpec& supplier : warehouse.suppliers)
    check_order_time(visitor, warehouse, supplier, "suppliers." + supplier.id);
  if (warehouse.trigger != Trigger::any && warehouse.review != Review::continuous)
    visitor.problem("trigger", "has no meaning without review: continuous");
}

}  // namespace restock
