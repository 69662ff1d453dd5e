// Bounds and "not set" of what a user writes about a warehouse.
#pragma once

#include <cmath>
#include <limits>

#include "env/core/quantity.h"

namespace restock {

inline constexpr double kNotSet = std::numeric_limits<double>::quiet_NaN();
inline constexpr double kMaximumUnits = static_cast<double>(kMaximumQuantity);
inline constexpr double kMaximumMoney = 1e12;

inline bool is_set(double value) {
  return !std::isnan(value);
}

}  // namespace restock
