#include "agents/policies/exact/dual_sourcing.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "agents/policies/exact/checklist.h"
#include "agents/policies/exact/position_process.h"
#include "agents/policies/exact/terms.h"

namespace restock::exact {

namespace {

/// What is looked at: y at most `fast`, the position after both orders between `lowest` and `highest`, a slow
/// order of at most `slow_order`. No y below −level_limit, where that is not 0.
struct DualRange {
  Units fast = 0;
  Units lowest = 0;
  Units highest = 0;
  Units slow_order = 0;
  Units level_limit = 0;
};

struct DualModel {
  DualModel(const SkuModel& item)
      : sku(&item),
        terms{OrderTerms(item, item.sources[0]), OrderTerms(item, item.sources[1])},
        slow(terms[0].lead_time() > terms[1].lead_time() ? 0 : 1),
        demand(masses_of(item.demand.front())),
        before(sum_of(demand, static_cast<std::size_t>(fast_lead()))),
        until(sum_of(before, demand)) {}

  std::size_t fast() const { return 1 - slow; }
  Units fast_lead() const { return terms[fast()].lead_time(); }
  Units slow_lead() const { return terms[slow].lead_time(); }
  /// m.
  std::size_t pipeline() const { return static_cast<std::size_t>(slow_lead() - fast_lead() - 1); }

  const SkuModel* sku;
  std::array<OrderTerms, 2> terms;
  std::size_t slow;  ///< index of the slow source
  Masses demand;
  Masses before;  ///< over l_f days
  Masses until;   ///< and the day after
};

class DualSourcing final : public Process {
 public:
  DualSourcing(DualModel model, DualRange range, double discount)
      : model_(std::move(model)), range_(range), discount_(discount) {}

  std::size_t state_width() const override { return 1 + model_.pipeline(); }
  std::size_t post_width() const override { return 2 + model_.pipeline(); }
  std::size_t order_width() const override { return 2; }
  std::size_t sources() const override { return 2; }
  bool was_cut() const override { return was_cut_; }

  std::vector<std::string> names() const override {
    std::vector<std::string> names{"expedited_position"};
    for (std::size_t j = 1; j <= model_.pipeline(); ++j)
      names.push_back(fmt::format("due_in_{}_days", static_cast<std::size_t>(model_.fast_lead()) + j));
    return names;
  }

  void start(std::span<Units> state) const override {
    std::ranges::fill(state, 0);
    state[0] = static_cast<Units>(model_.sku->initial_on_hand);
    const auto lead = static_cast<std::size_t>(model_.fast_lead());
    for (std::size_t i = 0; i < model_.sku->initial_pipeline.size(); ++i)
      state[i < lead ? 0 : i - lead + 1] += static_cast<Units>(model_.sku->initial_pipeline[i]);
  }

  void choices(std::span<const Units> state, std::vector<Units>& orders) const override {
    const Units position = std::accumulate(state.begin(), state.end(), 0);
    std::vector<Units> fast;
    std::vector<Units> slow;
    model_.terms[model_.fast()].append_orders(range_.fast - state[0], fast);
    model_.terms[model_.slow].append_orders(range_.slow_order, slow);
    const std::size_t first = orders.size();
    for (const Units f : fast)
      for (const Units s : slow)
        if ((f + s == 0 && position >= range_.lowest) ||
            (position + f + s >= range_.lowest && position + f + s <= range_.highest))
          append(f, s, orders);
    if (orders.size() == first) append(fast.back(), slow.back(), orders);
  }

  double order(std::span<const Units> state, std::span<const Units> orders,
               std::span<Units> post) const override {
    std::ranges::copy(state, post.begin());
    post[0] += orders[model_.fast()];
    post.back() = orders[model_.slow];
    return model_.terms[0].cost_of(orders[0]) + model_.terms[1].cost_of(orders[1]);
  }

  double follow(std::span<const Units> post, Outcomes& outcomes) const override {
    for (std::size_t d = 0; d < model_.demand.size(); ++d) {
      if (model_.demand[d] <= 0) continue;
      const std::span<Units> next = outcomes.add(model_.demand[d]);
      next[0] = post[0] - static_cast<Units>(d) + post[1];
      std::copy(post.begin() + 2, post.end(), next.begin() + 1);
      if (range_.level_limit == 0 || std::abs(next[0]) <= range_.level_limit) continue;
      was_cut_ = true;
      next[0] = std::clamp(next[0], -range_.level_limit, range_.level_limit);
    }
    return std::pow(discount_, model_.fast_lead()) *
           day_cost_of_position(model_.sku->rates, post[0], model_.before, model_.until);
  }

  void show(std::span<const Units> state, DecisionRows& rows) const override {
    rows.add(0, 0);
    rows.set_stock(std::max(state[0], 0), std::max(-state[0], 0));
    for (std::size_t j = 1; j <= model_.pipeline(); ++j)
      rows.add_on_order(model_.slow, static_cast<std::int64_t>(model_.pipeline() + 1 - j), state[j]);
  }

