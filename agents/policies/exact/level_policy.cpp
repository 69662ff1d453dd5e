#include "agents/policies/exact/level_policy.h"

#include <algorithm>
#include <numeric>

#include "env/core/check.h"

namespace restock::exact {

LevelPolicy::LevelPolicy(const LevelAnswer& answer, const WarehouseModel& warehouse) : answer_(answer) {
  for (const SkuModel& sku : warehouse.skus) {
    const auto found = std::ranges::find(answer_.skus, sku.id);
    RESTOCK_CHECK(found != answer_.skus.end(), "SKU '{}' is no stage", sku.id);
    stage_.push_back(static_cast<std::size_t>(found - answer_.skus.begin()));
  }
}

bool LevelPolicy::read_all(const DecisionBatch& batch, std::size_t first,
                           std::vector<Quantity>& position) const {
  if (first + stage_.size() > batch.rows) return false;
  std::vector<bool> seen(stage_.size());
  for (std::size_t row = first; row < first + stage_.size(); ++row) {
    const std::size_t stage = stage_[static_cast<std::size_t>(batch.sku[row])];
    if (seen[stage]) return false;
    seen[stage] = true;
    position[stage] = batch.inventory_position(row);
  }
  return true;
}

void LevelPolicy::decide(const DecisionBatch& batch, PolicyMemory&, OrderBatch& orders) const {
  std::vector<Quantity> position(stage_.size());
  for (std::size_t row = 0; row < batch.rows;) {
    const bool has_all = read_all(batch, row, position);
    for (const std::size_t end = has_all ? row + stage_.size() : row + 1; row < end; ++row) {
      const std::size_t stage = stage_[static_cast<std::size_t>(batch.sku[row])];
      const Quantity echelon = std::accumulate(
          position.begin(), position.begin() + static_cast<std::ptrdiff_t>(stage) + 1, Quantity{0});
      const Quantity short_of = has_all ? answer_.echelon_levels[stage] - echelon
                                        : answer_.local_levels[stage] - batch.inventory_position(row);
      orders.quantity[row] = std::max<Quantity>(0, short_of);
    }
  }
}

}  // namespace restock::exact
