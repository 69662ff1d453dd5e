#include "agents/policies/masses.h"

#include <algorithm>

#include "env/core/check.h"

namespace restock::policies {

namespace {

constexpr double kTail = 1e-12;

}  // namespace

Masses masses_of(const QuantileTable& table) {
  RESTOCK_CHECK(table.minimum() >= 0, "a law of demand from {}", table.minimum());
  Masses masses(static_cast<std::size_t>(table.minimum()), 0.0);
  double beyond = 1;
  for (std::size_t k = 0; k < table.thresholds().size() && beyond >= kTail; ++k) {
    masses.push_back(table.mass(k));
    beyond -= masses.back();
  }
  masses.back() += beyond;
  return masses;
}

void serve_day(const Masses& stock, const Masses& demand, Masses& after) {
  after.assign(stock.size(), 0.0);
  for (std::size_t k = 0; k < stock.size(); ++k) {
    const double here = stock[k];
    if (here <= 0) continue;
    double left = here;
    const std::size_t most = std::min(k, demand.size());
    for (std::size_t d = 0; d < most; ++d) {
      after[k - d] += here * demand[d];
      left -= here * demand[d];
    }
    after[0] += std::max(0.0, left);
  }
}

void receive(Masses& stock, std::int64_t quantity) {
  stock.insert(stock.begin(), static_cast<std::size_t>(quantity), 0.0);
}

}  // namespace restock::policies
