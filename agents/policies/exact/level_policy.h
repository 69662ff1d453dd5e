// Echelon base-stock levels as a Policy: the optimum of stages in series.
//
// The echelon inventory position of a stage is the sum of the local positions of the stage and of all
// downstream: what it owes downstream is what is on order there. Where all stages are asked at once (review
// by the day) each orders up to its echelon level, because none knows yet what the next one orders; where a
// stage is asked alone (continuous review) its local level, the difference of two echelon levels, says the
// same.
#pragma once

#include <vector>

#include "agents/policies/exact/problem.h"
#include "env/policy.h"

namespace restock::exact {

class LevelPolicy final : public Policy {
 public:
  LevelPolicy(const LevelAnswer& answer, const WarehouseModel& warehouse);
  std::string_view name() const override { return "optimal"; }
  std::optional<Quantity> echelon_level(std::int32_t sku) const override {
    return answer_.echelon_levels[stage_[static_cast<std::size_t>(sku)]];
  }
  void decide(const DecisionBatch& batch, PolicyMemory& memory, OrderBatch& orders) const override;

 private:
  /// Whether the rows from `first` on are all stages of one environment; position[stage], if so.
  bool read_all(const DecisionBatch& batch, std::size_t first, std::vector<Quantity>& position) const;

  LevelAnswer answer_;
  std::vector<std::size_t> stage_;  ///< by SKU of the warehouse
};

}  // namespace restock::exact
