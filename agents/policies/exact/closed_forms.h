// Optima that need no chain: economic order quantities, the newsvendor, lot sizes for known demand.
// Quantities are real numbers; costs are per unit of the time in which rates are given. Snyder and Shen 2019,
// "Fundamentals of Supply Chain Theory": sections 3.2, 3.5, 3.7 and 4.3.
#pragma once

#include <vector>

namespace restock::exact {

struct LotSize {
  double quantity = 0;
  double backlog_share = 0;  ///< of an order, that serves demand which has waited
  double cost = 0;
};
/// Harris 1913.
LotSize economic_order_quantity(double fixed, double holding, double demand);
/// The same where demand may wait at `backlog` a unit and time.
LotSize economic_order_quantity(double fixed, double holding, double demand, double backlog);

struct BaseStockLevel {
  double level = 0;
  double cost = 0;  ///< a period
};
/// Normal demand of so many independent periods, the lead time and the review together; costs of one period.
BaseStockLevel normal_base_stock(double mean, double deviation, double periods, double holding,
                                 double shortage);

struct LotPlan {
  double cost = 0;
  std::vector<double> orders;  ///< by period
};
/// Wagner and Whitin 1958: known demand, nothing waits; holding for what is left at the end of a period.
/// `unit_cost` by period, or empty.
LotPlan best_lots(const std::vector<double>& demand, double fixed, double holding,
                  const std::vector<double>& unit_cost = {});

}  // namespace restock::exact
