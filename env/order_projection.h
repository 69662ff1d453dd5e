// Makes the orders of one decision fit what they share: full trucks, the minimum value and the largest size
// of an order from one supplier (JointOrderSpec). What a policy wants is changed by as little as reaches a
// total that fits, upwards or downwards as the supplier's `rounding` says, and whose quantity changes is
// decided by its `sharing`. Every change is counted in the ledger (`adjusted`) and told to the observer.
//
// Where packs, minima and maxima do not let the sharing rule reach the total, the orders that reach it with
// the least change are searched for; where there are none, the other direction is tried; where neither works,
// nothing is ordered from that supplier.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "env/sim/simulator.h"

namespace restock {

class OrderProjection {
 public:
  explicit OrderProjection(const WarehouseModel& warehouse);

  /// Whether any supplier has something to keep to.
  bool is_needed() const noexcept { return !suppliers_.empty(); }
  /// quantities[source · skus.size() + i] of skus[i], legal for each alone (0 where a source is closed);
  /// brings them to what fits together.
  void apply(const Simulator& simulator, std::span<const std::int32_t> skus, std::span<Quantity> quantities);

 private:
  /// One SKU that may be ordered from the supplier now.
  struct Line {
    std::size_t place = 0;  ///< in quantities
    const SourceModel* terms = nullptr;
    double mean_demand_per_day = 0;
    Quantity position = 0;  ///< before the order
    Quantity wanted = 0;
    Quantity quantity = 0;

    Quantity step_up(Quantity most) const noexcept;
    Quantity step_down(Quantity most) const noexcept;
    Quantity near(int packs) const noexcept;
  };
  void gather(const Simulator& simulator, std::int32_t supplier, std::span<const std::int32_t> skus,
              std::span<const Quantity> quantities);
  void fit(const JointOrderSpec& joint);
  bool reach(const JointOrderSpec& joint, Quantity total);
  bool share(const JointOrderSpec& joint, Quantity total);
  bool search(Quantity total);
  bool reach_value(const JointOrderSpec& joint);
  Line* next_line(const JointOrderSpec& joint, Quantity missing, double ratio);
  Quantity total() const noexcept;
  double value() const noexcept;
  void restore_wishes() noexcept;
  void cancel() noexcept;

  std::vector<std::int32_t> suppliers_;  ///< those that constrain
  std::vector<Line> lines_;
};

}  // namespace restock
