#include "agents/policies/exact/backorder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "agents/policies/exact/checklist.h"
#include "agents/policies/exact/poisson_customers.h"
#include "agents/policies/exact/position_process.h"
#include "agents/policies/exact/single_item.h"

namespace restock::exact {

namespace {

class Backorder final : public Problem {
 public:
  Backorder(std::shared_ptr<const WarehouseModel> warehouse, PositionModel model, PositionModel weekly,
            bool is_daily)
      : warehouse_(std::move(warehouse)),
        model_(std::move(model)),
        weekly_(std::move(weekly)),
        is_daily_(is_daily),
        sku_(warehouse_->skus.front()),
        terms_(sku_, sku_.regular()) {}

  std::string_view name() const override { return is_daily_ ? "backorder" : "continuous_backorder"; }

  std::unique_ptr<Process> process(const Limits& limits) const override {
    return std::make_unique<PositionProcess>(*warehouse_, model_, range(limits.enlargement));
  }
  std::unique_ptr<Process> process_of_policy(Units level_limit, bool needs_pipeline) const override {
    if (needs_pipeline && is_daily_ && terms_.lead_time() > 1)
      return std::make_unique<SingleItem>(*warehouse_, 0, weekly_.cycle, OrderRange{}, level_limit);
    if (needs_pipeline && !is_daily_ && sku_.regular().lead_time_law->mean() > 0) return nullptr;
    return std::make_unique<PositionProcess>(*warehouse_, weekly_, PositionRange{0, 0, -level_limit});
  }
  bool has_proven_bounds() const override {
    return model_.cycle.days() == 1 && terms_.takes_single_units() && terms_.maximum() == 0 &&
           sku_.regular().price_breaks.empty() && sku_.rates.shortage_per_unit == 0;
  }

 private:
  /// The lowest and highest position at which a step costs at most the fixed cost more than at the best one.
  PositionRange sensible(std::size_t day) const {
    const PositionProcess process(*warehouse_, model_, {});
    const double discount = std::pow(model_.discount, terms_.lead_time());
    const auto cost = [&](Units y) {
      return discount * process.cost_of(day, y) + (1 - model_.discount) * terms_.per_unit() * y;
    };
    auto best = static_cast<Units>(mean_of(model_.until[day]));
    while (cost(best + 1) < cost(best)) ++best;
    while (cost(best - 1) < cost(best)) --best;
    const double most = cost(best) + terms_.fixed();
    PositionRange range{best, best, 0};
    while (cost(range.lowest - 1) <= most) --range.lowest;
    while (cost(range.highest + 1) <= most) ++range.highest;
    return range;
  }

  PositionRange range(int enlargement) const {
    PositionRange all = sensible(0);
    Units most_demand = 0;
    for (std::size_t day = 0; day < model_.cycle.days(); ++day) {
      const PositionRange one = sensible(day);
      all.lowest = std::min(all.lowest, one.lowest);
      all.highest = std::max(all.highest, one.highest);
      most_demand = std::max(most_demand, static_cast<Units>(model_.cycle.demand[day].size()));
    }
    all.floor = std::numeric_limits<Units>::min() / 2;
    if (has_proven_bounds()) return all;
    const Units once = most_demand + terms_.lump() + 1 + (all.highest - all.lowest) / 2;
    const auto more = static_cast<Units>(std::min(once * std::pow(2, enlargement), 1e7));
    all.lowest -= more;
    all.highest += more;
    if (terms_.maximum() > 0) all.floor = all.lowest - 4 * more;
    return all;
  }

  std::shared_ptr<const WarehouseModel> warehouse_;
  PositionModel model_;
  PositionModel weekly_;
  bool is_daily_;
  const SkuModel& sku_;
  OrderTerms terms_;
};

/// Demand over the lead time, and of the day after it, from each day of the cycle on.
PositionModel model_of(Cycle cycle, Units lead_time, double discount) {
  PositionModel model{.cycle = std::move(cycle), .discount = discount};
  for (std::size_t first = 0; first < model.cycle.days(); ++first) {
    Masses sum{1.0};
    for (std::size_t day = 0; day < static_cast<std::size_t>(lead_time); ++day)
      sum = sum_of(sum, model.cycle.demand[(first + day) % model.cycle.days()]);
    const std::size_t last = (first + static_cast<std::size_t>(lead_time)) % model.cycle.days();
    model.until.push_back(sum_of(sum, model.cycle.demand[last]));
    model.before.push_back(std::move(sum));
  }
  return model;
}

}  // namespace

Recognition recognise_backorder(const DecisionModel& model) {
  Recognition result;
  result.reasons = check(model, {.has_backlog = true, .has_cycle = true, .has_price_breaks = true});
  if (!result.reasons.empty()) return result;
  const WarehouseModel& warehouse = *model.warehouse;
  const SkuModel& sku = warehouse.skus.front();
  const Units lead_time = OrderTerms(sku, sku.regular()).lead_time();
  check_rates(sku, result.reasons);
  check_initial_pipeline(sku, lead_time, result.reasons);
  Cycle cycle = cycle_of(warehouse, 0, 1, result.reasons);
  if (!result.reasons.empty()) return result;
  const auto reviews = static_cast<double>(std::ranges::count(cycle.may_order, true));
  check_capacity(sku.regular().maximum_order_quantity,
                 sku.mean_demand_per_day * static_cast<double>(cycle.days()) / reviews,
                 "maximum_order_quantity", result.reasons);
  Cycle weekly = cycle.days() == 1 ? cycle : cycle_of(warehouse, 0, 7, result.reasons);
  if (!result.reasons.empty()) return result;
  const double discount = warehouse.discount_factor;
  result.problem =
      std::make_unique<Backorder>(model.warehouse, model_of(std::move(cycle), lead_time, discount),
                                  model_of(std::move(weekly), lead_time, discount), true);
  return result;
}

Recognition recognise_continuous_backorder(const DecisionModel& model) {
  Recognition result;
  result.reasons = check(model, {.continuous = true,
                                 .has_backlog = true,
                                 .has_price_breaks = true,
                                 .has_order_sizes = true,
                                 .has_discount = false,
                                 .has_initial_pipeline = false});
  if (!result.reasons.empty()) return result;
  const WarehouseModel& warehouse = *model.warehouse;
  const SkuModel& sku = warehouse.skus.front();
  check_rates(sku, result.reasons);
  const auto customers = poisson_customers(sku, result.reasons);
  if (!customers) return result;
  check_capacity(sku.regular().maximum_order_quantity, mean_of(customers->size), "maximum_order_quantity",
                 result.reasons);
  if (!result.reasons.empty()) return result;
  const double over_lead_time = customers->per_day * sku.regular().lead_time_law->mean();
  PositionModel position{.cycle = {{customers->size}, {true}},
                         .before = {poisson_sum(over_lead_time, customers->size)},
                         .steps_per_day = customers->per_day,
                         .stock_weight = static_cast<double>(kMillisecondsPerDay) / customers->per_day,
                         .counts_stock_before = true};
  position.until = {sum_of(position.before.front(), customers->size)};
  result.problem = std::make_unique<Backorder>(model.warehouse, position, position, false);
  return result;
}

}  // namespace restock::exact
