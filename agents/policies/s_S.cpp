// (s, S): when the position is at or below the reorder point s, order up to S. Optimal with backlog and a
// fixed cost for each order (Scarf 1960).
#include <algorithm>
#include <cmath>

#include "agents/policies/registry.h"

namespace restock::policies {

PolicyDescription s_S();

namespace {

class ReorderPointOrderUpTo final : public Policy {
 public:
  explicit ReorderPointOrderUpTo(const PolicyParameters& parameters) {
    for (const std::vector<double>& values : parameters.values)
      rules_.push_back({std::llround(values[0]), std::llround(values[1])});
  }
  std::string_view name() const override { return "s_S"; }
  void decide(const DecisionBatch& batch, PolicyMemory&, OrderBatch& orders) const override {
    for (std::size_t row = 0; row < batch.rows; ++row) {
      const auto& rule = rules_[static_cast<std::size_t>(batch.sku[row])];
      orders.quantity[row] = rule(batch.inventory_position(row));
    }
  }
  std::optional<period::OrderRule> order_rule(std::int32_t sku) const override {
    return rules_[static_cast<std::size_t>(sku)];
  }

 private:
  std::vector<period::ReorderUpTo<Quantity>> rules_;
};

/// Coordinates: s, and S − s where S has not been given.
ParameterSpace space_of(const SkuFigures& sku, std::span<const double> given) {
  const Quantity highest = highest_level(sku);
  const auto step = [](double x) { return std::max<std::int64_t>(1, std::llround(x)); };
  ParameterSpace space;
  space.axes.push_back({0, highest, step(sku.interval_deviation / 2)});
  space.axes.push_back({1, highest, step(static_cast<double>(economic_order_quantity(sku)) / 8)});
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

std::string problem_of(std::span<const double> values) {
  return values[0] <= values[1] ? ""
                                : "reorder_point is above order_up_to_level, expected at most that level";
}

}  // namespace

PolicyDescription s_S() {
  return {.name = "s_S",
          .meaning =
              "when the inventory position is at or below the reorder point, order what lifts it to a level",
          .needs_forecast = false,
          .parameters = {{.name = "reorder_point",
                          .unit = "units",
                          .meaning = "order when the position is at or below it"},
                         {.name = "order_up_to_level", .unit = "units", .meaning = "the position aimed at"}},
          .space = space_of,
          .problem = problem_of,
          .make = [](const PolicyParameters& parameters) -> std::unique_ptr<Policy> {
            return std::make_unique<ReorderPointOrderUpTo>(parameters);
          }};
}

}  // namespace restock::policies
