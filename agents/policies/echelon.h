// Who stands where in a network of stocking points, and closed forms for their echelon levels.
//
// The echelon of a stocking point is itself and all that it delivers to, directly or not. Its echelon
// inventory position is the sum of the local positions (on hand + on order − backlog) in it: what a point
// downstream waits for is on order there and in the backlog upstream, and so counts once or not at all, as it
// should (Clark and Scarf 1960).
#pragma once

#include <cstdint>
#include <vector>

#include "agents/policies/planning.h"

namespace restock::policies {

class Echelons {
 public:
  explicit Echelons(const WarehouseModel& warehouse);

  /// SKUs of the echelon of a SKU, itself first.
  const std::vector<std::int32_t>& members(std::size_t sku) const noexcept { return members_[sku]; }
  /// Who delivers to a SKU; −1: a supplier outside.
  std::int32_t upstream(std::size_t sku) const noexcept { return upstream_[sku]; }
  /// Whether all SKUs may order in the same instants.
  bool decide_together() const noexcept { return decide_together_; }

 private:
  std::vector<std::vector<std::int32_t>> members_;
  std::vector<std::int32_t> upstream_;
  bool decide_together_ = false;
};

/// Newsvendor bounds on the optimal echelon level of a stage (Shang and Song 2003, Management Science 49(5),
/// theorem 1), and their mean, rounded down: with the local holding rates h' of customers' stage 1, of this
/// stage j and of the next one upstream, F the law of demand over all lead times from stage j down (and, with
/// periodic review, a review period),
///     F⁻¹((b + h'ⱼ₊₁) / (b + h'₁)) ≤ S*ⱼ ≤ F⁻¹((b + h'ⱼ₊₁) / (b + h'ⱼ)).
/// Proven for serial systems with backlog; in a tree, demand is summed over all ways down.
struct EchelonBounds {
  Quantity lower = 0;
  Quantity upper = 0;

  Quantity mean() const noexcept { return (lower + upper) / 2; }
};
EchelonBounds echelon_bounds(const DecisionModel& model, const Echelons& echelons, std::size_t sku);

}  // namespace restock::policies
