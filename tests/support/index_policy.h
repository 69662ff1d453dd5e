// Index policies for two suppliers, the second of which delivers at once.
#pragma once

#include <algorithm>

#include "env/core/check.h"
#include "env/policy.h"

namespace restock::testing {

/// The order-up-to levels of an index policy and the most it orders from the regular supplier.
struct IndexLevels {
  Quantity expedited = 0;
  Quantity regular = 0;
  Quantity cap = 1'000'000;
};

/// Dual index (Veeraraghavan and Scheller-Wolf 2008): the expedited supplier lifts what is at hand, the
/// regular one all that is on its way as well. Single index: both look at all that is on its way.
class IndexPolicy final : public Policy {
 public:
  IndexPolicy(IndexLevels levels, bool is_single) : levels_(levels), is_single_(is_single) {}
  std::string_view name() const override { return "index"; }
  void decide(const DecisionBatch& batch, PolicyMemory&, OrderBatch& orders) const override {
    RESTOCK_CHECK(batch.sources == 2, "{} sources", batch.sources);
    for (std::size_t row = 0; row < batch.rows; ++row) {
      const Quantity position = batch.inventory_position(row);
      const Quantity at_hand = batch.on_hand[row] - batch.backlog[row];
      const Quantity expedited = std::max<Quantity>(0, levels_.expedited - (is_single_ ? position : at_hand));
      orders.quantity[batch.rows + row] = expedited;
      orders.quantity[row] = std::clamp<Quantity>(levels_.regular - position - expedited, 0, levels_.cap);
    }
  }

 private:
  IndexLevels levels_;
  bool is_single_;
};

}  // namespace restock::testing
