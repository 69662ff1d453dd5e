// (r, nQ): when the position is at or below the reorder point r, order the smallest multiple of Q that lifts
// it above r (Hadley and Whitin 1963, section 5-3). Where a review period's demand is at most Q this is the
// textbook's (r, Q): order Q.
#include <algorithm>
#include <cmath>

#include "agents/policies/registry.h"

namespace restock::policies {

PolicyDescription fixed_quantity();

namespace {

class FixedQuantity final : public Policy {
 public:
  explicit FixedQuantity(const PolicyParameters& parameters) {
    for (const std::vector<double>& values : parameters.values)
      rules_.push_back({std::llround(values[0]), std::llround(values[1])});
  }
  std::string_view name() const override { return "fixed_quantity"; }
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
  std::vector<period::ReorderMultiple<Quantity>> rules_;
};

/// Coordinates: r, and Q in packs.
ParameterSpace space_of(const SkuFigures& sku, std::span<const double>) {
  const Quantity pack = sku.pack_size;
  const auto packs = [pack](double units) {
    return std::max<Quantity>(1, std::llround(units / static_cast<double>(pack)));
  };
  const auto quantity = static_cast<double>(economic_order_quantity(sku));
  const auto step = [](double x) { return std::max<std::int64_t>(1, std::llround(x)); };
  ParameterSpace space;
  space.axes.push_back({0, highest_level(sku), step(sku.interval_deviation / 2)});
  space.axes.push_back({1, packs(static_cast<double>(highest_level(sku))) + 1,
                        step(static_cast<double>(packs(quantity)) / 8)});
  for (const OrderCycle& cycle : likely_cycles(sku))
    space.starts.push_back({cycle.reorder_point, packs(static_cast<double>(cycle.order_quantity))});
  space.values = [pack](const SearchPoint& point) {
    return std::vector<double>{static_cast<double>(point[0]), static_cast<double>(point[1] * pack)};
  };
  return space;
}

}  // namespace

PolicyDescription fixed_quantity() {
  return {.name = "fixed_quantity",
          .meaning =
              "when the inventory position is at or below the reorder point, order the smallest multiple of "
              "the order quantity that lifts it above",
          .needs_forecast = false,
          .parameters = {{.name = "reorder_point",
                          .unit = "units",
                          .meaning = "order when the position is at or below it"},
                         {.name = "order_quantity",
                          .unit = "units",
                          .meaning = "ordered once or several times",
                          .minimum = 1}},
          .space = space_of,
          .problem = [](std::span<const double>) { return std::string(); },
          .make = [](const PolicyParameters& parameters) -> std::unique_ptr<Policy> {
            return std::make_unique<FixedQuantity>(parameters);
          }};
}

}  // namespace restock::policies
