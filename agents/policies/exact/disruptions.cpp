#include "agents/policies/exact/disruptions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "agents/policies/exact/checklist.h"
#include "agents/policies/exact/single_item.h"
#include "agents/policies/exact/terms.h"

namespace restock::exact {

namespace {

/// Probabilities from one day to the next.
struct Spells {
  double disruption = 0;
  double recovery = 0;
};

/// Positions after an order that are looked at, and the net inventory below which nothing is told apart.
struct DisruptionRange {
  Units lowest = 0;
  Units highest = 0;
  Units floor = 0;
  Units level_limit = 0;  ///< of a given policy; 0: none
};

class Disruptions final : public Process {
 public:
  Disruptions(const SkuModel& sku, Spells spells, DisruptionRange range)
      : sku_(sku),
        terms_(sku, sku.regular()),
        spells_(spells),
        range_(range),
        demand_(masses_of(sku.demand.front())),
        day_cost_(sku, demand_) {}
  Disruptions(const Disruptions&) = delete;
  Disruptions& operator=(const Disruptions&) = delete;

  std::size_t state_width() const override { return 3; }
  std::size_t post_width() const override { return 3; }
  bool was_cut() const override { return was_cut_; }
  std::vector<std::string> names() const override { return {"supplier_out", "inventory_level", "on_order"}; }

  void start(std::span<Units> state) const override {
    state[0] = 0;
    state[1] = static_cast<Units>(sku_.initial_on_hand);
    state[2] = 0;
  }

  /// While the supplier is out an order can wait for its return, when it comes as fast and less is unknown.
  void choices(std::span<const Units> state, std::vector<Units>& orders) const override {
    if (state[0] != 0) return orders.push_back(0);
    terms_.append_orders(range_.lowest - state[1], range_.highest - state[1], orders);
  }

  double order(std::span<const Units> state, std::span<const Units> orders,
               std::span<Units> post) const override {
    std::ranges::copy(state, post.begin());
    post[state[0] != 0 ? 2 : 1] += orders[0];
    return terms_.cost_of(orders[0]);
  }

  double follow(std::span<const Units> post, Outcomes& outcomes) const override {
    const double out = post[0] != 0 ? 1 - spells_.recovery : spells_.disruption;
    for (std::size_t d = 0; d < demand_.size(); ++d) {
      if (demand_[d] <= 0) continue;
      const Units left = post[1] - static_cast<Units>(d);
      if (out < 1) fill(outcomes.add(demand_[d] * (1 - out)), 0, left + post[2], 0);
      if (out > 0) fill(outcomes.add(demand_[d] * out), 1, left, post[2]);
    }
    return day_cost_.of(post[1]);
  }

  void show(std::span<const Units> state, DecisionRows& rows) const override {
    rows.add(0, 0);
    rows.set_stock(std::max(state[1], 0), std::max(-state[1], 0));
    if (state[2] > 0) rows.add_on_order(0, 1, state[2]);
    if (state[0] != 0) rows.set_supplier_out(0);
  }
  void read(const DecisionBatch& batch, std::size_t first, std::span<Units> state) const override {
    state[0] = batch.supplier_out[first] & 1;
    state[1] = static_cast<Units>(batch.on_hand[first] - batch.backlog[first]);
    state[2] = static_cast<Units>(batch.on_order[first]);
  }
  void make_legal(std::span<const Units>, std::span<Units> orders) const override {
    orders[0] = terms_.legal(orders[0]);
  }
  void clamp(std::span<Units> state) const override { state[1] = std::max(state[1], range_.floor); }

 private:
  void fill(std::span<Units> next, Units out, Units net, Units waiting) const {
    const Units limit = range_.level_limit;
    next[0] = out;
    next[1] = limit > 0 ? std::clamp(net, -limit, limit) : std::max(net, range_.floor);
    next[2] = limit > 0 ? std::min(waiting, 2 * limit) : waiting;
    was_cut_ = was_cut_ || (limit > 0 && (next[1] != net || next[2] != waiting));
  }

