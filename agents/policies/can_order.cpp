// Can-order (s, c, S) for SKUs of one supplier: where the position of any SKU is at or below its must-order
// point s, every SKU of the supplier whose position is at or below its can-order point c is ordered up to S,
// and so shares the set-up or the truck (Balintfy 1964, Management Science 10(2); Federgruen, Groenevelt and
// Tijms 1984). SKUs are ordered together where they may order in the same instant.
#include <algorithm>
#include <cmath>

#include "agents/policies/joint_figures.h"
#include "agents/policies/registry.h"
#include "agents/policies/row_parameters.h"
#include "env/decision_process.h"

namespace restock::policies {

PolicyDescription can_order();

namespace {

class CanOrder final : public Policy {
 public:
  explicit CanOrder(const PolicyParameters& parameters)
      : values_(parameters), suppliers_(parameters.model->warehouse->suppliers.size()) {
    for (const SkuModel& sku : parameters.model->warehouse->skus)
      supplier_of_.push_back(static_cast<std::size_t>(sku.regular().supplier));
  }
  std::string_view name() const override { return "can_order"; }
  bool needs_forecast() const override { return values_.needs_forecast(); }
  void decide(const DecisionBatch& batch, PolicyMemory&, OrderBatch& orders) const override {
    std::vector<bool> orders_now(suppliers_, false);
    for (std::size_t row = 0; row < batch.rows; ++row)
      if (batch.inventory_position(row) <= units(values_.of(batch, row)[0]))
        orders_now[supplier_of(batch, row)] = true;
    for (std::size_t row = 0; row < batch.rows; ++row) {
      const auto values = values_.of(batch, row);
      const Quantity position = batch.inventory_position(row);
      const bool joins = orders_now[supplier_of(batch, row)] && position <= units(values[1]);
      orders.quantity[row] = joins ? std::max<Quantity>(0, units(values[2]) - position) : 0;
    }
  }

 private:
  std::size_t supplier_of(const DecisionBatch& batch, std::size_t row) const {
    return supplier_of_[static_cast<std::size_t>(batch.sku[row])];
  }

  RowParameters values_;
  std::size_t suppliers_;
  std::vector<std::size_t> supplier_of_;  ///< by SKU
};

/// Coordinates: s, c − s, S − c. The first start is the SKU alone with its share of the common set-up in the
/// common interval; the others let it join early or never.
ParameterSpace space_of(const PlannedSku& sku, std::span<const double>) {
  const SkuFigures& figures = sku.figures;
  const double days = joint_interval_days(sku.model, sku.resolved().regular().supplier);
  const Quantity lot = std::max<Quantity>(1, std::llround(figures.mean_demand_per_day * days));
  const Quantity must = reorder_point_for(figures, lot);
  const Quantity highest = highest_level(figures) + 2 * lot;
  ParameterSpace space;
  space.axes = {{0, highest, search_step(figures.interval_deviation / 2)},
                {0, highest, search_step(static_cast<double>(lot) / 8)},
                {1, highest, search_step(static_cast<double>(lot) / 8)}};
  for (const double joining : {0.5, 0.0, 0.9}) {
    const Quantity wait = std::llround(joining * static_cast<double>(lot));
    space.starts.push_back({must, wait, std::max<Quantity>(1, lot - wait)});
  }
  space.values = [](const SearchPoint& point) {
    return std::vector<double>{static_cast<double>(point[0]), static_cast<double>(point[0] + point[1]),
                               static_cast<double>(point[0] + point[1] + point[2])};
  };
  return space;
}

std::string problem_of(std::span<const double> values) {
  if (values[0] > values[1]) return "reorder_point is above can_order_point, expected at most that point";
  return values[1] <= values[2] ? ""
                                : "can_order_point is above order_up_to_level, expected at most that level";
}

}  // namespace

PolicyDescription can_order() {
  return {.name = "can_order",
          .meaning =
              "where one SKU of a supplier is at its reorder point, order all of its SKUs that are at their "
              "can-order points up to their levels: (s, c, S)",
          .needs_model = true,
          .joins_skus = true,
          .parameters = {{.name = "reorder_point",
                          .unit = "units",
                          .meaning = "must order when the position is at or below it"},
                         {.name = "can_order_point",
                          .unit = "units",
                          .meaning = "joins an order of others when the position is at or below it"},
                         {.name = "order_up_to_level", .unit = "units", .meaning = "the position aimed at"}},
          .space = space_of,
          .problem = problem_of,
          .obstacle = obstacle_to_joint_orders,
          .make = [](const PolicyParameters& parameters) -> std::unique_ptr<Policy> {
            return std::make_unique<CanOrder>(parameters);
          }};
}

}  // namespace restock::policies
