// What differs between a number of one environment and a register that holds one of each of several
// environments: everything else in this folder is written once, for any Quantity.
//
// Lanes<Quantity> of a plain number stands here, that of a register in pack.h.
#pragma once

#include <cstdint>
#include <limits>

#include "env/core/ledger_hash.h"
#include "env/period/host_device.h"

namespace restock::period {

template <class Quantity>
struct Lanes {
  using Hash = std::uint64_t;
  static constexpr int kCount = 1;

  /// The value in every lane; one that does not fit becomes the nearest that leaves room for a sum of two.
  RESTOCK_HOST_DEVICE static constexpr Quantity all(std::int64_t value) {
    constexpr std::int64_t most = std::numeric_limits<Quantity>::max() / 2;
    return static_cast<Quantity>(value > most ? most : value < -most ? -most : value);
  }
  /// 1 where the condition holds, else 0.
  RESTOCK_HOST_DEVICE static constexpr Quantity indicator(bool condition) {
    return static_cast<Quantity>(condition);
  }
  /// a / b, rounded to zero.
  RESTOCK_HOST_DEVICE static constexpr Quantity quotient(Quantity a, Quantity b) { return a / b; }
  RESTOCK_HOST_DEVICE static constexpr bool any(bool condition) { return condition; }
  RESTOCK_HOST_DEVICE static constexpr std::int64_t value(Quantity quantity, int /*lane*/) {
    return quantity;
  }
  RESTOCK_HOST_DEVICE static constexpr Hash start_hash() { return kLedgerHashStart; }
  RESTOCK_HOST_DEVICE static constexpr std::uint64_t hash(Hash hash, int /*lane*/) { return hash; }
  RESTOCK_HOST_DEVICE static constexpr Hash absorb(Hash hash, Quantity on_hand, Quantity backlog,
                                                   Quantity on_order, Quantity demanded) {
    return absorb_close(hash, std::int64_t{on_hand}, std::int64_t{backlog}, std::int64_t{on_order},
                        std::int64_t{demanded});
  }
  /// An order whose lead time is drawn.
  template <class Pipeline, class Draws>
  RESTOCK_HOST_DEVICE static void place_apart(Pipeline& pipeline, std::int64_t day, Quantity quantity,
                                              const Draws& draws) {
    if (quantity == 0) return;
    const std::int64_t slot = ((day + draws.lead_time(day)) & pipeline.mask) * pipeline.stride;
    pipeline.units[slot] += quantity;
    pipeline.receipts[slot] += 1;
  }
};

/// The smaller and the larger of two, lane by lane.
template <class Quantity>
RESTOCK_HOST_DEVICE constexpr Quantity lesser(Quantity a, Quantity b) {
  return a < b ? a : b;
}
template <class Quantity>
RESTOCK_HOST_DEVICE constexpr Quantity greater(Quantity a, Quantity b) {
  return a < b ? b : a;
}

}  // namespace restock::period
