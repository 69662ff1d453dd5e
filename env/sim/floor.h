// The floor of the warehouse: what happens to units between the arrival of a purchase order and the dispatch
// of a customer's line.
//
//   arrival → dock (first come, first served, in opening hours) → put-away → room → shelf
//   shelf → allocated to a customer's line → picked (in due order, in opening hours) = shipped
//
// Volume on the shelf and allocated takes room. Units vanish from the shelf at a close, unseen: the record,
// which policies see, holds them until a count. Work that closing time interrupts goes on at the next
// opening, so that its end is known when it starts: an order waits for its next step in its own slot of the
// event queue, a picker has a slot.
//
// A part of the simulator, which calls it where stock moves; it has no meaning without one.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "env/sim/event_queue.h"
#include "env/sim/floor_state.h"
#include "env/sim/line_queue.h"
#include "env/sim/simulation_observer.h"
#include "env/sim/sku_state.h"
#include "env/sim/warehouse_model.h"

namespace restock {

class Floor {
 public:
  explicit Floor(Simulator& simulator);

  std::size_t pickers() const noexcept { return pickers_; }
  bool receives_in_steps(std::int32_t sku) const noexcept;
  bool picks(std::int32_t sku) const noexcept;
  /// Units of a SKU that customers own and nobody has picked yet.
  Quantity allocated(std::int32_t sku) const noexcept { return allocated_[sku].units; }
  /// Share of a facility's capacity in use, as the record says; 0 without a limit.
  double capacity_used(std::int32_t facility) const noexcept;
  /// Volume in use, as the record says.
  std::int64_t recorded_volume(std::int32_t facility) const noexcept;
  /// Units of a SKU that may come in beside a volume in use, where so many leave again at once.
  Quantity room_for(std::int32_t sku, std::int64_t volume, Quantity leaving) const noexcept;
  /// Whether the order of a slot whose facility receives in steps has arrived.
  bool has_arrived(std::size_t slot) const noexcept {
    return receipts_[slot].stage != ReceivingStage::in_transit;
  }
  /// What names the draws of an order's work.
  std::uint64_t number_of(std::size_t slot) const noexcept { return receipts_[slot].number; }
  /// Somebody waits for a SKU: what of it lies on the dock may be fetched.
  void call_for(std::int32_t sku) noexcept;
  /// Volume in use.
  std::int64_t volume(std::int32_t facility) const noexcept { return facilities_[facility].volume; }
  /// Whether an open order (one of the simulator's) lies on the shelf when its slot is due, if there is room.
  bool is_last_step(std::int32_t sku, const OpenOrder& order) const noexcept;
  /// What has vanished unseen of the units that expire so many days from today.
  Quantity unseen(std::int32_t sku, std::int64_t remaining_life) const noexcept;

  void reset();
  void start_day(std::int64_t day);
  void start_streams() noexcept;

  /// An order has been placed that will take its steps in this slot.
  void expect(std::size_t slot, std::uint64_t number) noexcept;
  /// The slot of an order whose facility receives in steps is due.
  void advance_order(std::size_t slot);
  /// Sends back what does not fit, where the facility refuses it; gives what is left of the receipt.
  OpenOrder admit(std::int32_t sku, OpenOrder order);
  /// Units were put on the shelf (or taken off it: below 0).
  void change_volume(std::int32_t sku, Quantity units);

  /// The customer of this instant takes units off the shelf.
  void ship(std::int32_t sku, Quantity units);
  /// The customer of this instant waits for units.
  void wait(std::int32_t sku, Quantity units);
  /// A receipt serves those who wait longest.
  void ship_backlog(std::int32_t sku, Quantity units);
  /// Those who wait longest go.
  void give_up(std::int32_t sku, Quantity units);
  void advance_picker(std::size_t picker);

  /// At the close, after expiry: what vanishes from the shelf, and the count.
  void close_sku(std::int32_t sku);
  /// At the close, once all SKUs have been settled.
  void close_day();
  void check_conservation(std::int32_t sku) const;

