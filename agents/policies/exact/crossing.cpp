#include "agents/policies/exact/crossing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "agents/policies/exact/checklist.h"
#include "agents/policies/exact/poisson_customers.h"
#include "agents/policies/exact/terms.h"
#include "env/core/time.h"

namespace restock::exact {

namespace {

/// Positions after an order lie between `lowest` (below it as much is ordered as may be) and `highest`; net
/// inventory does not fall below −`backlog`.
struct CrossingRange {
  Units lowest = 0;
  Units highest = 0;
  Units backlog = 0;

  Units most_on_order() const { return highest + backlog; }
};

class CrossingOrders final : public Process {
 public:
  CrossingOrders(const WarehouseModel& warehouse, PoissonCustomers customers, CrossingRange range)
      : sku_(warehouse.skus.front()),
        customers_(std::move(customers)),
        range_(range),
        orders_after_receipts_(warehouse.trigger == Trigger::any),
        delivery_rate_(1 / sku_.regular().lead_time_law->mean()),
        rate_(customers_.per_day + delivery_rate_ * range.most_on_order()) {
    for (const SourceModel& source : sku_.sources) terms_.emplace_back(sku_, source);
  }

  std::size_t state_width() const override { return 3; }
  std::size_t post_width() const override { return 2; }
  std::size_t order_width() const override { return terms_.size(); }
  std::size_t sources() const override { return terms_.size(); }
  double steps_per_day() const override { return rate_; }
  bool was_cut() const override { return was_cut_; }
  std::vector<std::string> names() const override { return {"may_order", "inventory_level", "on_order"}; }

  void start(std::span<Units> state) const override {
    state[0] = 1;
    state[1] = static_cast<Units>(sku_.initial_on_hand);
    state[2] = 0;
  }

  void choices(std::span<const Units> state, std::vector<Units>& orders) const override {
    const Units position = state[1] + state[2];
    const auto sources = static_cast<Units>(terms_.size());
    Units least = 0;
    Units most = 0;
    if (state[0] != 0) {
      most = std::clamp(std::min(range_.highest - position, range_.most_on_order() - state[2]), 0, sources);
      least = std::clamp(range_.lowest - position, 0, most);
    }
    for (Units units = least; units <= most; ++units)
      for (Units source = 0; source < sources; ++source) orders.push_back(source < units ? 1 : 0);
  }

  double order(std::span<const Units> state, std::span<const Units> orders,
               std::span<Units> post) const override {
    double cost = 0;
    post[0] = state[1];
    post[1] = state[2];
    for (std::size_t source = 0; source < terms_.size(); ++source) {
      cost += terms_[source].cost_of(orders[source]);
      post[1] += orders[source];
    }
    return cost;
  }

  /// Until the next event of a Poisson process of rate_ events a day, some of which change nothing.
  double follow(std::span<const Units> post, Outcomes& outcomes) const override {
    const Units level = post[0];
    const auto days = 1 / rate_;
    const auto add = [&](double probability, bool may_order, Units net, Units on_order) {
      if (probability <= 0) return;
      const std::span<Units> next = outcomes.add(probability);
      next[0] = may_order ? 1 : 0;
      next[1] = net;
      next[2] = on_order;
    };
    double unserved = 0;
    for (std::size_t size = 0; size < customers_.size.size(); ++size) {
      const auto units = static_cast<Units>(size);
      was_cut_ = was_cut_ || (level - units < -range_.backlog && customers_.size[size] > 0);
      add(customers_.per_day * days * customers_.size[size], true, std::max(level - units, -range_.backlog),
          post[1]);
      unserved += customers_.size[size] * std::max(0, units - std::max(level, 0));
    }
    const Units coming = std::min(post[1], range_.most_on_order());
    was_cut_ = was_cut_ || coming < post[1];
    add(delivery_rate_ * coming * days, orders_after_receipts_, level + 1, post[1] - 1);
    add(delivery_rate_ * (range_.most_on_order() - coming) * days, false, level, post[1]);
    const CostRates& rates = sku_.rates;
    const double per_day =
        static_cast<double>(kMillisecondsPerDay) * (rates.holding_per_unit_time * std::max(level, 0) +
                                                    rates.shortage_per_unit_time * std::max(-level, 0));
    return days * (per_day + customers_.per_day * rates.shortage_per_unit * unserved);
  }

