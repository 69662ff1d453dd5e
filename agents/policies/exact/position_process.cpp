#include "agents/policies/exact/position_process.h"

#include <algorithm>
#include <cmath>

namespace restock::exact {

namespace {

/// E (level − X)⁻.
double expected_backlog(Units level, const Masses& x) {
  return expected_left(level, x) - static_cast<double>(level) + mean_of(x);
}

}  // namespace

double day_cost_of_position(const CostRates& rates, Units position, const Masses& before,
                            const Masses& until) {
  const double waiting = expected_backlog(position, until);
  return rates.holding_per_unit_time * expected_left(position, until) +
         rates.shortage_per_unit_time * waiting +
         rates.shortage_per_unit * (waiting - expected_backlog(position, before));
}

PositionProcess::PositionProcess(const WarehouseModel& warehouse, PositionModel model, PositionRange range)
    : sku_(warehouse.skus.front()), terms_(sku_, sku_.regular()), model_(std::move(model)), range_(range) {
  columns_ = {{StateColumnKind::day_of_cycle, static_cast<std::int64_t>(model_.cycle.days())},
              {StateColumnKind::inventory_position}};
}

void PositionProcess::start(std::span<Units> state) const {
  state[0] = 0;
  state[1] = static_cast<Units>(sku_.initial_on_hand + sku_.initial_on_order);
}

void PositionProcess::choices(std::span<const Units> state, std::vector<Units>& orders) const {
  if (!model_.cycle.may_order[static_cast<std::size_t>(state[0])]) return orders.push_back(0);
  terms_.append_orders(range_.lowest - state[1], range_.highest - state[1], orders);
}

double PositionProcess::order(std::span<const Units> state, std::span<const Units> orders,
                              std::span<Units> post) const {
  post[0] = state[0];
  post[1] = state[1] + orders[0];
  return terms_.cost_of(orders[0]);
}

double PositionProcess::cost_of(std::size_t day, Units position) const {
  if (!model_.counts_stock_before)
    return day_cost_of_position(sku_.rates, position, model_.before[day], model_.until[day]);
  const CostRates& rates = sku_.rates;
  const Masses& stock = model_.before[day];
  const double waiting = expected_backlog(position, stock);
  return model_.stock_weight * (rates.holding_per_unit_time * expected_left(position, stock) +
                                rates.shortage_per_unit_time * waiting) +
         rates.shortage_per_unit * (expected_backlog(position, model_.until[day]) - waiting);
}

double PositionProcess::follow(std::span<const Units> post, Outcomes& outcomes) const {
  const auto day = static_cast<std::size_t>(post[0]);
  const Masses& demand = model_.cycle.demand[day];
  for (std::size_t d = 0; d < demand.size(); ++d) {
    if (demand[d] <= 0) continue;
    const std::span<Units> next = outcomes.add(demand[d]);
    next[0] = static_cast<Units>((day + 1) % model_.cycle.days());
    next[1] = post[1] - static_cast<Units>(d);
    if (next[1] >= range_.floor) continue;
    was_cut_ = true;
    next[1] = range_.floor;
  }
  return std::pow(model_.discount, terms_.lead_time()) * cost_of(day, post[1]);
}

/// What comes before the first order does: stock, and what is on order at the start, against demand.
double PositionProcess::cost_before() const {
  if (model_.discount == 1) return 0;
  double cost = 0;
  Masses demand{1.0};
  auto stock = static_cast<Units>(sku_.initial_on_hand);
  for (Units day = 0; day < terms_.lead_time(); ++day) {
    const auto place = static_cast<std::size_t>(day);
    if (day > 0 && place <= sku_.initial_pipeline.size())
      stock += static_cast<Units>(sku_.initial_pipeline[place - 1]);
    const Masses until = sum_of(demand, model_.cycle.demand[place % model_.cycle.days()]);
    cost += std::pow(model_.discount, day) * day_cost_of_position(sku_.rates, stock, demand, until);
    demand = until;
  }
  return cost;
}

void PositionProcess::show(std::span<const Units> state, DecisionRows& rows) const {
  rows.add(0, state[0]);
  rows.set_stock(std::max(state[1], 0), std::max(-state[1], 0));
}

void PositionProcess::make_legal(std::span<const Units> state, std::span<Units> orders) const {
  orders[0] = model_.cycle.may_order[static_cast<std::size_t>(state[0])] ? terms_.legal(orders[0]) : 0;
}

void PositionProcess::clamp(std::span<Units> state) const {
  state[1] = std::clamp(state[1], range_.floor, range_.highest);
}

}  // namespace restock::exact
