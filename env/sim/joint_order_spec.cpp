#include "env/sim/joint_order_spec.h"

#include <fmt/format.h>

#include <array>

#include "env/sim/spec_bounds.h"

namespace restock {

namespace {

void check_trucks(FieldVisitor& visitor, const JointOrderSpec& joint) {
  if (joint.truck_units == 0 && joint.cost_per_truck > 0)
    visitor.problem("cost_per_truck", "has no meaning without truck_units");
  if (joint.truck_units == 0 && joint.full_trucks_only)
    visitor.problem("full_trucks_only", "has no meaning without truck_units");
  if (joint.full_trucks_only && joint.maximum_units > 0 && joint.maximum_units < joint.truck_units)
    visitor.problem("maximum_units", fmt::format("{}, expected at least the {} units of a full truck",
                                                 joint.maximum_units, joint.truck_units));
}

}  // namespace

std::span<const std::string_view> names_of(Rounding) {
  static constexpr std::array<std::string_view, 3> names{"up", "down", "nearest"};
  return names;
}
std::span<const std::string_view> names_of(Sharing) {
  static constexpr std::array<std::string_view, 3> names{"cover", "proportional", "priority"};
  return names;
}

void describe(FieldVisitor& visitor, JointOrderSpec& joint) {
  visitor.field("set_up_cost", joint.set_up_cost,
                {.meaning = "charged once for all SKUs that are ordered from it at one instant",
                 .unit = "money",
                 .minimum = 0,
                 .maximum = kMaximumMoney});
  visitor.field("minimum_value", joint.minimum_value,
                {.meaning = "purchase value that all SKUs ordered at one instant reach together",
                 .unit = "money",
                 .minimum = 0,
                 .maximum = kMaximumMoney});
  visitor.field("maximum_units", joint.maximum_units,
                {.meaning = "units that all SKUs ordered at one instant may have together; 0: no limit",
                 .unit = "units",
                 .minimum = 0,
                 .maximum = kMaximumUnits});
  visitor.field("truck_units", joint.truck_units,
                {.meaning = "units that a truck holds; 0: no trucks",
                 .unit = "units",
                 .minimum = 0,
                 .maximum = kMaximumUnits});
  visitor.field("cost_per_truck", joint.cost_per_truck,
                {.meaning = "charged for each truck that an order needs",
                 .unit = "money",
                 .minimum = 0,
                 .maximum = kMaximumMoney});
  visitor.field("full_trucks_only", joint.full_trucks_only,
                {.meaning = "only multiples of truck_units are delivered, all SKUs together"});
  describe_choice(
      visitor, "rounding", joint.rounding,
      {.meaning = "where an order does not fit minimum_value or full_trucks_only: up fills it, down "
                  "cuts it (below the smallest that fits, to nothing), nearest does the smaller"});
  describe_choice(
      visitor, "sharing", joint.sharing,
      {.meaning = "whose quantity changes then: cover, pack by pack where days of cover are fewest "
                  "(most, for cuts); proportional, all by one factor; priority, in the order of "
                  "the SKUs (the last first, for cuts)"});
  check_trucks(visitor, joint);
}

}  // namespace restock