  void show(std::span<const Units> state, DecisionRows& rows) const override {
    rows.add(0, 0);
    rows.set_stock(std::max(state[1], 0), std::max(-state[1], 0));
    rows.add_on_order(0, 1, state[2]);
  }
  void read(const DecisionBatch& batch, std::size_t first, std::span<Units> state) const override {
    state[0] = 1;
    state[1] = static_cast<Units>(batch.on_hand[first] - batch.backlog[first]);
    state[2] = static_cast<Units>(batch.on_order[first]);
  }
  void make_legal(std::span<const Units> state, std::span<Units> orders) const override {
    for (std::size_t source = 0; source < terms_.size(); ++source)
      orders[source] = state[0] != 0 ? terms_[source].legal(orders[source]) : 0;
  }
  void clamp(std::span<Units> state) const override {
    state[1] = std::max(state[1], -range_.backlog);
    state[2] = std::min(state[2], range_.most_on_order());
  }

 private:
  const SkuModel& sku_;
  PoissonCustomers customers_;
  CrossingRange range_;
  bool orders_after_receipts_;
  double delivery_rate_;  ///< of a unit, a day
  double rate_;           ///< events a day
  std::vector<OrderTerms> terms_;
  mutable bool was_cut_ = false;
};

class CrossingProblem final : public Problem {
 public:
  CrossingProblem(std::shared_ptr<const WarehouseModel> warehouse, PoissonCustomers customers)
      : warehouse_(std::move(warehouse)),
        customers_(std::move(customers)),
        sku_(warehouse_->skus.front()),
        open_(poisson_sum(customers_.per_day * sku_.regular().lead_time_law->mean(), customers_.size)) {}

  std::string_view name() const override { return "crossing_orders"; }
  std::unique_ptr<Process> process(const Limits& limits) const override {
    const CostRates& rates = sku_.rates;
    const double both = rates.shortage_per_unit_time + rates.holding_per_unit_time;
    const auto level = static_cast<Units>(quantile(open_, rates.shortage_per_unit_time / both));
    const auto around =
        static_cast<Units>(std::ceil((2 * std::sqrt(level) + 2) * std::pow(1.5, limits.enlargement)));
    return std::make_unique<CrossingOrders>(
        *warehouse_, customers_, CrossingRange{level - around, level + around, most_open() - level + around});
  }
  std::unique_ptr<Process> process_of_policy(Units level_limit, bool) const override {
    // wide enough for most policies at first; doubled as long as something is cut
    const Units most = most_open() * std::max(1, level_limit / kFirstLimit);
    return std::make_unique<CrossingOrders>(*warehouse_, customers_, CrossingRange{-most, most, most});
  }
  bool has_proven_bounds() const override { return false; }

 private:
  static constexpr Units kFirstLimit = 512;
  Units most_open() const { return static_cast<Units>(open_.size()); }

  std::shared_ptr<const WarehouseModel> warehouse_;
  PoissonCustomers customers_;
  const SkuModel& sku_;
  Masses open_;  ///< units on order under base-stock (Palm's theorem)
};

void check_sources(const SkuModel& sku, Reasons& reasons) {
  const SourceModel& first = sku.regular();
  const OrderTerms terms(sku, first);
  for (const SourceModel& source : sku.sources) {
    const OrderTerms other(sku, source);
    if (source.lead_time_law->name() != "exponential" ||
        source.lead_time_law->mean() != first.lead_time_law->mean())
      reasons.push_back(reason("suppliers.lead_time_days", fmt::format("{}", source.lead_time_law->name()),
                               "the same {law: exponential} of all suppliers"));
    if (source.maximum_order_quantity != 1)
      reasons.push_back(reason("maximum_order_quantity", fmt::format("{}", source.maximum_order_quantity),
                               "1: units that come on their own; list as many suppliers as units may be "
                               "ordered at once"));
    if (other.cost_of(1) != terms.cost_of(1))
      reasons.push_back(reason("suppliers", "different prices", "the same terms of all suppliers"));
  }
}

}  // namespace

Recognition recognise_crossing_orders(const DecisionModel& model) {
  Recognition result;
  result.reasons = check(model, {.continuous = true,
                                 .has_backlog = true,
                                 .has_random_lead_time = true,
                                 .has_order_sizes = true,
                                 .has_discount = false,
                                 .has_initial_pipeline = false,
                                 .most_sources = kMostSources});
  if (!result.reasons.empty()) return result;
  const SkuModel& sku = model.warehouse->skus.front();
  check_sources(sku, result.reasons);
  check_rates(sku, result.reasons);
  auto customers = poisson_customers(sku, result.reasons);
  if (!customers) return result;
  check_capacity(static_cast<Quantity>(sku.sources.size()), mean_of(customers->size),
                 "suppliers (of one unit each)", result.reasons);
  if (!result.reasons.empty()) return result;
  result.problem = std::make_unique<CrossingProblem>(model.warehouse, std::move(*customers));
  return result;
}

}  // namespace restock::exact
