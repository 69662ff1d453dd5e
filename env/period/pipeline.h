// Orders on their way: a ring with a slot for each day up to the longest lead time. The memory is the
// caller's.
#pragma once

#include <cstdint>

#include "env/period/lanes.h"

namespace restock::period {

/// What arrives on a day: units, in so many receipts.
template <class Quantity>
struct Arrival {
  Quantity units{};
  Quantity receipts{};
};

/// Every order takes the same number of days: at most one arrives a day.
template <class Quantity>
struct ConstantLead {
  Quantity* units = nullptr;  ///< [mask + 1] × stride
  std::int64_t stride = 1;    ///< from one slot to the next
  std::int64_t mask = 0;      ///< slots − 1; slots are a power of two above the lead time
  std::int64_t days = 0;

  RESTOCK_HOST_DEVICE bool may_arrive_at_once() const { return days == 0; }
  RESTOCK_HOST_DEVICE Arrival<Quantity> take(std::int64_t day) {
    Quantity& slot = units[(day & mask) * stride];
    const Quantity arriving = slot;
    slot = Quantity{};
    return {arriving, Lanes<Quantity>::indicator(arriving > 0)};
  }
  template <class Draws>
  RESTOCK_HOST_DEVICE void place(std::int64_t day, Quantity quantity, const Draws&) {
    units[((day + days) & mask) * stride] = quantity;
  }
};

/// Lead times are drawn: orders may cross, and several may arrive on one day.
template <class Quantity>
struct DrawnLead {
  Quantity* units = nullptr;     ///< [mask + 1] × stride
  Quantity* receipts = nullptr;  ///< the same
  std::int64_t stride = 1;
  std::int64_t mask = 0;
  bool can_be_zero = false;

  RESTOCK_HOST_DEVICE bool may_arrive_at_once() const { return can_be_zero; }
  RESTOCK_HOST_DEVICE Arrival<Quantity> take(std::int64_t day) {
    const std::int64_t slot = (day & mask) * stride;
    const Arrival<Quantity> arriving{units[slot], receipts[slot]};
    units[slot] = receipts[slot] = Quantity{};
    return arriving;
  }
  template <class Draws>
  RESTOCK_HOST_DEVICE void place(std::int64_t day, Quantity quantity, const Draws& draws) {
    Lanes<Quantity>::place_apart(*this, day, quantity, draws);
  }
};

}  // namespace restock::period
