// (s, S) and modified (s, S, q): when the position is at or below the reorder point s, order up to S, or
// min(S − position, q).
//
// (s, S) is optimal with backlog and a fixed cost for each order (Scarf 1960). With lost sales the largest
// order q helps, as it does capped base-stock (Bijvank, Bhulai and Huh 2015, European Journal of Operational
// Research 241(2)).
#include <algorithm>
#include <cmath>

#include "agents/policies/position_policy.h"
#include "agents/policies/registry.h"

namespace restock::policies {

PolicyDescription s_S();
PolicyDescription modified_s_S();

namespace {

struct Rule {
  static period::ReorderUpTo<Quantity> of(const RowParameters::Values& values) {
    return {units(values[0]), units(values[1])};
  }
};

struct ModifiedRule {
  period::ReorderUpTo<Quantity> plain;
  Quantity maximum_order = kMaximumQuantity;

  Quantity operator()(Quantity position) const { return std::min(plain(position), maximum_order); }
  static ModifiedRule of(const RowParameters::Values& values) {
    return {Rule::of(values), largest_order(values[2])};
  }
};

/// Coordinates: s, and S − s where S has not been given.
ParameterSpace space_of(const PlannedSku& planned_sku, std::span<const double> given) {
  const SkuFigures& sku = planned_sku.figures;
  const Quantity highest = highest_level(sku);
  ParameterSpace space;
  space.axes.push_back({0, highest, search_step(sku.interval_deviation / 2)});
  space.axes.push_back({1, highest, search_step(static_cast<double>(economic_order_quantity(sku)) / 8)});
  const bool level_given = !std::isnan(given[1]);
  if (level_given) space.axes[1] = {1, 1, 1};
  if (level_given) space.axes[0].maximum = std::llround(given[1]);
  if (!std::isnan(given[0])) space.axes[0] = {std::llround(given[0]), std::llround(given[0]), 1};
  for (const OrderCycle& cycle : likely_cycles(sku))
    space.starts.push_back({cycle.reorder_point, cycle.order_quantity});
  space.values = [level_given, level = given[1]](const SearchPoint& point) {
    return std::vector<double>{static_cast<double>(point[0]),
                               level_given ? level : static_cast<double>(point[0] + point[1])};
  };
  return space;
}

/// A third coordinate: the largest order in packs, where the last one stands for none.
ParameterSpace space_of_modified(const PlannedSku& planned_sku, std::span<const double> given) {
  const SkuFigures& sku = planned_sku.figures;
  ParameterSpace space = space_of(planned_sku, given);
  const auto in_packs = [&](double quantity) {
    return std::max<std::int64_t>(1, std::llround(quantity / static_cast<double>(sku.pack_size)));
  };
  const auto economic = static_cast<double>(economic_order_quantity(sku));
  const std::int64_t none = in_packs(2 * economic + 5 * sku.interval_deviation) + 2;
  space.axes.push_back({1, none, search_step(static_cast<double>(in_packs(economic)) / 8)});
  const std::vector<SearchPoint> plain = space.starts;
  for (SearchPoint& start : space.starts) start.push_back(none);
  for (SearchPoint start : plain) {
    start.push_back(in_packs(static_cast<double>(start[1]) + sku.demand_per_review() / 2));
    space.starts.push_back(start);
  }
  space.values = [plain_values = space.values, none, pack = sku.pack_size](const SearchPoint& point) {
    std::vector<double> values = plain_values(point);
    values.push_back(point[2] == none ? 0.0 : static_cast<double>(point[2] * pack));
    return values;
  };
  return space;
}

std::string problem_of(std::span<const double> values) {
  return values[0] <= values[1] ? ""
                                : "reorder_point is above order_up_to_level, expected at most that level";
}

std::vector<PolicyParameter> parameters() {
  return {{.name = "reorder_point", .unit = "units", .meaning = "order when the position is at or below it"},
          {.name = "order_up_to_level", .unit = "units", .meaning = "the position aimed at"}};
}

std::vector<PolicyParameter> modified_parameters() {
  std::vector<PolicyParameter> all = parameters();
  all.push_back({.name = "maximum_order", .unit = "units", .meaning = "largest order; 0: no limit"});
  return all;
}

}  // namespace

PolicyDescription s_S() {
  return {.name = "s_S",
          .meaning =
              "when the inventory position is at or below the reorder point, order what lifts it to a level",
          .parameters = parameters(),
          .space = space_of,
          .problem = problem_of,
          .make = [](const PolicyParameters& values) -> std::unique_ptr<Policy> {
            return std::make_unique<PositionPolicy<Rule>>("s_S", values);
          }};
}

PolicyDescription modified_s_S() {
  return {.name = "modified_s_S",
          .meaning =
              "when the inventory position is at or below the reorder point, order what lifts it to a level, "
              "at most the largest order: modified (s, S, q)",
          .parameters = modified_parameters(),
          .space = space_of_modified,
          .problem = problem_of,
          .make = [](const PolicyParameters& values) -> std::unique_ptr<Policy> {
            return std::make_unique<PositionPolicy<ModifiedRule>>("modified_s_S", values);
          }};
}

}  // namespace restock::policies