  /// Appends what lies outside the block of state.
  void save(std::vector<std::byte>& bytes) const;
  void restore(std::span<const std::byte> bytes);
  /// Draws the rest of work in progress anew, given what has been done of it.
  void redraw_pickers();
  /// The same for an order; false where it is in transit.
  bool redraw_order(std::size_t slot);

 private:
  friend class Simulator;

  std::int32_t facility_of(std::int32_t sku) const noexcept { return sku_model(sku).facility; }
  std::int32_t sku_of(std::size_t slot) const noexcept;
  const SkuModel& sku_model(std::int32_t sku) const noexcept { return skus_[sku]; }
  const FacilityModel& model_of(std::int32_t facility) const noexcept { return models_[facility]; }
  SkuLedger& ledger_of(std::int32_t sku) noexcept { return ledgers_[sku]; }
  std::int64_t now() const noexcept { return *now_; }
  void tell(std::int32_t sku, FloorEvent event, Quantity units);
  void schedule(std::size_t slot, std::int64_t instant) noexcept {
    queue_->schedule(slot, SimTime::at_milliseconds(std::min(instant, EventQueue::kMaximumMilliseconds - 1)));
  }

  Quantity leaving_at_once(std::int32_t sku) const noexcept;
  void count_overflow(std::int32_t facility, std::int64_t until) noexcept;
  void share_overflow(std::int32_t facility);
  void check_volume(std::int32_t facility) const;
  void wake_room_line(std::int32_t facility) noexcept;
  void serve_room_line(std::int32_t facility);

  void stand_in_line(SlotLine& line, std::size_t slot) noexcept;
  std::size_t leave_line(SlotLine& line) noexcept;
  void arrive(std::size_t slot);
  void start_unloading(std::int32_t facility);
  void end_unloading(std::size_t slot);
  void put_away(std::size_t slot);
  void find_room(std::size_t slot);
  void end_receipt(std::size_t slot);
  void receive_part(std::size_t slot, Quantity units);
  void receive(std::int32_t sku, const OpenOrder& order);

  Line line_of_customer(std::int32_t sku, Quantity units) const noexcept;
  void allocate(std::int32_t sku, Quantity units);
  void count_allocated(std::int32_t sku, std::int64_t until) noexcept;
  void assign_lines(std::int32_t facility);
  void start_line(std::size_t picker, const Line& line);
  void end_line(std::size_t picker);
  std::int64_t work_of(const CrewModel& crew, Quantity units, double uniform) const noexcept;
  std::int64_t work_of_line(const Line& line) const noexcept;
  std::int64_t redrawn_end(const CrewModel& crew, std::int64_t started_at, double uniform) const noexcept;

  void shrink(std::int32_t sku);
  void find_missing_of_expired(std::int32_t sku);
  void vanish(std::int32_t sku, Quantity units);
  void write_off(std::int32_t sku);

  Simulator& simulator_;
  const SkuModel* skus_;
  const FacilityModel* models_;
  std::size_t pickers_ = 0;      ///< of all facilities
  std::size_t picker_slot_ = 0;  ///< of the first one
  bool has_steps_ = false;       ///< some facility receives in steps
  bool has_shrinkage_ = false;

  // In the simulator's block of state.
  const std::int64_t* now_ = nullptr;  ///< milliseconds
  SkuLedger* ledgers_ = nullptr;
  EventQueue* queue_ = nullptr;
  FacilityState* facilities_ = nullptr;
  AllocatedState* allocated_ = nullptr;   ///< by SKU
  ReceiptState* receipts_ = nullptr;      ///< by order slot, where some facility receives in steps
  PickerState* picker_states_ = nullptr;  ///< those of a facility stand together
  std::int32_t* idle_pickers_ = nullptr;  ///< a stack for each facility
  Quantity* unseen_batches_ = nullptr;    ///< as the stock by day of expiry, where something vanishes

  std::vector<LineQueue> lines_;  ///< by facility: allocated, and not yet with a picker
  BacklogLines backlog_;          ///< where there are pickers
};

}  // namespace restock
