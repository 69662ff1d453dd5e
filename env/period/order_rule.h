// Order rules of which the inventory position alone decides, as functors: no virtual call, no state, any
// Quantity, host and device. A Policy that consists of one for each SKU says so (Policy::order_rule), and is
// then simulated by the period kernel wherever the scenario allows it.
//
// A rule gives what is wanted; Limits make it an order that the supplier takes.
#pragma once

#include <cstdint>
#include <variant>

#include "env/core/quantity.h"
#include "env/period/lanes.h"

namespace restock::period {

/// min(level − position, maximum_order), at least 0: base-stock, capped base-stock.
template <class Quantity>
struct OrderUpTo {
  Quantity level{};
  Quantity maximum_order{};

  RESTOCK_HOST_DEVICE constexpr Quantity operator()(Quantity position) const {
    return lesser(greater(level - position, Quantity{}), maximum_order);
  }
  template <class To>
  constexpr OrderUpTo<To> as() const {
    return {Lanes<To>::all(level), Lanes<To>::all(maximum_order)};
  }
  /// No order lifts the position above it, but for packs and a smallest order.
  constexpr std::int64_t highest_position() const { return level; }
  /// After a review the position is not below it, unless orders are limited.
  constexpr std::int64_t lowest_position() const { return level; }
  /// Whether the rule itself limits its orders.
  constexpr bool is_capped() const { return maximum_order < kMaximumQuantity; }
};

/// level − position where the position is at or below the reorder point, else 0: (s, S).
template <class Quantity>
struct ReorderUpTo {
  Quantity reorder_point{};
  Quantity level{};

  RESTOCK_HOST_DEVICE constexpr Quantity operator()(Quantity position) const {
    return position <= reorder_point ? level - position : Quantity{};
  }
  template <class To>
  constexpr ReorderUpTo<To> as() const {
    return {Lanes<To>::all(reorder_point), Lanes<To>::all(level)};
  }
  constexpr std::int64_t highest_position() const { return level; }
  constexpr std::int64_t lowest_position() const { return lesser(reorder_point, level); }
  constexpr bool is_capped() const { return false; }
};

/// The smallest multiple of order_quantity that lifts the position above the reorder point: (r, nQ).
template <class Quantity>
struct ReorderMultiple {
  Quantity reorder_point{};
  Quantity order_quantity{};  ///< at least 1

  RESTOCK_HOST_DEVICE constexpr Quantity operator()(Quantity position) const {
    const Quantity gap = reorder_point - position;
    const Quantity multiples = Lanes<Quantity>::quotient(gap, order_quantity) + 1;
    return gap < 0 ? Quantity{} : multiples * order_quantity;
  }
  template <class To>
  constexpr ReorderMultiple<To> as() const {
    return {Lanes<To>::all(reorder_point), Lanes<To>::all(order_quantity)};
  }
  constexpr std::int64_t highest_position() const { return reorder_point + order_quantity; }
  constexpr std::int64_t lowest_position() const { return reorder_point; }
  constexpr bool is_capped() const { return false; }
};

using OrderRule = std::variant<OrderUpTo<restock::Quantity>, ReorderUpTo<restock::Quantity>,
                               ReorderMultiple<restock::Quantity>>;

/// What the supplier takes: nothing, or at least a smallest order, in whole packs (rounded up), at most a
/// largest order (rounded down).
template <class Quantity>
struct Limits {
  Quantity pack_size{};
  Quantity minimum{};
  Quantity most{};        ///< units, where the pack size is 1
  Quantity most_packs{};  ///< packs, where it is not
  bool single_units = true;

  RESTOCK_HOST_DEVICE constexpr Quantity operator()(Quantity wanted) const {
    const Quantity nothing{};
    const Quantity at_least = greater(lesser(wanted, Lanes<Quantity>::all(kMaximumQuantity)), minimum);
    if (single_units) return wanted > nothing ? lesser(at_least, most) : nothing;
    const Quantity packs = Lanes<Quantity>::quotient(at_least + pack_size - 1, pack_size);
    return wanted > nothing ? lesser(packs, most_packs) * pack_size : nothing;
  }
};

/// `maximum` 0: no limit.
template <class Quantity>
constexpr Limits<Quantity> limits_of(std::int64_t pack_size, std::int64_t minimum, std::int64_t maximum) {
  const std::int64_t most = maximum == 0 ? kMaximumQuantity + pack_size : maximum;
  const auto all = [](std::int64_t value) { return Lanes<Quantity>::all(value); };
  return {all(pack_size), all(minimum), all(most), all(most / pack_size), pack_size == 1};
}

}  // namespace restock::period