  const SkuModel& sku_;
  OrderTerms terms_;
  Spells spells_;
  DisruptionRange range_;
  Masses demand_;
  DayCost day_cost_;
  mutable bool was_cut_ = false;
};

class DisruptionProblem final : public Problem {
 public:
  DisruptionProblem(std::shared_ptr<const WarehouseModel> warehouse, Spells spells)
      : warehouse_(std::move(warehouse)),
        spells_(spells),
        sku_(warehouse_->skus.front()),
        demand_(masses_of(sku_.demand.front())) {}

  std::string_view name() const override { return "disruptions"; }
  std::unique_ptr<Process> process(const Limits& limits) const override {
    return std::make_unique<Disruptions>(sku_, spells_, range(limits.enlargement));
  }
  /// Orders that wait have no age that would say when they come.
  std::unique_ptr<Process> process_of_policy(Units level_limit, bool needs_pipeline) const override {
    if (needs_pipeline) return nullptr;
    return std::make_unique<Disruptions>(sku_, spells_, DisruptionRange{.level_limit = level_limit});
  }
  bool has_proven_bounds() const override { return false; }

 private:
  /// Days that pass until the supplier delivers again with this probability, the first one included.
  double days_covered(double share) const {
    const double out = spells_.disruption / (spells_.disruption + spells_.recovery);
    if (1 - out >= share) return 1;
    return 2 + std::floor(std::log((1 - share) / out) / std::log1p(-spells_.recovery));
  }

  DisruptionRange range(int enlargement) const {
    constexpr double kBeyond = 0x1p-50;
    constexpr double kMostUnits = 1e8;
    const OrderTerms terms(sku_, sku_.regular());
    const double mean = mean_of(demand_);
    const auto most = static_cast<double>(demand_.size());
    const double backlog = sku_.rates.shortage_per_unit_time + sku_.rates.shortage_per_unit;
    const double ratio = backlog / (backlog + sku_.rates.holding_per_unit_time);
    const double economic = std::sqrt(2 * terms.fixed() * mean / sku_.rates.holding_per_unit_time);
    const double once = most + std::ceil(economic) + terms.lump();
    const double more = once * std::pow(2, enlargement);
    return {.lowest = -static_cast<Units>(std::min(more, kMostUnits)),
            .highest = static_cast<Units>(std::min(days_covered(ratio) * mean + more, kMostUnits)),
            .floor = -static_cast<Units>(std::min(days_covered(1 - kBeyond) * most + more, kMostUnits))};
  }

  std::shared_ptr<const WarehouseModel> warehouse_;
  Spells spells_;
  const SkuModel& sku_;
  Masses demand_;
};

/// The probability that a spell ends with the day; a reason where the law is not exponential.
double end_of_spell(const Law& law, std::string_view key, Reasons& reasons) {
  if (law.name() == "exponential") return -std::expm1(-1 / law.mean());
  reasons.push_back(reason(key, fmt::format("law {}", law.name()), "exponential"));
  return 0;
}

}  // namespace

Recognition recognise_disruptions(const DecisionModel& model) {
  Recognition result;
  result.reasons = check(
      model,
      {.has_backlog = true, .has_price_breaks = true, .has_outages = true, .has_initial_pipeline = false});
  const SkuModel& sku = model.warehouse->skus.front();
  const SupplierModel& supplier = model.warehouse->suppliers.front();
  if (supplier.days_between == nullptr)
    result.reasons.push_back(reason("supply.outages", "none", "days_between and days_to_repair"));
  if (!result.reasons.empty()) return result;
  Spells spells;
  spells.disruption = end_of_spell(*supplier.days_between, "supply.outages.days_between", result.reasons);
  spells.recovery = end_of_spell(*supplier.days_to_repair, "supply.outages.days_to_repair", result.reasons);
  if (OrderTerms(sku, sku.regular()).lead_time() > 0)
    result.reasons.push_back(reason("supply.lead_time_days", "more than 0", "0"));
  if (sku.regular().maximum_order_quantity > 0)
    result.reasons.push_back(reason("maximum_order_quantity", "set", "0 (no limit)"));
  check_rates(sku, result.reasons);
  if (result.reasons.empty()) result.problem = std::make_unique<DisruptionProblem>(model.warehouse, spells);
  return result;
}

}  // namespace restock::exact
