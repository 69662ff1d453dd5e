#include "agents/policies/exact/state_column.h"

#include "agents/policies/exact/rows.h"
#include "env/core/check.h"

namespace restock::exact {

Units StateColumn::read(const DecisionBatch& batch, std::size_t row) const {
  switch (kind) {
    case StateColumnKind::day_of_cycle:
      return static_cast<Units>(batch.day[row] % number);
    case StateColumnKind::net_inventory:
      return static_cast<Units>(batch.on_hand[row] - batch.backlog[row]);
    case StateColumnKind::on_order_of_age:
      return static_cast<Units>(on_order_of_age(batch, row, 0, number));
    case StateColumnKind::inventory_position:
      return static_cast<Units>(batch.inventory_position(row));
  }
  RESTOCK_CHECK(false, "kind {}", static_cast<int>(kind));
}

}  // namespace restock::exact
