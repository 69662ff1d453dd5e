#include "agents/policies/exact/perishable.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "agents/policies/exact/checklist.h"
#include "agents/policies/exact/perishable_chain.h"

namespace restock::exact {

void Shelf::fill(std::span<const Units> stock) {
  stock_.assign(stock.begin(), stock.end());
  total_ = std::accumulate(stock.begin(), stock.end(), 0);
  index_ = 0;
  for (std::size_t r = 0; r < weights_.size(); ++r)
    index_ += static_cast<std::size_t>(stock[r]) * weights_[r];
  oldest_ = 0;
  freshest_ = stock.size() - 1;
}

void Shelf::clear() {
  std::ranges::fill(stock_, 0);
  total_ = 0;
  index_ = 0;
}

ShelfDemand::ShelfDemand(const SkuModel& sku)
    : total_(masses_of(sku.demand.front())),
      tail_(tails_of(total_)),
      kinds_(sku.kinds.empty() ? nullptr : &sku.kinds.front()) {
  const auto oldest_of = [&](std::size_t units) {
    return std::floor(static_cast<double>(units) * sku.fifo_share + 0.5);
  };
  for (std::size_t units = 0; units < total_.size(); ++units)
    is_oldest_.push_back(oldest_of(units + 1) > oldest_of(units));
}

Perishable::Perishable(const WarehouseModel& warehouse, Units most)
    : sku_(warehouse.skus.front()),
      terms_(sku_, sku_.regular()),
      most_(most),
      demand_(sku_),
      life_(static_cast<std::size_t>(sku_.shelf_life_days)),
      pipeline_(static_cast<std::size_t>(std::max(terms_.lead_time() - 1, 0))) {}

std::vector<std::string> Perishable::names() const {
  std::vector<std::string> names;
  for (std::size_t r = 0; r < life_; ++r) names.push_back(fmt::format("expires_in_{}_days", r));
  for (std::size_t i = 1; i <= pipeline_; ++i) names.push_back(fmt::format("due_in_{}_days", i));
  return names;
}

void Perishable::start(std::span<Units> state) const {
  std::ranges::fill(state, 0);
  state[life_ - 1] = static_cast<Units>(sku_.initial_on_hand);
  for (std::size_t i = 0; i < pipeline_ && i < sku_.initial_pipeline.size(); ++i)
    state[life_ + i] = static_cast<Units>(sku_.initial_pipeline[i]);
}

void Perishable::choices(std::span<const Units>, std::vector<Units>& orders) const {
  terms_.append_orders(most_, orders);
}

double Perishable::order(std::span<const Units> state, std::span<const Units> orders,
                         std::span<Units> post) const {
  std::ranges::copy(state, post.begin());
  if (terms_.lead_time() == 0)
    post[life_ - 1] += orders[0];
  else
    post.back() = orders[0];
  return terms_.cost_of(orders[0]);
}

double Perishable::follow(std::span<const Units> post, Outcomes& outcomes) const {
  const CostRates& rates = sku_.rates;
  Shelf stock;
  stock.fill(post.first(life_));
  double cost =
      (rates.shortage_per_unit + rates.lost_sale_per_unit) * expected_short(stock.total(), demand_.total());
  demand_.serve(stock, [&](const Shelf& shelf, double probability) {
    if (probability == 0) return;
    const Units expired = shelf.expiring();
    cost += probability *
            (rates.disposal_per_unit * expired + rates.holding_per_unit_time * (shelf.total() - expired));
    const std::span<Units> next = outcomes.add(probability);
    std::copy(shelf.stock().begin() + 1, shelf.stock().end(), next.begin());
    next[life_ - 1] = 0;
    std::copy(post.begin() + static_cast<std::ptrdiff_t>(life_), post.end(),
              next.begin() + static_cast<std::ptrdiff_t>(life_) - 1);
  });
  return cost;
}

void Perishable::show(std::span<const Units> state, DecisionRows& rows) const {
  rows.add(0, 0);
  rows.set_stock(
      std::accumulate(state.begin(), state.begin() + static_cast<std::ptrdiff_t>(life_), Quantity{0}), 0);
  for (std::size_t r = 0; r < life_; ++r) rows.set_life(r, state[r]);
  for (std::size_t i = 0; i < pipeline_; ++i) {
    const auto age = static_cast<std::int64_t>(pipeline_ - i);
    if (state[life_ + i] == 0) continue;
    rows.add_on_order(0, age, state[life_ + i]);
    rows.set_days_since_order(static_cast<std::int32_t>(age));
  }
}

void Perishable::read(const DecisionBatch& batch, std::size_t first, std::span<Units> state) const {
  for (std::size_t r = 0; r < life_; ++r)
    state[r] = static_cast<Units>(batch.stock_by_remaining_life[first * batch.life_width + r]);
  for (std::size_t i = 0; i < pipeline_; ++i)
    state[life_ + i] =
        static_cast<Units>(on_order_of_age(batch, first, 0, static_cast<std::int64_t>(pipeline_ - i)));
}

void Perishable::make_legal(std::span<const Units>, std::span<Units> orders) const {
  orders[0] = terms_.legal(orders[0]);
}

namespace {

class PerishableProblem final : public Problem {
 public:
  explicit PerishableProblem(std::shared_ptr<const WarehouseModel> warehouse)
      : warehouse_(std::move(warehouse)), sku_(warehouse_->skus.front()), terms_(sku_, sku_.regular()) {}

  std::string_view name() const override { return "perishable"; }
  std::unique_ptr<Process> process(const Limits& limits) const override {
    return std::make_unique<Perishable>(*warehouse_, most(limits.enlargement));
  }
  std::unique_ptr<Process> process_of_policy(Units, bool) const override {
    return std::make_unique<Perishable>(*warehouse_, 0);
  }
  std::unique_ptr<Chain> chain(const Process& process, const Limits& limits) const override {
    if (terms_.lead_time() == 0) return nullptr;
    return std::make_unique<PerishableChain>(dynamic_cast<const Perishable&>(process), limits.maximum_bytes);
  }
  bool has_proven_bounds() const override { return terms_.maximum() > 0; }

 private:
  Units most(int enlargement) const {
    if (terms_.maximum() > 0) return terms_.maximum();
    constexpr double kLikely = 0.95;
    constexpr double kWider = 1.5;
    const double once =
        static_cast<double>(quantile(masses_of(sku_.demand.front()), kLikely)) + terms_.lump() + 1;
    return static_cast<Units>(std::ceil(once * std::pow(kWider, enlargement)));
  }

  std::shared_ptr<const WarehouseModel> warehouse_;
  const SkuModel& sku_;
  OrderTerms terms_;
};

}  // namespace

Recognition recognise_perishable(const DecisionModel& model) {
  Recognition result;
  result.reasons = check(model, {.loses_sales = true, .expires = true, .has_price_breaks = true});
  if (!result.reasons.empty()) return result;
  const SkuModel& sku = model.warehouse->skus.front();
  const OrderTerms terms(sku, sku.regular());
  check_initial_pipeline(sku, std::max(terms.lead_time() - 1, 0), result.reasons);
  if (result.reasons.empty()) result.problem = std::make_unique<PerishableProblem>(model.warehouse);
  return result;
}

}  // namespace restock::exact
