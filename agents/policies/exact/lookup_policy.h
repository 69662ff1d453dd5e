// Optimal orders that stand alone: a sorted table from states to orders, without the process that it was
// solved from, for bundles. A state that the table does not hold gets the order of the nearest one.
#pragma once

#include <vector>

#include "agents/policies/exact/state_column.h"
#include "agents/policies/exact/table_policy.h"

namespace restock::exact {

struct OrderTable {
  std::vector<StateColumn> columns;
  std::vector<Units> states;  ///< [rows × columns], rows ascending in lexicographic order, no two alike
  std::vector<Units> orders;  ///< [rows]

  std::size_t rows() const noexcept { return orders.size(); }
  std::span<const Units> state(std::size_t row) const {
    return std::span(states).subspan(row * columns.size(), columns.size());
  }
  /// The row of a state, or of the nearest one by the sum of differences; on another day of the cycle only
  /// where the table has no state of that day.
  std::size_t find(std::span<const Units> state) const;
};

/// Throws InputError where states are made of more than columns of one SKU with one supplier (several SKUs or
/// suppliers, stock by age), or are too many.
OrderTable order_table_of(const PolicyTable& table);

class LookupPolicy final : public Policy {
 public:
  explicit LookupPolicy(OrderTable table) : table_(std::move(table)) {}
  std::string_view name() const override { return "optimal"; }
  bool needs_pipeline() const override;
  void decide(const DecisionBatch& batch, PolicyMemory& memory, OrderBatch& orders) const override;

  const OrderTable& table() const noexcept { return table_; }

 private:
  OrderTable table_;
};

}  // namespace restock::exact
