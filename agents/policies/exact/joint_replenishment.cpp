#include "agents/policies/exact/joint_replenishment.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "agents/policies/exact/checklist.h"
#include "agents/policies/exact/position_process.h"
#include "agents/policies/exact/terms.h"
#include "env/core/error.h"

namespace restock::exact {

namespace {

constexpr std::size_t kMostItems = 3;

struct Item {
  Item(const SkuModel& model)
      : sku(&model),
        terms(model, model.regular()),
        demand(masses_of(model.demand.front())),
        before(sum_of(demand, static_cast<std::size_t>(terms.lead_time()))),
        until(sum_of(before, demand)) {}

  double day_cost(Units position) const { return day_cost_of_position(sku->rates, position, before, until); }

  const SkuModel* sku;
  OrderTerms terms;
  Masses demand;
  Masses before;
  Masses until;
};

/// Of one item: positions after an order.
struct ItemRange {
  Units lowest = 0;
  Units highest = 0;
};

class JointReplenishment final : public Process {
 public:
  JointReplenishment(std::vector<Item> items, const JointOrderSpec& joint, std::vector<ItemRange> ranges,
                     Units level_limit, double discount)
      : items_(std::move(items)),
        joint_(joint),
        ranges_(std::move(ranges)),
        level_limit_(level_limit),
        discount_(discount) {}

  std::size_t state_width() const override { return items_.size(); }
  std::size_t post_width() const override { return items_.size(); }
  std::size_t order_width() const override { return items_.size(); }
  std::size_t rows_per_state() const override { return items_.size(); }
  bool was_cut() const override { return was_cut_; }
  std::vector<std::string> names() const override {
    std::vector<std::string> names;
    for (const Item& item : items_) names.push_back("inventory_position_of_" + item.sku->id);
    return names;
  }
  void start(std::span<Units> state) const override {
    for (std::size_t i = 0; i < items_.size(); ++i)
      state[i] = static_cast<Units>(items_[i].sku->initial_on_hand + items_[i].sku->initial_on_order);
  }

  void choices(std::span<const Units> state, std::vector<Units>& orders) const override {
    std::vector<std::vector<Units>> each(items_.size());
    for (std::size_t i = 0; i < items_.size(); ++i)
      items_[i].terms.append_orders(ranges_[i].highest - state[i], each[i]);
    const std::size_t first = orders.size();
    std::vector<Units> order(items_.size(), 0);
    combine(state, each, 0, order, orders, true);
    if (orders.size() == first) combine(state, each, 0, order, orders, false);
  }

  double order(std::span<const Units> state, std::span<const Units> orders,
               std::span<Units> post) const override {
    double cost = 0;
    for (std::size_t i = 0; i < items_.size(); ++i) {
      post[i] = state[i] + orders[i];
      cost += items_[i].terms.cost_of(orders[i]);
    }
    const Units units = std::accumulate(orders.begin(), orders.end(), 0);
    if (units == 0) return cost;
    cost += joint_.set_up_cost;
    if (joint_.truck_units > 0)
      cost +=
          joint_.cost_per_truck * static_cast<double>((units + joint_.truck_units - 1) / joint_.truck_units);
    return cost;
  }

  double follow(std::span<const Units> post, Outcomes& outcomes) const override {
    double cost = 0;
    for (std::size_t i = 0; i < items_.size(); ++i)
      cost += std::pow(discount_, items_[i].terms.lead_time()) * items_[i].day_cost(post[i]);
    std::vector<Units> next(post.begin(), post.end());
    add_demands(post, 0, 1, next, outcomes);
    return cost;
  }

