#include "agents/policies/lot_sizing.h"

#include <limits>

namespace restock::policies {

namespace {

/// Fills `work` for all prefixes of the horizon; O(T²).
void plan(std::span<const double> demand, LotCosts costs, std::span<const double> price, LotWorkspace& work) {
  const std::size_t periods = demand.size();
  work.least.assign(periods + 1, std::numeric_limits<double>::infinity());
  work.first.assign(periods + 1, 0);
  work.least[0] = 0;
  for (std::size_t from = 0; from < periods; ++from) {
    if (demand[from] <= 0 && work.least[from] < work.least[from + 1]) {  // nothing to order for it
      work.least[from + 1] = work.least[from];
      work.first[from + 1] = work.first[from];
    }
    double lot = work.least[from] + costs.set_up;
    for (std::size_t to = from; to < periods; ++to) {
      const double unit = price.empty() ? 0.0 : price[from];
      lot += demand[to] * (unit + costs.holding_per_unit * static_cast<double>(to - from));
      if (lot >= work.least[to + 1]) continue;
      work.least[to + 1] = lot;
      work.first[to + 1] = from;
    }
  }
}

double sum_of(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum;
}

}  // namespace

LotPlan wagner_whitin(std::span<const double> demand, LotCosts costs, std::span<const double> price) {
  LotWorkspace work;
  plan(demand, costs, price, work);
  LotPlan result{std::vector<double>(demand.size(), 0.0), work.least.back()};
  for (std::size_t end = demand.size(); end > 0;) {
    while (end > 0 && demand[end - 1] <= 0) --end;  // served by nobody
    if (end == 0) break;
    const std::size_t from = work.first[end];
    result.orders[from] = sum_of(demand.subspan(from, end - from));
    end = from;
  }
  return result;
}

LotPlan silver_meal(std::span<const double> demand, LotCosts costs) {
  LotWorkspace work;
  LotPlan result{std::vector<double>(demand.size(), 0.0), 0};
  for (std::size_t from = 0; from < demand.size();) {
    if (demand[from] <= 0) {
      ++from;
      continue;
    }
    const std::size_t periods = first_lot_of_silver_meal(demand.subspan(from), costs, work);
    result.cost += costs.set_up;
    for (std::size_t i = 0; i < periods; ++i)
      result.cost += costs.holding_per_unit * static_cast<double>(i) * demand[from + i];
    result.orders[from] = sum_of(demand.subspan(from, periods));
    from += periods;
  }
  return result;
}

std::size_t first_lot_of_wagner_whitin(std::span<const double> demand, LotCosts costs, LotWorkspace& work) {
  plan(demand, costs, {}, work);
  std::size_t end = demand.size();
  while (end > 0) {
    while (end > 0 && demand[end - 1] <= 0) --end;
    if (end == 0 || work.first[end] == 0) break;
    end = work.first[end];
  }
  return end;
}

std::size_t first_lot_of_silver_meal(std::span<const double> demand, LotCosts costs, LotWorkspace&) {
  double total = costs.set_up;
  double a_period = total;
  for (std::size_t more = 1; more < demand.size(); ++more) {
    total += costs.holding_per_unit * static_cast<double>(more) * demand[more];
    const double longer = total / static_cast<double>(more + 1);
    if (longer > a_period) return more;
    a_period = longer;
  }
  return demand.size();
}

}  // namespace restock::policies
