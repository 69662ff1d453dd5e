#include "tools/bench/plain_lost_sales.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "agents/policies/exact/masses.h"

namespace restock::bench {

PlainLostSales::PlainLostSales(std::vector<double> demand, std::size_t lead_time, double shortage)
    : demand_(std::move(demand)), tail_(exact::tails_of(demand_)), lead_time_(lead_time) {
  const double ratio = shortage / (shortage + 1);
  for (std::size_t k = 1; k <= lead_time + 1; ++k)
    most_.push_back(static_cast<int>(exact::quantile(exact::sum_of(demand_, k), ratio)));
  position_ = most_.back();
  for (int x = 0; x <= position_; ++x)
    cost_.push_back(exact::expected_left(x, demand_) + shortage * exact::expected_short(x, demand_));
  demand_.resize(static_cast<std::size_t>(position_) + 1);
  tail_.resize(static_cast<std::size_t>(position_) + 2);
  std::vector<int> orders;
  row_at_.assign(static_cast<std::size_t>(std::pow(most_[0] + 1, static_cast<double>(lead_time - 1))), 0);
  add_rows(orders);
  value_.assign(states_, 0);
  next_.assign(states_, 0);
  ahead_.assign(static_cast<std::size_t>(position_) + 1, 0);
}

/// Any orders in a row keep to the bound of their number.
bool PlainLostSales::fits(const std::vector<int>& orders) const {
  int sum = 0;
  for (std::size_t k = 0; k < orders.size(); ++k) {
    sum += orders[orders.size() - 1 - k];
    if (sum > most_[k]) return false;
  }
  return true;
}

void PlainLostSales::add_rows(std::vector<int>& orders) {
  if (orders.size() < lead_time_ - 1) {
    for (int order = 0; order <= most_[0]; ++order) {
      orders.push_back(order);
      if (fits(orders)) add_rows(orders);
      orders.pop_back();
    }
    return;
  }
  const int levels = position_ - std::accumulate(orders.begin(), orders.end(), 0);
  if (levels < 0) return;
  if (!orders.empty()) row_at_[place(orders, 0, -1)] = rows_.size();
  rows_.push_back({orders, states_, levels});
  states_ += static_cast<std::size_t>(levels) + 1;
  for (int order = 0; order <= std::min(most_[0], levels); ++order) {
    orders.push_back(order);
    if (fits(orders)) state_actions_ += static_cast<std::uint64_t>(levels - order + 1);
    orders.pop_back();
  }
}

/// Leaves out the first `skip` orders and adds `last`, where it is not negative.
std::size_t PlainLostSales::place(const std::vector<int>& orders, std::size_t skip, int last) const {
  std::size_t index = 0;
  for (std::size_t i = skip; i < orders.size(); ++i)
    index = index * static_cast<std::size_t>(most_[0] + 1) + static_cast<std::size_t>(orders[i]);
  return last < 0 ? index : index * static_cast<std::size_t>(most_[0] + 1) + static_cast<std::size_t>(last);
}

void PlainLostSales::sweep_row(const Row& row) {
  double* const best = next_.data() + row.first;
  std::fill_n(best, row.levels + 1, std::numeric_limits<double>::infinity());
  std::vector<int> orders = row.orders;
  const bool is_next = orders.empty();
  for (int order = 0; order <= std::min(most_[0], row.levels); ++order) {
    orders.push_back(order);
    const bool is_allowed = fits(orders);
    orders.pop_back();
    if (!is_allowed) break;
    const double* const value = value_.data() +
                                (is_next ? 0 : rows_[row_at_[place(row.orders, 1, order)]].first) +
                                (is_next ? order : row.orders.front());
    const int levels = row.levels - order;
    double* const ahead = ahead_.data();
    for (int x = 0; x <= levels; ++x) ahead[x] = tail_[static_cast<std::size_t>(x)] * value[0];
    for (int d = 0; d < levels; ++d) {
      const double p = demand_[static_cast<std::size_t>(d)];
      for (int x = d + 1; x <= levels; ++x) ahead[x] += p * value[x - d];
    }
    for (int x = 0; x <= levels; ++x) best[x] = std::min(best[x], ahead[x]);
  }
  for (int x = 0; x <= row.levels; ++x) best[x] += cost_[static_cast<std::size_t>(x)];
}

double PlainLostSales::solve(double tolerance) {
  for (;;) {
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const Row& row : rows_) sweep_row(row);
    for (std::size_t i = 0; i < states_; ++i) {
      low = std::min(low, next_[i] - value_[i]);
      high = std::max(high, next_[i] - value_[i]);
    }
    value_.swap(next_);
    ++sweeps_;
    if (high - low <= tolerance * std::max(1.0, low)) return low + (high - low) / 2;
  }
}

}  // namespace restock::bench
