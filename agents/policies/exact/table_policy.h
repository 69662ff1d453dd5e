// The optimal orders of all states as a table, and as a Policy that looks them up: simulated, compared and
// served like any other.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "agents/policies/exact/problem.h"

namespace restock::exact {

/// Sum of the differences of two states. With a day of the cycle in front, another day outweighs all else.
std::int64_t distance_of(std::span<const Units> a, std::span<const Units> b, bool has_day);

/// What a solved chain says to order; shared by all who read it.
class PolicyTable {
 public:
  PolicyTable(std::shared_ptr<const WarehouseModel> warehouse, std::unique_ptr<Problem> problem,
              std::unique_ptr<Process> process, std::unique_ptr<Chain> chain,
              std::vector<std::uint32_t> choice);

  const WarehouseModel& warehouse() const noexcept { return *warehouse_; }
  const Process& process() const noexcept { return *process_; }
  std::size_t states() const { return chain_->states(); }
  /// Names of the components of a state, then of the orders.
  std::vector<std::string> columns() const;
  void row(std::size_t index, std::span<Units> state, std::span<Units> orders) const;
  /// Orders of a state: of the nearest one that the table holds, where it does not hold this one.
  void look_up(std::span<Units> state, std::span<Units> orders) const;

 private:
  std::size_t nearest(std::span<const Units> state) const;
  void choose(std::span<const Units> state, std::size_t index, std::span<Units> orders) const;

  std::shared_ptr<const WarehouseModel> warehouse_;
  std::unique_ptr<Problem> problem_;
  std::unique_ptr<Process> process_;
  std::unique_ptr<Chain> chain_;
  std::vector<std::uint32_t> choice_;
};

class TablePolicy final : public Policy {
 public:
  explicit TablePolicy(std::shared_ptr<const PolicyTable> table) : table_(std::move(table)) {}
  std::string_view name() const override { return "optimal"; }
  bool needs_pipeline() const override { return true; }
  void decide(const DecisionBatch& batch, PolicyMemory& memory, OrderBatch& orders) const override;

 private:
  std::shared_ptr<const PolicyTable> table_;
};

}  // namespace restock::exact
