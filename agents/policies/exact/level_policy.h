// Order-up-to levels as a Policy: the optimum of systems whose answer is levels.
#pragma once

#include <vector>

#include "env/policy.h"

namespace restock::exact {

/// Each stocking point orders what lifts its own inventory position to its level.
class LevelPolicy final : public Policy {
 public:
  /// By SKU of the warehouse.
  explicit LevelPolicy(std::vector<Quantity> levels) : levels_(std::move(levels)) {}
  std::string_view name() const override { return "optimal"; }
  void decide(const DecisionBatch& batch, PolicyMemory&, OrderBatch& orders) const override {
    for (std::size_t row = 0; row < batch.rows; ++row)
      orders.quantity[row] = rule(batch.sku[row])(batch.inventory_position(row));
  }
  std::optional<period::OrderRule> order_rule(std::int32_t sku) const override { return rule(sku); }

 private:
  period::OrderUpTo<Quantity> rule(std::int32_t sku) const {
    return {levels_[static_cast<std::size_t>(sku)], kMaximumQuantity};
  }
  std::vector<Quantity> levels_;
};

}  // namespace restock::exact
