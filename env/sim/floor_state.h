// What is where on the floor of a facility. All of it is plain: parts of the simulator's flat block of state.
#pragma once

#include <cstdint>

#include "env/core/keyed_random.h"
#include "env/sim/line_queue.h"

namespace restock {

/// How far an order has come. What has arrived is still open until it lies on the shelf.
enum class ReceivingStage : std::int64_t { in_transit, at_the_dock, unloading, putting_away, without_room };

/// The way of an open order from its arrival to the shelf.
struct ReceiptState {
  ReceivingStage stage = ReceivingStage::in_transit;
  std::int64_t arrived_at = 0;  ///< milliseconds
  std::int64_t started_at = 0;  ///< milliseconds: the work of its stage
  std::uint64_t number = 0;     ///< names the draws of its work, on the day of the order
  std::int64_t behind = -1;     ///< the slot of the order that stands behind it in its line; −1: none
};

/// Orders that stand in line, by their slots.
struct SlotLine {
  std::int64_t first = -1;  ///< −1: nobody
  std::int64_t last = -1;
};

struct PickerState {
  Line line = {};  ///< where busy
  std::int64_t started_at = 0;
  std::int32_t facility = 0;
  std::int32_t is_busy = 0;
};

/// Units that customers own and nobody has picked yet.
struct AllocatedState {
  Quantity units = 0;
  std::int64_t counted_until = 0;  ///< milliseconds
};

struct FacilityState {
  std::int64_t volume = 0;         ///< in use
  std::int64_t counted_until = 0;  ///< milliseconds up to which overflow has been counted
  std::int64_t overflow = 0;       ///< volume-days since the latest close
  std::int64_t overflow_rest = 0;  ///< volume-milliseconds beside them, less than a volume-day
  SlotLine docks, room;
  std::int64_t busy_docks = 0;
  std::int64_t idle_pickers = 0;
  std::int64_t due_before_cut_off = 0;  ///< day on which a line is due that is ordered today
  std::int64_t due_after_cut_off = 0;
  Stream picking;
  std::uint64_t picking_today = 0;  ///< its key for the lines of today's customers
};

}  // namespace restock
