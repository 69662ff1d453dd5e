#include "env/sim/warehouse_spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "env/core/quantity.h"
#include "env/core/time.h"
#include "env/sim/market_checks.h"

namespace restock {

namespace {

void check_supply(FieldVisitor& visitor, const WarehouseSpec& warehouse, const SkuSpec& sku,
                  const std::string& at) {
  if (sku.supplier.empty() && !sku.supply.lead_time_days.is_set())
    visitor.problem(at, "no supply, expected supplier: ID or supply: {lead_time_days: …}");
  if (sku.supplier.empty()) return;
  const bool known = std::any_of(warehouse.suppliers.begin(), warehouse.suppliers.end(),
                                 [&](const SupplierSpec& supplier) { return supplier.id == sku.supplier; });
  if (!known) visitor.problem(at + ".supplier", fmt::format("'{}' is not among the suppliers", sku.supplier));
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
  std::map<std::string, std::size_t> first_with_id;
  for (std::size_t i = 0; i < warehouse.skus.size(); ++i) {
    const SkuSpec& sku = warehouse.skus[i];
    const std::string at = fmt::format("skus[{}]", i);
    const auto [earlier, is_new] = first_with_id.emplace(sku.id, i);
    if (!is_new && !sku.id.empty())
      visitor.problem(at + ".id", fmt::format("'{}' stands already at skus[{}], expected an id of its own",
                                              sku.id, earlier->second));
    if (needs_law && !sku.demand.is_set())
      visitor.problem(at, "missing demand, expected a law such as {law: poisson, mean: 5}");
    check_sku(visitor, sku, at);
    check_supply(visitor, warehouse, sku, at);
    check_order_time(visitor, warehouse, sku.supply, at + ".supply");
  }
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
                {.meaning = "of a day's cost against the day before, for discounted_cost; 1: no discounting",
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
  describe_object(visitor, "demand", warehouse.demand, {.meaning = "where demand comes from"});
  describe_map(visitor, "suppliers", warehouse.suppliers, &SupplierSpec::id,
               {.meaning = "who replenishes, by id"});
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
  check_market(visitor, warehouse);
  for (const SupplierSpec& supplier : warehouse.suppliers)
    check_order_time(visitor, warehouse, supplier, "suppliers." + supplier.id);
}

}  // namespace restock
