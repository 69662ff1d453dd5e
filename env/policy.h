// The one home of Policy: what to order now. A base-stock rule, a trained network, an exact optimum and a
// policy read from a bundle are all this, and are simulated, compared, exported and served by the same code.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "env/core/quantity.h"
#include "env/period/order_rule.h"

namespace restock {

/// The raw state of all rows that may order in one instant, as columns of equal length. A row is one SKU in
/// one environment. What stands here is what a planner could know: no true demand that was lost, no lead time
/// of an open order.
struct DecisionBatch {
  std::size_t rows = 0;
  std::span<const std::int32_t> sku;               ///< index into the scenario's SKUs
  std::span<const std::int64_t> day;               ///< of the horizon
  std::span<const std::int32_t> weekday;           ///< 0 = Monday
  std::span<const std::int32_t> month = {};        ///< 1 = January; may be empty, like the two below
  std::span<const std::int32_t> day_of_year = {};  ///< 1 … 366
  /// Before the first order: since the day before the horizon.
  std::span<const std::int32_t> days_since_order = {};
  std::span<const Quantity> on_hand;
  std::span<const Quantity> backlog;
  std::span<const Quantity> on_order;
  /// [rows × pipeline_width]: column a holds what was ordered a + 1 days ago (or today, in column 0) and is
  /// still on its way; the last column holds all that is older.
  std::span<const Quantity> pipeline_by_age;
  std::size_t pipeline_width = 0;
  std::size_t sources = 1;  ///< the most that any SKU has
  /// Bit s: may order from source s now; the other wishes of a row are left out. Empty: only from source 0.
  std::span<const std::uint8_t> open_sources = {};
  /// [rows × sources × pipeline_width]: the same, source by source; empty where there is but one.
  std::span<const Quantity> pipeline_by_source = {};
  /// [rows × life_width]: column r holds the units on hand that expire at the close of the day r days from
  /// today (0 for a SKU that keeps); empty where nothing expires.
  std::span<const Quantity> stock_by_remaining_life = {};
  std::size_t life_width = 0;
  /// Bit s: the supplier of source s is out of action now; may be empty.
  std::span<const std::uint8_t> supplier_out = {};
  /// Share of the room of the row's facility in use, as the record says; empty where no room has a limit.
  std::span<const double> capacity_used = {};
  /// What is known of promotions; may be empty. Price today / usual price; 1 while the SKU is promoted today;
  /// share of promoted days among those of the protection interval, today being the first.
  std::span<const float> price = {};
  std::span<const float> promotion = {};
  std::span<const float> promotion_ahead = {};
  /// Forecast of demand over the protection interval; empty where no forecaster runs.
  std::span<const float> forecast_mean;       ///< [rows]
  std::span<const float> forecast_quantiles;  ///< [rows × forecast_levels.size()]
  std::span<const double> forecast_levels;    ///< increasing, in (0, 1)

  Quantity inventory_position(std::size_t row) const { return on_hand[row] + on_order[row] - backlog[row]; }
};

/// What a policy wants, before rounding to packs and the like (legal_order_quantity): [sources × rows], 0
/// before the policy is asked. The first row after row of source 0, the regular one, so that a policy that
/// knows of no other writes quantity[row].
struct OrderBatch {
  std::span<Quantity> quantity;
};

/// What a policy remembers from one decision to the next: explicit, so that it can be copied, saved and
/// restored.
struct PolicyMemory {
  std::vector<double> values;  ///< [SKUs × memory_size]
};

class Policy {
 public:
  virtual ~Policy() = default;
  virtual std::string_view name() const = 0;
  /// Doubles it remembers for each SKU; memory starts at zero.
  virtual std::size_t memory_size() const { return 0; }
  virtual bool needs_pipeline() const { return false; }
  virtual bool needs_forecast() const { return false; }
  /// Writes orders.quantity[row] for every row. Thread-safe; all that changes is the memory.
  virtual void decide(const DecisionBatch& batch, PolicyMemory& memory, OrderBatch& orders) const = 0;
  /// The rule by which decide() orders this SKU, where the inventory position alone decides: such a policy
  /// can be simulated without asking it row by row (period_evaluation.h). None where it looks at more.
  virtual std::optional<period::OrderRule> order_rule(std::int32_t /*sku*/) const { return std::nullopt; }
  /// The level to which decide() always lifts the position of this SKU and of all that it delivers to, where
  /// nothing else matters (echelon base-stock).
  virtual std::optional<Quantity> echelon_level(std::int32_t /*sku*/) const { return std::nullopt; }
};

}  // namespace restock
