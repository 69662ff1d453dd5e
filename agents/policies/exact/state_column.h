// One component of a state as a sum of what a decision shows of a SKU, so that a state can be read without
// the process that it belongs to.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "agents/policies/exact/chain.h"
#include "env/policy.h"

namespace restock::exact {

enum class StateColumnKind { day_of_cycle, net_inventory, on_order_of_age, inventory_position };

inline constexpr std::array<std::string_view, 4> kStateColumnNames{"day_of_cycle", "net_inventory",
                                                                   "on_order_of_age", "inventory_position"};

struct StateColumn {
  StateColumnKind kind = StateColumnKind::net_inventory;
  std::int64_t number = 0;  ///< days of the cycle; age in days of an order

  /// Of row `row`, whose SKU has one source.
  Units read(const DecisionBatch& batch, std::size_t row) const;
};

}  // namespace restock::exact
