// What closed forms say about one SKU: critical ratio, safety stock, economic order quantity. Tuning starts
// from them.
//
// Demand over the protection interval is taken as normal with mean λτ and variance σ²τ + λ²·Var(lead time)
// (Silver, Pyke and Thomas 2017, section 6.11).
#pragma once

#include <cstdint>
#include <vector>

#include "env/core/quantity.h"
#include "env/sim/warehouse_model.h"

namespace restock {
struct DecisionModel;
}

namespace restock::policies {

/// One SKU in numbers. Times are days, costs are money.
struct SkuFigures {
  double mean_demand_per_day = 0;  ///< λ, units
  double demand_variance_per_day = 0;
  double interval_days = 1;          ///< τ: mean lead time + review period (0 where review is continuous)
  double interval_deviation = 0;     ///< of demand over the protection interval, units
  double longest_interval_days = 1;  ///< with the 0.999 quantile of the lead time
  double lead_time_days = 0;         ///< mean
  double lead_time_variance = 0;
  bool lead_time_varies = false;
  double review_period_days = 1;  ///< 0 where review is continuous
  double holding_per_unit_day = 0;
  double shortage_per_unit = 0;
  double shortage_per_unit_day = 0;
  double fixed_per_order = 0;
  bool loses_sales = true;
  Quantity pack_size = 1;
  Quantity maximum_order_quantity = 0;  ///< 0: no limit

  double interval_mean() const noexcept { return mean_demand_per_day * interval_days; }
  /// Demand over the protection interval that is exceeded with probability 1 − u (normal).
  double interval_quantile(double u) const noexcept;
  /// Demand of one review period, at least one unit.
  double demand_per_review() const noexcept;
  /// The same SKU with another lead time and time between two orders, days.
  SkuFigures with(double lead_days, double review_days) const noexcept;
};

/// Demand is the customers' and that of all stocking points downstream which order here first.
SkuFigures figures_of(const DecisionModel& model, std::size_t sku);

/// One SKU of a scenario, for those who plan it.
struct PlannedSku {
  const DecisionModel& model;
  std::size_t index = 0;
  SkuFigures figures;

  const SkuModel& resolved() const noexcept;
  const WarehouseModel& warehouse() const noexcept;
};
PlannedSku planned(const DecisionModel& model, std::size_t sku);
/// Expected lead time, days.
double mean_lead_time(const SourceModel& source);
/// A first step of a search that is as long as this.
std::int64_t search_step(double length) noexcept;

/// b / (b + h), where b is what a unit short costs a day: the newsvendor's critical ratio, kept within [0.01,
/// 0.9999].
double critical_ratio(const SkuFigures& sku) noexcept;
/// The newsvendor's order-up-to level over the protection interval, at least 0.
Quantity newsvendor_level(const SkuFigures& sku) noexcept;
/// √(2Kλ/h) (Harris 1913), at least the demand of one review and at most that of a year.
Quantity economic_order_quantity(const SkuFigures& sku) noexcept;
/// The reorder point that goes with a given order quantity. Backlog charged by time: the mean of Φ over (r, r
/// + Q] equals the critical ratio (Federgruen and Zheng 1992). Charged by unit: the risk of a stockout in a
/// cycle is hQ/(pλ) (Hadley and Whitin 1963, section 4-2).
Quantity reorder_point_for(const SkuFigures& sku, Quantity order_quantity) noexcept;
/// Reorder points and order quantities that are worth a start: the cost of (s, S) and its relatives need not
/// be unimodal (one basin for each number of reviews between two orders). The first is the economic order
/// quantity's.
struct OrderCycle {
  Quantity reorder_point = 0;
  Quantity order_quantity = 1;
};
std::vector<OrderCycle> likely_cycles(const SkuFigures& sku);
/// An order-up-to level beyond which nobody needs to look.
Quantity highest_level(const SkuFigures& sku) noexcept;

}  // namespace restock::policies
