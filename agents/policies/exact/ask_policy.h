// Asks a policy what it orders in a state of a chain, as the simulation would.
#pragma once

#include "agents/policies/exact/process.h"
#include "env/sim/warehouse_model.h"

namespace restock::exact {

/// Throws InputError where the policy looks at forecasts: their state would have to be part of the chain's.
void check_policy(const Policy& policy);

/// Whether inventory positions alone do not say what it orders.
bool looks_at_pipeline(const Policy& policy, const WarehouseModel& warehouse);

/// A Chooser. Throws InputError where the policy orders otherwise on the same day of a later cycle, or where
/// it writes something down: a memory that stays empty wherever it is asked will always be.
class PolicyAsker {
 public:
  PolicyAsker(const WarehouseModel& warehouse, const Process& process, const Policy& policy);
  void operator()(std::span<const Units> state, std::span<Units> orders);

 private:
  void ask(std::span<Units> orders);
  void check_memory() const;

  const Process& process_;
  const Policy& policy_;
  std::size_t skus_;
  DecisionRows rows_;
  std::vector<Quantity> wanted_;
  std::vector<Units> later_;
  PolicyMemory memory_;
};

}  // namespace restock::exact