  void show(std::span<const Units> state, DecisionRows& rows) const override {
    for (std::size_t i = 0; i < items_.size(); ++i) {
      rows.add(static_cast<std::int32_t>(i), 0);
      rows.set_stock(std::max(state[i], 0), std::max(-state[i], 0));
    }
  }
  void read(const DecisionBatch& batch, std::size_t first, std::span<Units> state) const override {
    for (std::size_t i = 0; i < items_.size(); ++i)
      state[i] = static_cast<Units>(batch.inventory_position(first + i));
  }
  void make_legal(std::span<const Units>, std::span<Units> orders) const override {
    for (std::size_t i = 0; i < items_.size(); ++i) orders[i] = items_[i].terms.legal(orders[i]);
    if (!fits(orders))
      throw InputError(fmt::format(
          "the policy orders {} units together, which the supplier's joint_order does not take as "
          "they are, expected orders that fit it; simulate the policy instead",
          fmt::join(orders, " + ")));
  }
  void clamp(std::span<Units> state) const override {
    for (std::size_t i = 0; i < items_.size(); ++i)
      state[i] = std::clamp(state[i], ranges_[i].lowest, ranges_[i].highest);
  }

 private:
  bool fits(std::span<const Units> orders) const {
    const std::int64_t units = std::accumulate(orders.begin(), orders.end(), std::int64_t{0});
    if (units == 0) return true;
    double value = 0;
    for (std::size_t i = 0; i < items_.size(); ++i)
      value += items_[i].sku->regular().value_per_unit * orders[i];
    return (joint_.maximum_units == 0 || units <= joint_.maximum_units) && value >= joint_.minimum_value &&
           (!joint_.full_trucks_only || units % joint_.truck_units == 0);
  }

  bool is_enough(std::span<const Units> state, std::span<const Units> order) const {
    for (std::size_t i = 0; i < items_.size(); ++i)
      if (state[i] + order[i] < ranges_[i].lowest) return false;
    return true;
  }

  void combine(std::span<const Units> state, const std::vector<std::vector<Units>>& each, std::size_t item,
               std::vector<Units>& order, std::vector<Units>& orders, bool enough_only) const {
    if (item == each.size()) {
      if (fits(order) && (!enough_only || is_enough(state, order)))
        orders.insert(orders.end(), order.begin(), order.end());
      return;
    }
    for (const Units units : each[item]) {
      order[item] = units;
      combine(state, each, item + 1, order, orders, enough_only);
    }
    order[item] = 0;
  }

  void add_demands(std::span<const Units> post, std::size_t item, double probability,
                   std::vector<Units>& next, Outcomes& outcomes) const {
    if (item == items_.size()) {
      std::ranges::copy(next, outcomes.add(probability).begin());
      return;
    }
    const Masses& demand = items_[item].demand;
    for (std::size_t d = 0; d < demand.size(); ++d) {
      if (demand[d] <= 0) continue;
      next[item] = post[item] - static_cast<Units>(d);
      if (level_limit_ > 0 && std::abs(next[item]) > level_limit_) {
        was_cut_ = true;
        next[item] = std::clamp(next[item], -level_limit_, level_limit_);
      }
      add_demands(post, item + 1, probability * demand[d], next, outcomes);
    }
  }

  std::vector<Item> items_;
  JointOrderSpec joint_;
  std::vector<ItemRange> ranges_;
  Units level_limit_;
  double discount_;
  mutable bool was_cut_ = false;
};

class JointProblem final : public Problem {
 public:
  explicit JointProblem(std::shared_ptr<const WarehouseModel> warehouse)
      : warehouse_(std::move(warehouse)), joint_(warehouse_->suppliers.front().joint_order) {
    for (const SkuModel& sku : warehouse_->skus) items_.emplace_back(sku);
  }
  std::string_view name() const override { return "joint_replenishment"; }
  std::unique_ptr<Process> process(const Limits& limits) const override {
    std::vector<ItemRange> ranges;
    for (const Item& item : items_) ranges.push_back(range(item, limits.enlargement));
    return std::make_unique<JointReplenishment>(items_, joint_, std::move(ranges), 0,
                                                warehouse_->discount_factor);
  }
  std::unique_ptr<Process> process_of_policy(Units level_limit, bool needs_pipeline) const override {
    for (const Item& item : items_)
      if (needs_pipeline && item.terms.lead_time() > 1) return nullptr;
    constexpr Units kNone = std::numeric_limits<Units>::max() / 4;
    return std::make_unique<JointReplenishment>(items_, joint_,
                                                std::vector<ItemRange>(items_.size(), {-kNone, kNone}),
                                                level_limit, warehouse_->discount_factor);
  }
  bool has_proven_bounds() const override { return false; }

