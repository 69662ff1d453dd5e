// (r, nQ), also written (s, nQ): when the position is at or below the reorder point r, order the smallest
// multiple of Q that lifts it above r (Hadley and Whitin 1963, section 5-3). Where a review period's demand
// is at most Q this is the textbook's (r, Q): order Q. The economic order quantity as a policy is the same
// rule with Q from the formula (Harris 1913; with backlog charged by time √(2Kλ(h + b) / (hb))).
#include <algorithm>
#include <cmath>

#include "agents/policies/position_policy.h"
#include "agents/policies/registry.h"
#include "env/decision_process.h"

namespace restock::policies {

PolicyDescription fixed_quantity();
PolicyDescription eoq();

namespace {

struct Rule {
  static period::ReorderMultiple<Quantity> of(const RowParameters::Values& values) {
    return {units(values[0]), std::max<Quantity>(1, units(values[1]))};
  }
};

/// Coordinates: r, and Q in packs.
ParameterSpace space_of(const PlannedSku& planned_sku, std::span<const double>) {
  const SkuFigures& sku = planned_sku.figures;
  const Quantity pack = sku.pack_size;
  const auto packs = [pack](double quantity) {
    return std::max<Quantity>(1, std::llround(quantity / static_cast<double>(pack)));
  };
  const auto quantity = static_cast<double>(economic_order_quantity(sku));
  ParameterSpace space;
  space.axes.push_back({0, highest_level(sku), search_step(sku.interval_deviation / 2)});
  space.axes.push_back({1, packs(static_cast<double>(highest_level(sku))) + 1,
                        search_step(static_cast<double>(packs(quantity)) / 8)});
  for (const OrderCycle& cycle : likely_cycles(sku))
    space.starts.push_back({cycle.reorder_point, packs(static_cast<double>(cycle.order_quantity))});
  space.values = [pack](const SearchPoint& point) {
    return std::vector<double>{static_cast<double>(point[0]), static_cast<double>(point[1] * pack)};
  };
  return space;
}

/// The economic order quantity, planned shortages included where they are charged by time.
Quantity formula_quantity(const SkuFigures& sku) {
  const bool waits = !sku.loses_sales && sku.shortage_per_unit_day > 0;
  const double longer = waits ? std::sqrt(1 + sku.holding_per_unit_day / sku.shortage_per_unit_day) : 1.0;
  return std::max<Quantity>(1, std::llround(longer * static_cast<double>(economic_order_quantity(sku))));
}

/// Only the reorder point is looked for.
ParameterSpace space_of_eoq(const PlannedSku& planned_sku, std::span<const double> given) {
  const SkuFigures& sku = planned_sku.figures;
  const Quantity quantity = std::isnan(given[1]) ? formula_quantity(sku) : std::llround(given[1]);
  return {.axes = {{0, highest_level(sku), search_step(sku.interval_deviation / 2)}},
          .starts = {{reorder_point_for(sku, quantity)}},
          .values = [quantity](const SearchPoint& point) {
            return std::vector<double>{static_cast<double>(point[0]), static_cast<double>(quantity)};
          }};
}

std::optional<std::string> obstacle_to_eoq(const DecisionModel& model) {
  for (const SkuModel& sku : model.warehouse->skus)
    if (sku.rates.fixed_per_order > 0 && sku.rates.holding_per_unit_time > 0) return std::nullopt;
  return "no SKU has both a fixed cost for each order and a holding cost, which the formula balances; use "
         "base_stock";
}

std::vector<PolicyParameter> parameters() {
  return {
      {.name = "reorder_point", .unit = "units", .meaning = "order when the position is at or below it"},
      {.name = "order_quantity", .unit = "units", .meaning = "ordered once or several times", .minimum = 1}};
}

}  // namespace

PolicyDescription fixed_quantity() {
  return {.name = "fixed_quantity",
          .meaning =
              "when the inventory position is at or below the reorder point, order the smallest multiple of "
              "the order quantity that lifts it above: (r, nQ)",
          .parameters = parameters(),
          .space = space_of,
          .make = [](const PolicyParameters& values) -> std::unique_ptr<Policy> {
            return std::make_unique<PositionPolicy<Rule>>("fixed_quantity", values);
          }};
}

PolicyDescription eoq() {
  return {.name = "eoq",
          .meaning =
              "order the economic order quantity when the inventory position is at or below the reorder "
              "point; only that point is looked for",
          .parameters = parameters(),
          .space = space_of_eoq,
          .obstacle = obstacle_to_eoq,
          .make = [](const PolicyParameters& values) -> std::unique_ptr<Policy> {
            return std::make_unique<PositionPolicy<Rule>>("eoq", values);
          }};
}

}  // namespace restock::policies
