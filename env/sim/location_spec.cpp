#include "env/sim/location_spec.h"

#include <array>

namespace restock {

std::span<const std::string_view> names_of(Allocation) {
  static constexpr std::array<std::string_view, 3> names{"first_come", "proportional", "priority"};
  return names;
}

void describe(FieldVisitor& visitor, LocationSpec& location) {
  describe_choice(visitor, "allocation", location.allocation,
                  {.meaning = "of stock that does not suffice for what other locations ask: first_come; "
                              "proportional to what they ask; priority, in the order of the SKUs"});
}

}  // namespace restock