 private:
  /// Around the best position: what an economic order and a truck add, and what a shortage as dear as an
  /// order takes away.
  ItemRange range(const Item& item, int enlargement) const {
    const CostRates& rates = item.sku->rates;
    auto best = static_cast<Units>(mean_of(item.until));
    while (item.day_cost(best + 1) < item.day_cost(best)) ++best;
    while (item.day_cost(best - 1) < item.day_cost(best)) --best;
    const double shared = joint_.set_up_cost + (joint_.truck_units > 0 ? joint_.cost_per_truck : 0.0);
    const double once = shared + item.terms.fixed();
    const double economic = std::sqrt(2 * once * mean_of(item.demand) / rates.holding_per_unit_time);
    Units low = best;
    while (item.day_cost(low - 1) <= item.day_cost(best) + once && low > best - 1000) --low;
    double lumps = static_cast<double>(joint_.full_trucks_only ? joint_.truck_units : 0) + item.terms.lump();
    if (joint_.minimum_value > 0)
      lumps += std::ceil(joint_.minimum_value / std::max(item.sku->regular().value_per_unit, 1e-3));
    const double wider = std::pow(1.4, enlargement);
    return {best - static_cast<Units>(std::ceil((best - low) * wider)),
            best + static_cast<Units>(std::ceil((economic + lumps) * wider))};
  }

  std::shared_ptr<const WarehouseModel> warehouse_;
  const JointOrderSpec& joint_;
  std::vector<Item> items_;
};

}  // namespace

Recognition recognise_joint_replenishment(const DecisionModel& model) {
  Recognition result;
  result.reasons = check(model, {.has_backlog = true,
                                 .has_joint_orders = true,
                                 .has_price_breaks = true,
                                 .fewest_skus = 2,
                                 .most_skus = kMostItems});
  if (!result.reasons.empty()) return result;
  const WarehouseModel& warehouse = *model.warehouse;
  if (warehouse.suppliers.size() != 1)
    result.reasons.push_back(
        reason("suppliers", fmt::format("{}", warehouse.suppliers.size()), "one that delivers all SKUs"));
  double demand = 0;
  for (const SkuModel& sku : warehouse.skus) {
    check_rates(sku, result.reasons);
    check_capacity(sku.regular().maximum_order_quantity, sku.mean_demand_per_day, "maximum_order_quantity",
                   result.reasons);
    demand += sku.mean_demand_per_day;
    const Units lead = OrderTerms(sku, sku.regular()).lead_time();
    if (warehouse.discount_factor < 1 && lead > 0)
      result.reasons.push_back(reason("horizon.discount_factor", fmt::format("{}", warehouse.discount_factor),
                                      "1, or no lead time"));
    for (std::size_t i = static_cast<std::size_t>(lead); i < sku.initial_pipeline.size(); ++i)
      if (sku.initial_pipeline[i] > 0)
        result.reasons.push_back(reason("initial_pipeline", "units that come later than an order of today",
                                        "at most lead_time_days mornings"));
  }
  check_capacity(warehouse.suppliers.front().joint_order.maximum_units, demand, "joint_order.maximum_units",
                 result.reasons);
  if (result.reasons.empty()) result.problem = std::make_unique<JointProblem>(model.warehouse);
  return result;
}

}  // namespace restock::exact
