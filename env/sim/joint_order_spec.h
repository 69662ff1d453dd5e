// What couples the SKUs that are ordered from one supplier at one instant: a set-up that is paid once, a
// value that an order must reach, a size that it may not pass, trucks. See order_projection.h for what is
// done to orders that do not fit.
#pragma once

#include <cstdint>

#include "env/core/description.h"

namespace restock {

/// To which feasible total an order is brought: the next one up, down, or the nearer of the two.
enum class Rounding { up, down, nearest };
/// Whose quantities change: all in proportion, or one unit after the other, where days of cover are fewest
/// (most, where units are taken away), or in the order of the scenario's SKUs.
enum class Sharing { cover, proportional, priority };

struct JointOrderSpec {
  double set_up_cost = 0;
  double minimum_value = 0;
  std::int64_t maximum_units = 0;  ///< 0: no limit
  std::int64_t truck_units = 0;    ///< 0: no trucks
  double cost_per_truck = 0;
  bool full_trucks_only = false;
  Rounding rounding = Rounding::up;
  Sharing sharing = Sharing::cover;

  /// Whether an order may have to be changed.
  bool constrains() const noexcept { return minimum_value > 0 || maximum_units > 0 || full_trucks_only; }
  /// Whether an order costs something that its SKUs share.
  bool costs() const noexcept { return set_up_cost > 0 || (truck_units > 0 && cost_per_truck > 0); }
};

std::span<const std::string_view> names_of(Rounding);
std::span<const std::string_view> names_of(Sharing);
void describe(FieldVisitor& visitor, JointOrderSpec& joint);

}  // namespace restock
