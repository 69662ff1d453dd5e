// Orders of whole packs whose average is a real number: what is owed is carried over to the next order.
#pragma once

#include <cmath>

#include "env/sim/source_model.h"

namespace restock::policies {

/// What a supplier takes at the least and in what steps.
struct WholeOrders {
  Quantity pack_size = 1;
  Quantity minimum = 1;

  WholeOrders() = default;
  explicit WholeOrders(const SourceModel& source)
      : pack_size(source.pack_size), minimum(legal_order_quantity(source, 1)) {}

  /// Adds `amount` to what is owed and takes out of that an order of whole packs, or none.
  Quantity take(double& owed, double amount) const noexcept {
    owed += amount;
    const auto packs = static_cast<Quantity>(std::floor(owed / static_cast<double>(pack_size) + 1e-9));
    const Quantity order = packs * pack_size;
    if (order < minimum || order <= 0) return 0;
    owed -= static_cast<double>(order);
    return order;
  }
};

}  // namespace restock::policies
