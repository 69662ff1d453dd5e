#include "agents/policies/expected_waste.h"

#include <algorithm>

namespace restock::policies {

namespace {

/// Takes up to `units` and returns what was not there.
template <class Iterator>
double take(Iterator first, Iterator last, double units) {
  for (; first != last && units > 0; ++first) {
    const double taken = std::min(*first, units);
    *first -= taken;
    units -= taken;
  }
  return units;
}

}  // namespace

double expected_waste(WasteOutlook& outlook, double demand_per_day, double fifo_share) {
  std::vector<double>& stock = outlook.by_life;
  double waste = 0;
  for (const double received : outlook.receipts) {
    stock.back() += received;
    const double unserved = take(stock.begin(), stock.end(), fifo_share * demand_per_day);
    take(stock.rbegin(), stock.rend(), (1 - fifo_share) * demand_per_day + unserved);
    waste += stock.front();
    std::rotate(stock.begin(), stock.begin() + 1, stock.end());
    stock.back() = 0;
  }
  return waste;
}

}  // namespace restock::policies
