#include "agents/policies/exact/closed_forms.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "env/core/check.h"
#include "env/core/laws/portable_math.h"

namespace restock::exact {

LotSize economic_order_quantity(double fixed, double holding, double demand) {
  return {std::sqrt(2 * fixed * demand / holding), 0, std::sqrt(2 * fixed * demand * holding)};
}

LotSize economic_order_quantity(double fixed, double holding, double demand, double backlog) {
  const double both = holding + backlog;
  return {std::sqrt(2 * fixed * demand * both / (holding * backlog)), holding / both,
          std::sqrt(2 * fixed * demand * holding * backlog / both)};
}

BaseStockLevel normal_base_stock(double mean, double deviation, double periods, double holding,
                                 double shortage) {
  constexpr double kInverseRootTwoPi = 0.39894228040143267794;
  const double z = portable::normal_quantile(shortage / (shortage + holding));
  const double over_periods = deviation * std::sqrt(periods);
  return {mean * periods + z * over_periods,
          (holding + shortage) * over_periods * kInverseRootTwoPi * portable::exp(-0.5 * z * z)};
}

LotPlan best_lots(const std::vector<double>& demand, double fixed, double holding,
                  const std::vector<double>& unit_cost) {
  const std::size_t periods = demand.size();
  RESTOCK_CHECK(unit_cost.empty() || unit_cost.size() == periods, "{} prices for {} periods",
                unit_cost.size(), periods);
  std::vector<double> cost(periods + 1, std::numeric_limits<double>::infinity());  // from a period to the end
  std::vector<std::size_t> until(periods, periods);
  cost[periods] = 0;
  for (std::size_t first = periods; first-- > 0;) {
    const double price = unit_cost.empty() ? 0 : unit_cost[first];
    double lot = fixed;
    for (std::size_t last = first; last < periods; ++last) {
      lot += demand[last] * (price + holding * static_cast<double>(last - first));
      if (lot + cost[last + 1] >= cost[first]) continue;
      cost[first] = lot + cost[last + 1];
      until[first] = last + 1;
    }
  }
  LotPlan plan{cost[0], std::vector<double>(periods, 0.0)};
  for (std::size_t first = 0; first < periods; first = until[first])
    for (std::size_t period = first; period < until[first]; ++period) plan.orders[first] += demand[period];
  return plan;
}

}  // namespace restock::exact
