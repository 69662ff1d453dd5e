// A place that keeps stock, and what it does where it has less than other locations ask of it.
#pragma once

#include <string>

#include "env/core/description.h"

namespace restock {

/// Who gets what of a SKU where a location has less than is asked of it: who asked first; all in proportion
/// to what they asked for; or in the order of the scenario's SKUs.
enum class Allocation { first_come, proportional, priority };

struct LocationSpec {
  std::string id;
  Allocation allocation = Allocation::first_come;
};

std::span<const std::string_view> names_of(Allocation);
void describe(FieldVisitor& visitor, LocationSpec& location);

}  // namespace restock
