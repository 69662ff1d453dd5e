// One item with backlog and a fixed lead time: only the inventory position matters, because what is ordered
// now costs nothing before it comes, and all that was ordered before has come by then (Karlin and Scarf 1958;
// Zipkin 2000, "Foundations of Inventory Management", section 9.4).
//
// Daily: state (day of the cycle, position x at the review); an order lifts it to y; what day t + L costs is
//   h E (y − D_{L+1})⁺ + b E (y − D_{L+1})⁻ + p (E (y − D_{L+1})⁻ − E (y − D_L)⁻),
// D_n the demand of n days from t on; next x = y − D_1. Customer by customer (continuous review, Poisson
// customers at rate λ): the same for the time to the next customer, with demand over L days for the stock,
// and that of one customer more for what is not served at once.
#pragma once

#include "agents/policies/exact/problem.h"
#include "agents/policies/exact/terms.h"

namespace restock::exact {

/// What demand and costs are, whether by the day or by the customer.
struct PositionModel {
  Cycle cycle;                      ///< one step: a day, or a customer
  std::vector<Masses> before = {};  ///< by day: demand over the lead time
  std::vector<Masses> until = {};   ///< by day: and of the step after it
  double steps_per_day = 1;
  double stock_weight = 1;  ///< days for which stock and backlog of a step count
  bool counts_stock_before =
      false;  ///< stock counts as it is before the step's demand: time between customers
  double discount = 1;
};

/// Positions after an order that are looked at; no position passes `floor` downwards.
struct PositionRange {
  Units lowest = 0;
  Units highest = 0;
  Units floor = 0;
};

/// Cost of a day on which the demand since the order is `before` until the morning and `until` until the
/// close.
double day_cost_of_position(const CostRates& rates, Units position, const Masses& before,
                            const Masses& until);

class PositionProcess final : public Process {
 public:
  PositionProcess(const WarehouseModel& warehouse, PositionModel model, PositionRange range);

  std::size_t state_width() const override { return 2; }
  std::size_t post_width() const override { return 2; }
  std::vector<std::string> names() const override { return {"day_of_cycle", "inventory_position"}; }
  void start(std::span<Units> state) const override;
  void choices(std::span<const Units> state, std::vector<Units>& orders) const override;
  double order(std::span<const Units> state, std::span<const Units> orders,
               std::span<Units> post) const override;
  double follow(std::span<const Units> post, Outcomes& outcomes) const override;
  double steps_per_day() const override { return model_.steps_per_day; }
  std::size_t period() const override { return model_.cycle.days(); }
  double cost_before() const override;
  void show(std::span<const Units> state, DecisionRows& rows) const override;
  void make_legal(std::span<const Units> state, std::span<Units> orders) const override;
  void clamp(std::span<Units> state) const override;
  bool was_cut() const override { return was_cut_; }

  /// Expected cost, discounted to the order, of a step after whose order the position is y.
  double cost_of(std::size_t day, Units position) const;

 private:
  const SkuModel& sku_;
  OrderTerms terms_;
  PositionModel model_;
  PositionRange range_;
  mutable bool was_cut_ = false;
};

}  // namespace restock::exact
