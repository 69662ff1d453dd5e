#include "agents/policies/exact/single_item.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace restock::exact {

DayCost::DayCost(const SkuModel& sku, const Masses& demand)
    : rates_(sku.rates),
      loses_sales_(sku.unmet_demand == UnmetDemand::lost),
      mean_(mean_of(demand)),
      demand_(&demand) {}

double DayCost::of(Units level) const {
  const double left = rates_.holding_per_unit_time * expected_left(level, *demand_);
  // what is not served at once: all of the demand where there is a backlog already
  const double unserved = level > 0 ? expected_short(level, *demand_) : mean_;
  if (loses_sales_) return left + (rates_.shortage_per_unit + rates_.lost_sale_per_unit) * unserved;
  const double backlog = expected_left(level, *demand_) - static_cast<double>(level) + mean_;
  return left + rates_.shortage_per_unit * unserved + rates_.shortage_per_unit_time * backlog;
}

SingleItem::SingleItem(const WarehouseModel& warehouse, std::size_t sku, Cycle cycle, OrderRange range,
                       Units level_limit)
    : sku_(static_cast<std::int32_t>(sku)),
      model_(warehouse.skus[sku]),
      terms_(model_, model_.regular()),
      cycle_(std::move(cycle)),
      range_(std::move(range)),
      level_limit_(level_limit),
      lead_time_(terms_.lead_time()),
      pipeline_(static_cast<std::size_t>(std::max(lead_time_ - 1, 0))),
      loses_sales_(model_.unmet_demand == UnmetDemand::lost) {
  for (const Masses& demand : cycle_.demand) {
    day_costs_.emplace_back(model_, demand);
    tails_.push_back(tails_of(demand));
  }
  columns_ = {{StateColumnKind::day_of_cycle, static_cast<std::int64_t>(cycle_.days())},
              {StateColumnKind::net_inventory}};
  for (std::size_t age = pipeline_; age > 0; --age)
    columns_.push_back({StateColumnKind::on_order_of_age, static_cast<std::int64_t>(age)});
}

std::vector<std::string> SingleItem::names() const {
  std::vector<std::string> names{"day_of_cycle", loses_sales_ ? "on_hand" : "inventory_level"};
  for (std::size_t i = 1; i <= pipeline_; ++i) names.push_back(fmt::format("due_in_{}_days", i));
  return names;
}

void SingleItem::start(std::span<Units> state) const {
  std::ranges::fill(state, 0);
  state[1] = static_cast<Units>(model_.initial_on_hand);
  for (std::size_t i = 0; i < pipeline_ && i < model_.initial_pipeline.size(); ++i)
    state[2 + i] = static_cast<Units>(model_.initial_pipeline[i]);
}

void SingleItem::choices(std::span<const Units> state, std::vector<Units>& orders) const {
  if (!cycle_.may_order[static_cast<std::size_t>(state[0])]) return orders.push_back(0);
  Units most = range_.position - std::accumulate(state.begin() + 1, state.end(), 0);
  Units newest = 0;
  for (std::size_t k = 0; k < range_.newest.size(); ++k) {
    most = std::min(most, range_.newest[k] - newest);
    if (k < pipeline_) newest += state[1 + pipeline_ - k];
  }
  terms_.append_orders(most, orders);
}

double SingleItem::order(std::span<const Units> state, std::span<const Units> orders,
                         std::span<Units> post) const {
  std::ranges::copy(state, post.begin());
  if (lead_time_ == 0)
    post[1] += orders[0];
  else
    post[1 + static_cast<std::size_t>(lead_time_)] = orders[0];
  return terms_.cost_of(orders[0]);
}

double SingleItem::follow(std::span<const Units> post, Outcomes& outcomes) const {
  const auto day = static_cast<std::size_t>(post[0]);
  const Masses& demand = cycle_.demand[day];
  const Units level = post[1];
  const Units coming = lead_time_ > 0 ? post[2] : 0;
  const auto add = [&](double probability, Units left) {
    if (probability <= 0) return;
    const std::span<Units> next = outcomes.add(probability);
    next[0] = static_cast<Units>((day + 1) % cycle_.days());
    next[1] = left + coming;
    if (level_limit_ > 0 && std::abs(next[1]) > level_limit_) {
      was_cut_ = true;
      next[1] = std::clamp(next[1], -level_limit_, level_limit_);
    }
    if (pipeline_ > 0) std::copy(post.begin() + 3, post.end(), next.begin() + 2);
  };
  const auto most = static_cast<Units>(demand.size()) - 1;
  const Units served = loses_sales_ ? std::min(level - 1, most) : most;
  for (Units d = 0; d <= served; ++d) add(demand[static_cast<std::size_t>(d)], level - d);
  if (loses_sales_ && level <= most) add(tails_[day][static_cast<std::size_t>(std::max(level, 0))], 0);
  return day_costs_[day].of(level);
}

void SingleItem::show(std::span<const Units> state, DecisionRows& rows) const {
  rows.add(sku_, state[0]);
  rows.set_stock(std::max(state[1], 0), std::max(-state[1], 0));
  for (std::size_t i = 0; i < pipeline_; ++i) {
    const auto age = static_cast<std::int64_t>(pipeline_ - i);
    if (state[2 + i] == 0) continue;
    rows.add_on_order(0, age, state[2 + i]);
    rows.set_days_since_order(static_cast<std::int32_t>(age));  // the latest one stays
  }
}

void SingleItem::make_legal(std::span<const Units> state, std::span<Units> orders) const {
  orders[0] = cycle_.may_order[static_cast<std::size_t>(state[0])] ? terms_.legal(orders[0]) : 0;
}

}  // namespace restock::exact
