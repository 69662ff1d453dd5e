// Lot sizes for known demand: when to order and how much, period by period, at the least total of set-ups,
// purchases and holding (Wagner and Whitin 1958, Management Science 5(1), by dynamic programming), or nearly
// so (Silver and Meal 1973, Production and Inventory Management 14(2): a lot covers periods as long as its
// cost a period falls).
//
// What is ordered in a period can serve that period; holding is paid for what is left at its end. Demand,
// like quantities, is real.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace restock::policies {

struct LotCosts {
  double set_up = 0;            ///< of a period with an order
  double holding_per_unit = 0;  ///< of a unit at the end of a period
};

struct LotPlan {
  std::vector<double> orders;  ///< by period
  double cost = 0;
};

/// Room that planning needs again and again.
struct LotWorkspace {
  std::vector<double> least;       ///< cost of the periods before each
  std::vector<std::size_t> first;  ///< the period whose order serves the one before
};

/// `price`, where given, is the purchase price of a unit by period.
LotPlan wagner_whitin(std::span<const double> demand, LotCosts costs, std::span<const double> price = {});
LotPlan silver_meal(std::span<const double> demand, LotCosts costs);

/// How many periods the first order of a plan covers, the first of which has demand.
std::size_t first_lot_of_wagner_whitin(std::span<const double> demand, LotCosts costs, LotWorkspace& work);
std::size_t first_lot_of_silver_meal(std::span<const double> demand, LotCosts costs, LotWorkspace& work);

}  // namespace restock::policies
