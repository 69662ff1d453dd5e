// What is where at one instant of a simulation: of a SKU, of an open order, of a supplier. Parts of the
// simulator's flat block of state, so all of it is plain.
#pragma once

#include <cstdint>

#include "env/core/ledger_hash.h"
#include "env/core/quantity.h"

namespace restock {

/// What is where, of one SKU.
struct SkuState {
  Quantity on_hand = 0;
  Quantity backlog = 0;
  Quantity on_order = 0;
  Quantity owed = 0;        ///< to other stocking points that have asked for it
  Quantity in_transit = 0;  ///< units on their way, to here or from here, whose holding this one pays
  Quantity demanded_today = 0;
  Quantity lost_today = 0;
  Quantity unmet_today = 0;        ///< units of which it was drawn whether they wait
  std::int64_t counted_until = 0;  ///< milliseconds up to which the time integrals reach (arrivals: orders)
  std::int64_t order_day = -1;     ///< day of the latest order
  std::int32_t next_slot = 0;      ///< where the search for a free order slot starts
  std::int16_t stockout_in_cycle = 0;
  std::int16_t was_empty_today = 0;       ///< the shelf, at some instant after the first sale or receipt
  std::uint64_t hash = kLedgerHashStart;  ///< of all days closed (ledger_hash.h)
  Quantity unseen = 0;                    ///< units that have vanished, which the record still holds

  /// What the record says lies on the shelf.
  Quantity recorded_on_hand() const noexcept { return on_hand + unseen; }
  /// Units that customers or other stocking points wait for.
  Quantity waited_for() const noexcept { return backlog + owed; }
  Quantity inventory_level() const noexcept { return on_hand - waited_for(); }
  /// As the record says.
  Quantity inventory_position() const noexcept { return recorded_on_hand() + on_order - waited_for(); }
};

/// Who of a SKU's customers took a unit of another SKU today, and the other way round. Apart from SkuState,
/// which every customer touches.
struct SubstitutionState {
  Quantity unserved = 0;     ///< units of this instant that may yet be taken of another SKU
  Quantity asked = 0;        ///< units of which it was drawn whether another SKU will do
  Quantity substituted = 0;  ///< units of another SKU taken instead of this one
  Quantity sold = 0;         ///< units of this one taken instead of others
};

/// How far an open order has come: it waits at a stocking point upstream that does not have it; it is on its
/// way; its first part has come, and the rest is late; it was on its way at the start, with a known due day.
enum class OrderStage : std::int64_t { on_the_way, requested, late_rest, initial };

/// An open purchase order; it is open while its slot is scheduled.
struct OpenOrder {
  Quantity quantity = 0;        ///< ordered
  Quantity delivered = 0;       ///< what will arrive of it
  Quantity late = 0;            ///< part of `delivered` that comes late_by after the rest
  std::int64_t late_by = 0;     ///< milliseconds
  std::int64_t ordered_on = 0;  ///< day
  std::int64_t started_at = 0;  ///< milliseconds: when its lead time begins, later than now in an outage
  std::int64_t source = 0;      ///< index into SkuModel::sources
  OrderStage stage = OrderStage::on_the_way;

  bool is_request() const noexcept { return stage == OrderStage::requested; }
};

/// What one source of a SKU has been asked for.
struct SourceState {
  std::int64_t order_day = -1;    ///< day of the latest order
  std::int64_t orders_today = 0;  ///< on order_day; names the draws of an order
  std::int64_t latest_due = 0;    ///< milliseconds, of all orders so far, where orders do not cross
  Quantity ordered_now = 0;       ///< at this decision, where its supplier has joint costs
  Quantity asked_now = 0;         ///< of a stocking point upstream, at this decision
  Quantity granted = 0;           ///< of the stock that is being allocated
  std::int64_t waiting = 0;       ///< requests that wait upstream, each with a slot
};

/// Whether a supplier works, and until when.
struct SupplierState {
  std::int64_t since = 0;  ///< milliseconds
  std::int64_t until = 0;
  std::int64_t spells = 0;  ///< begun so far; every second one is an outage
};

}  // namespace restock
