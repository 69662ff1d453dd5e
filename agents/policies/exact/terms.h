// What one source charges for an order and which orders it takes; and the days of a cycle, each with its law
// of demand. Both as the simulator has them.
#pragma once

#include <vector>

#include "agents/policies/exact/chain.h"
#include "agents/policies/exact/masses.h"
#include "agents/policies/exact/problem.h"
#include "env/sim/warehouse_model.h"

namespace restock::exact {

class OrderTerms {
 public:
  OrderTerms(const SkuModel& sku, const SourceModel& source);

  double cost_of(Units quantity) const noexcept;
  Units legal(Quantity wanted) const noexcept {
    return static_cast<Units>(legal_order_quantity(*source_, wanted));
  }
  /// Appends 0 and every order up to `most` that the source takes.
  void append_orders(Units most, std::vector<Units>& orders) const;
  /// The same without those that are less than `least`, but for the largest order where none is enough.
  void append_orders(Units least, Units most, std::vector<Units>& orders) const;
  /// Whether every number of units can be ordered, without a fixed cost and at one price: what the proofs of
  /// bounds ask for. A largest order is allowed.
  bool is_linear() const noexcept;
  bool takes_single_units() const noexcept;
  /// 0: no limit.
  Units maximum() const noexcept { return static_cast<Units>(source_->maximum_order_quantity); }
  /// What an order may have to be larger than the need for it: packs, a smallest order, the last price break.
  Units lump() const noexcept;
  double fixed() const noexcept { return fixed_; }
  double per_unit() const noexcept { return per_unit_; }
  /// Whole days; of a source whose lead time does not vary.
  Units lead_time() const noexcept { return lead_time_; }

 private:
  const SourceModel* source_;
  double fixed_;
  double per_unit_;
  Units lead_time_;
};

/// Adds a reason for each rate that is 0 where backlog waits: nothing would limit stock, or backlog.
void check_rates(const SkuModel& sku, Reasons& reasons);

/// Adds a reason where orders of at most `most` units (0: no limit) cannot keep up with demand that waits.
void check_capacity(Quantity most, double demand_per_review, std::string_view key, Reasons& reasons);

/// Adds a reason where units on order at the start come on a later morning than so many: behind an order of
/// the first day, which a pipeline by age cannot show.
void check_initial_pipeline(const SkuModel& sku, Units mornings, Reasons& reasons);

/// Days after which demand and reviews repeat.
struct Cycle {
  std::vector<Masses> demand;   ///< by day of the cycle
  std::vector<bool> may_order;  ///< likewise
  std::size_t days() const noexcept { return demand.size(); }
};

/// A year is no cycle: it has no whole number of weeks, or of days.
inline constexpr std::size_t kLongestCycle = 90;

/// Adds a reason where nothing repeats within kLongestCycle days. `multiple_of`: the cycle's length is a
/// multiple of it, for policies that look at the weekday.
Cycle cycle_of(const WarehouseModel& warehouse, std::size_t sku, std::size_t multiple_of, Reasons& reasons);

}  // namespace restock::exact
