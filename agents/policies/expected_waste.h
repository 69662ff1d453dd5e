// How much of the stock expires if every day's demand is the same.
#pragma once

#include <vector>

namespace restock::policies {

/// Stock by remaining life (element r expires at the close of the day r days from today) and what is received
/// on the mornings of today and the days after, fresh. Both are used up by the calculation.
struct WasteOutlook {
  std::vector<double> by_life;
  std::vector<double> receipts;  ///< as many days as are looked at; today's is what arrives beside by_life
};

/// Expires within the days of `receipts`. A share of each day's demand takes the oldest units, the rest the
/// freshest.
double expected_waste(WasteOutlook& outlook, double demand_per_day, double fifo_share);

}  // namespace restock::policies