  void read(const DecisionBatch& batch, std::size_t first, std::span<Units> state) const override {
    std::ranges::fill(state, 0);
    state[0] = static_cast<Units>(batch.on_hand[first] - batch.backlog[first]);
    for (std::int64_t age = 1; age < model_.fast_lead(); ++age)
      state[0] += static_cast<Units>(on_order_of_age(batch, first, model_.fast(), age));
    const auto m = static_cast<std::int64_t>(model_.pipeline());
    for (std::int64_t age = 1; age < model_.slow_lead(); ++age)
      state[age <= m ? static_cast<std::size_t>(m + 1 - age) : 0] +=
          static_cast<Units>(on_order_of_age(batch, first, model_.slow, age));
  }

  void make_legal(std::span<const Units>, std::span<Units> orders) const override {
    for (std::size_t source = 0; source < 2; ++source)
      orders[source] = model_.terms[source].legal(orders[source]);
  }

 private:
  void append(Units fast, Units slow, std::vector<Units>& orders) const {
    orders.push_back(model_.slow == 0 ? slow : fast);
    orders.push_back(model_.slow == 0 ? fast : slow);
  }

  DualModel model_;
  DualRange range_;
  double discount_;
  mutable bool was_cut_ = false;
};

class DualProblem final : public Problem {
 public:
  explicit DualProblem(std::shared_ptr<const WarehouseModel> warehouse)
      : warehouse_(std::move(warehouse)), model_(warehouse_->skus.front()) {}

  std::string_view name() const override { return "dual_sourcing"; }
  std::unique_ptr<Process> process(const Limits& limits) const override {
    return std::make_unique<DualSourcing>(model_, range(limits.enlargement), warehouse_->discount_factor);
  }
  /// Net inventory is in the state only where the fast supplier delivers before the next review.
  std::unique_ptr<Process> process_of_policy(Units level_limit, bool) const override {
    if (model_.fast_lead() > 1) return nullptr;
    return std::make_unique<DualSourcing>(model_, DualRange{.level_limit = level_limit},
                                          warehouse_->discount_factor);
  }
  bool has_proven_bounds() const override { return false; }

 private:
  DualRange range(int enlargement) const {
    const CostRates& rates = model_.sku->rates;
    const double backlog = rates.shortage_per_unit_time + rates.shortage_per_unit;
    const double ratio = backlog / (backlog + rates.holding_per_unit_time);
    const auto covers = [&](Units days, double share) {
      return static_cast<Units>(quantile(sum_of(model_.demand, static_cast<std::size_t>(days)), share));
    };
    double fixed = 0;
    for (const OrderTerms& terms : model_.terms) fixed += terms.fixed();
    const double economic =
        std::sqrt(2 * fixed * mean_of(model_.demand) / std::max(rates.holding_per_unit_time, 1e-9));
    Units lumps = static_cast<Units>(std::ceil(economic));
    for (const OrderTerms& terms : model_.terms) lumps += terms.lump();
    const double once = std::max(1.0, covers(1, ratio) / 2.0) + lumps;
    const auto more = static_cast<Units>(std::min(lumps + once * (std::pow(2, enlargement) - 1), 1e6));
    constexpr double kLow = 0.05;
    return {.fast = covers(model_.fast_lead() + 1, ratio) + more,
            .lowest = covers(model_.slow_lead(), kLow) - more,
            .highest = covers(model_.slow_lead() + 1, ratio) + more,
            .slow_order = covers(1, ratio) + more};
  }

  std::shared_ptr<const WarehouseModel> warehouse_;
  DualModel model_;
};

}  // namespace

Recognition recognise_dual_sourcing(const DecisionModel& model) {
  Recognition result;
  result.reasons =
      check(model, {.has_backlog = true, .has_price_breaks = true, .fewest_sources = 2, .most_sources = 2});
  if (!result.reasons.empty()) return result;
  const SkuModel& sku = model.warehouse->skus.front();
  const Units lead[] = {OrderTerms(sku, sku.sources[0]).lead_time(),
                        OrderTerms(sku, sku.sources[1]).lead_time()};
  if (lead[0] == lead[1])
    result.reasons.push_back(reason("suppliers", "two with the same lead time", "one slow and one fast"));
  if (model.warehouse->discount_factor < 1 && std::min(lead[0], lead[1]) > 0)
    result.reasons.push_back(reason("horizon.discount_factor",
                                    fmt::format("{}", model.warehouse->discount_factor),
                                    "1, or a supplier that delivers at once"));
  for (std::size_t i = static_cast<std::size_t>(std::max(lead[0], lead[1]) - 1);
       i < sku.initial_pipeline.size(); ++i)
    if (sku.initial_pipeline[i] > 0)
      result.reasons.push_back(reason("initial_pipeline", "units that come later than a slow order of today",
                                      "fewer mornings than the slow lead time"));
  check_rates(sku, result.reasons);
  const Quantity most[] = {sku.sources[0].maximum_order_quantity, sku.sources[1].maximum_order_quantity};
  if (most[0] > 0 && most[1] > 0)
    check_capacity(most[0] + most[1], sku.mean_demand_per_day, "maximum_order_quantity (of both suppliers)",
                   result.reasons);
  if (result.reasons.empty()) result.problem = std::make_unique<DualProblem>(model.warehouse);
  return result;
}

}  // namespace restock::exact
