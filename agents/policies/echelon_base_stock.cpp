// Echelon base-stock in a network: each stocking point orders what lifts its echelon inventory position
// (echelon.h) to a level. Optimal for serial systems with backlog (Clark and Scarf 1960; Federgruen and
// Zipkin 1984).
//
// A decision shows the points that may order in one instant. Where all points of a network always decide
// together, their rows hold all that is needed. Otherwise a point is remembered as it was after its last
// decision, less what has been ordered from it since: exact where a point decides whenever its position
// changes (review: continuous with trigger: demand or any), and elsewhere what the points have told each
// other at their reviews.
#include <algorithm>
#include <cmath>

#include "agents/policies/echelon.h"
#include "agents/policies/registry.h"
#include "agents/policies/row_parameters.h"
#include "env/decision_process.h"

namespace restock::policies {

PolicyDescription echelon_base_stock();

namespace {

class EchelonBaseStock final : public Policy {
 public:
  explicit EchelonBaseStock(const PolicyParameters& parameters)
      : values_(parameters), echelons_(*parameters.model->warehouse) {
    for (const SkuModel& sku : parameters.model->warehouse->skus)
      initial_.push_back(static_cast<double>(sku.initial_on_hand + sku.initial_on_order));
  }
  std::string_view name() const override { return "echelon_base_stock"; }
  /// Change of the position since the start, as far as it is known.
  std::size_t memory_size() const override { return echelons_.decide_together() ? 0 : 1; }
  bool needs_forecast() const override { return values_.needs_forecast(); }
  std::optional<Quantity> echelon_level(std::int32_t sku) const override {
    const auto place = static_cast<std::size_t>(sku);
    if (!values_.is_constant(place)) return std::nullopt;
    return units(values_.constant(place)[0]);
  }
  void decide(const DecisionBatch& batch, PolicyMemory& memory, OrderBatch& orders) const override {
    std::vector<double> positions(initial_.size(), 0.0);
    if (memory_size() > 0)
      for (std::size_t sku = 0; sku < positions.size(); ++sku)
        positions[sku] = initial_[sku] + memory.values[sku];
    for (std::size_t row = 0; row < batch.rows; ++row)
      positions[static_cast<std::size_t>(batch.sku[row])] =
          static_cast<double>(batch.inventory_position(row));
    for (std::size_t row = 0; row < batch.rows; ++row) {
      double position = 0;
      for (const std::int32_t member : echelons_.members(static_cast<std::size_t>(batch.sku[row])))
        position += positions[static_cast<std::size_t>(member)];
      orders.quantity[row] = std::max<Quantity>(0, units(values_.of(batch, row)[0] - position));
    }
    if (memory_size() > 0) remember(batch, orders, positions, memory);
  }

 private:
  /// After the orders: each raises the position of who placed it and lowers that of who delivers.
  void remember(const DecisionBatch& batch, const OrderBatch& orders, std::vector<double>& positions,
                PolicyMemory& memory) const {
    for (std::size_t row = 0; row < batch.rows; ++row) {
      const auto sku = static_cast<std::size_t>(batch.sku[row]);
      const auto order = static_cast<double>(orders.quantity[row]);
      positions[sku] += order;
      if (const std::int32_t upstream = echelons_.upstream(sku); upstream >= 0)
        positions[static_cast<std::size_t>(upstream)] -= order;
    }
    for (std::size_t sku = 0; sku < positions.size(); ++sku)
      memory.values[sku] = positions[sku] - initial_[sku];
  }

  RowParameters values_;
  Echelons echelons_;
  std::vector<double> initial_;  ///< positions at the start
};

ParameterSpace space_of(const PlannedSku& sku, std::span<const double>) {
  const EchelonBounds bounds = echelon_bounds(sku.model, Echelons(sku.warehouse()), sku.index);
  const Quantity highest = 2 * bounds.upper + highest_level(sku.figures);
  const auto width = static_cast<double>(bounds.upper - bounds.lower);
  return {
      .axes = {{0, highest, search_step(std::max(width, sku.figures.interval_deviation / 2))}},
      .starts = {{bounds.mean()}, {bounds.lower}, {bounds.upper}},
      .values = [](const SearchPoint& point) { return std::vector<double>{static_cast<double>(point[0])}; }};
}

std::optional<std::string> obstacle_in(const DecisionModel& model) {
  bool any = false;
  for (const SkuModel& sku : model.warehouse->skus) {
    any |= sku.regular().upstream >= 0;
    if (sku.sources.size() > 1)
      return "SKU '" + sku.id + "' has several sources, so that its place in the network is not one";
  }
  if (any) return std::nullopt;
  return "no location delivers to another, so that an echelon is a single stocking point; use base_stock";
}

}  // namespace

PolicyDescription echelon_base_stock() {
  return {.name = "echelon_base_stock",
          .meaning =
              "in a network, order what lifts the position of a stocking point and of all downstream of it "
              "to a level",
          .needs_model = true,
          .parameters = {{.name = "echelon_level",
                          .unit = "units",
                          .meaning = "aimed at for the position of the whole echelon",
                          .minimum = -static_cast<double>(kMaximumQuantity)}},
          .space = space_of,
          .obstacle = obstacle_in,
          .make = [](const PolicyParameters& parameters) -> std::unique_ptr<Policy> {
            return std::make_unique<EchelonBaseStock>(parameters);
          }};
}

}  // namespace restock::policies
