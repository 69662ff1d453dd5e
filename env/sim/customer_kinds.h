// Customers of two kinds (issuing: by_customer): some take the oldest units on the shelf, the others the
// freshest. Each kind has a demand of its own, independent of the other's on a day that has any (Haijema and
// Minner 2019, International Journal of Production Economics 209).
//
// A day's demand is drawn as one total, by the law of the sum O + F; of its d units those who take the
// freshest ask for f with probability P(F = f) · P(O = d − f) / P(O + F = d). So it does not matter what has
// given the total: a law, a factor shared with other SKUs, or a history.
#pragma once

#include <vector>

#include "env/core/laws/table.h"
#include "env/core/quantity.h"

namespace restock {

class CustomerKinds {
 public:
  /// The demands of a day that has any, which it has with this probability. Throws InputError where their sum
  /// would take too long to work out.
  CustomerKinds(const QuantileTable& oldest, const QuantileTable& freshest, double probability);

  /// The law of both together.
  QuantileTable total() const;
  /// Of so many units asked for in a day, how many are to be the freshest; 0 < u < 1. A total that the laws
  /// cannot give (of a history) is divided as their means are.
  Quantity freshest_of(Quantity total, double u) const noexcept;
  /// The mean demand for the oldest as a share of all; 1 where there is none at all.
  double share_of_oldest() const noexcept { return share_of_oldest_; }

  Quantity most_oldest() const noexcept { return static_cast<Quantity>(oldest_.size()) - 1; }
  Quantity most_freshest() const noexcept { return static_cast<Quantity>(freshest_.size()) - 1; }
  /// P(O = oldest, F = freshest), each from 0 to the most that can be.
  double mass(Quantity oldest, Quantity freshest) const noexcept {
    const double of_demand =
        oldest_[static_cast<std::size_t>(oldest)] * freshest_[static_cast<std::size_t>(freshest)];
    return probability_ * of_demand + (oldest + freshest == 0 ? 1 - probability_ : 0.0);
  }

 private:
  std::vector<double> oldest_;  ///< from 0 on
  std::vector<double> freshest_;
  double probability_;
  double share_of_oldest_ = 1;
};

}  // namespace restock
