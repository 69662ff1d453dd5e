// The ledger: what happened, as counts. Money is counts times rates, computed when somebody asks.
#pragma once

#include <cstdint>

#include "env/core/money.h"
#include "env/core/quantity.h"

namespace restock {

/// Counts of one SKU since the start of a replication (or since the end of its warm-up, as a difference of
/// two). Time integrals are in unit-days with `arrivals: daily` and in unit-milliseconds with `arrivals:
/// orders`.
struct SkuLedger {
  Quantity demanded = 0;
  Quantity served_at_once = 0;  ///< from stock at the instant of demand
  Quantity shipped = 0;         ///< served at once or later out of the backlog
  Quantity lost = 0;
  Quantity ordered = 0;
  Quantity received = 0;
  std::int64_t orders = 0;
  std::int64_t on_hand_time = 0;
  std::int64_t backlog_time = 0;
  std::int64_t days = 0;              ///< days closed
  std::int64_t no_stockout_days = 0;  ///< closed without backlog, and without a loss
  std::int64_t cycles = 0;            ///< replenishment cycles ended by a receipt
  std::int64_t cycles_without_stockout = 0;
  Quantity short_delivered = 0;  ///< ordered, and left out of what was delivered
  Quantity expired = 0;
  /// Money, from the end of the warm-up: the cost of day t times discount_factor^t. 0 without discounting.
  double discounted_cost = 0;
  Micros purchase_extra = 0;      ///< what orders cost beside purchase_per_unit: other prices, price breaks
  Micros order_extra = 0;         ///< what orders cost beside fixed_per_order: other sources, joint set-ups
  Micros freight = 0;             ///< freight by the unit, and trucks
  std::int64_t transit_time = 0;  ///< of units on their way, to here or from here, whose holding it pays
  Quantity requested = 0;         ///< by other stocking points
  Quantity transferred = 0;       ///< to other stocking points
  Quantity adjusted = 0;      ///< units by which orders were changed to fit what they share (OrderProjection)
  Quantity refused = 0;       ///< arrived, and sent back for want of room
  std::int64_t receipts = 0;  ///< orders that took their steps from the dock to the shelf
  std::int64_t receiving_time = 0;  ///< milliseconds from their arrival to the shelf
  std::int64_t unloading_time = 0;  ///< milliseconds of work at the docks
  std::int64_t lines_picked = 0;
  std::int64_t lines_late = 0;  ///< of them: after the cut-off of their due day
  Quantity units_late = 0;
  std::int64_t line_time = 0;       ///< milliseconds from the allocation of stock to a line to its pick
  std::int64_t picking_time = 0;    ///< milliseconds of work
  std::int64_t allocated_time = 0;  ///< unit-milliseconds of units allocated and not yet picked
  Quantity vanished = 0;            ///< from the shelf, unseen
  Quantity written_off = 0;         ///< of them: found missing
  std::int64_t overflow_time = 0;   ///< cubic centimetre-days above the capacity, this SKU's part
  Quantity substituted = 0;         ///< demanded, and served with units of another SKU
  Quantity substitutes_sold = 0;    ///< shipped instead of units of other SKUs
  Quantity returned = 0;            ///< shipped, and brought back
  /// Money that customers paid less than the usual price, for units shipped and not returned, because of
  /// promotional prices; below 0 where these were higher.
  Micros markdowns = 0;
  std::int64_t customer_orders = 0;  ///< where they have several lines; with the SKU of their last line
  std::int64_t whole_orders = 0;     ///< of them: every line served from stock at the instant of demand
  double discounted_revenue = 0;     ///< as discounted_cost, of what customers paid; 0 without a price

  SkuLedger& operator+=(const SkuLedger& other) noexcept;
  friend SkuLedger operator-(const SkuLedger& a, const SkuLedger& b) noexcept;
};

/// What one count costs.
struct CostRates {
  double purchase_per_unit = 0;
  double fixed_per_order = 0;
  double holding_per_unit_time = 0;    ///< per unit-day or unit-millisecond, as the ledger counts
  double shortage_per_unit = 0;        ///< of units not served at once
  double shortage_per_unit_time = 0;   ///< of units in backlog
  double lost_sale_per_unit = 0;       ///< of units lost, beside shortage_per_unit
  double disposal_per_unit = 0;        ///< of units that expire
  double overflow_per_volume_day = 0;  ///< of cubic centimetres above the capacity
  double late_per_unit = 0;            ///< of units picked late
  double write_off_per_unit = 0;       ///< of units found missing
  double substitution_per_unit = 0;    ///< of units substituted, which do not count as shortage
};

/// Money, by cause.
struct Costs {
  double purchase = 0;
  double fixed = 0;
  double holding = 0;
  double shortage = 0;
  double disposal = 0;
  double freight = 0;
  double overflow = 0;
  double late = 0;
  double shrinkage = 0;

  double total() const noexcept {
    return (((((((purchase + fixed) + holding) + shortage) + disposal) + freight) + overflow) + late) +
           shrinkage;
  }
  Costs& operator+=(const Costs& other) noexcept;
  Costs& operator/=(double divisor) noexcept;
};

Costs costs_of(const SkuLedger& ledger, const CostRates& rates) noexcept;

}  // namespace restock
