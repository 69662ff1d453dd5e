// One item, one supplier, a fixed lead time of L days, reviewed day by day: lost sales or backlog, any demand
// law, which may follow a cycle of days, any order cost.
//
// State at the review of a day: day of the cycle; net = on hand (what came this morning included) − backlog;
// q_1 … q_{L−1}, of which q_i comes i mornings from now. An order a joins them at the end; with L = 0 it is
// on the shelf before the demand D of the day. Then, with y what is there when demand comes,
//   cost = order + h E (y − D)⁺ + shortage,   net' = (y − D)⁺ or y − D, plus q_1.
#pragma once

#include "agents/policies/exact/problem.h"
#include "agents/policies/exact/terms.h"

namespace restock::exact {

/// How far orders are looked for: the newest k of them (the one that is placed included) are at most newest[k
/// − 1] together, and the position after an order is at most `position`.
struct OrderRange {
  std::vector<Units> newest;
  Units position = 0;
};

/// Cost of one day by what is there when demand comes.
class DayCost {
 public:
  DayCost(const SkuModel& sku, const Masses& demand);
  double of(Units level) const;

 private:
  CostRates rates_;
  bool loses_sales_;
  double mean_;
  const Masses* demand_;
};

class SingleItem final : public Process {
 public:
  SingleItem(const SingleItem&) = delete;
  SingleItem& operator=(const SingleItem&) = delete;
  /// No level passes ±level_limit; 0: nothing is limited.
  SingleItem(const WarehouseModel& warehouse, std::size_t sku, Cycle cycle, OrderRange range,
             Units level_limit);

  std::size_t state_width() const override { return 2 + pipeline_; }
  std::size_t post_width() const override { return 2 + static_cast<std::size_t>(lead_time_); }
  std::vector<std::string> names() const override;
  void start(std::span<Units> state) const override;
  void choices(std::span<const Units> state, std::vector<Units>& orders) const override;
  double order(std::span<const Units> state, std::span<const Units> orders,
               std::span<Units> post) const override;
  double follow(std::span<const Units> post, Outcomes& outcomes) const override;
  std::size_t period() const override { return cycle_.days(); }
  void show(std::span<const Units> state, DecisionRows& rows) const override;
  void make_legal(std::span<const Units> state, std::span<Units> orders) const override;
  bool was_cut() const override { return was_cut_; }

  const OrderTerms& terms() const noexcept { return terms_; }
  const OrderRange& range() const noexcept { return range_; }
  const Cycle& cycle() const noexcept { return cycle_; }
  /// Of day 0 of the cycle.
  double day_cost(Units level) const { return day_costs_.front().of(level); }
  bool loses_sales() const noexcept { return loses_sales_; }

 private:
  std::int32_t sku_;
  const SkuModel& model_;
  OrderTerms terms_;
  Cycle cycle_;
  OrderRange range_;
  Units level_limit_;
  Units lead_time_;
  std::size_t pipeline_;  ///< L − 1, at least 0
  bool loses_sales_;
  std::vector<DayCost> day_costs_;
  std::vector<std::vector<double>> tails_;  ///< P(D >= k), by day of the cycle
  mutable bool was_cut_ = false;
};

}  // namespace restock::exact
