// Money that is no count times one rate is kept in whole millionths: sums and differences of it are exact.
#pragma once

#include <cmath>
#include <cstdint>

namespace restock {

using Micros = std::int64_t;

inline constexpr double kMicrosPerMoney = 1e6;

/// The nearest whole number of millionths.
inline Micros to_micros(double money) noexcept {
  return std::llround(money * kMicrosPerMoney);
}

inline double money_of(Micros micros) noexcept {
  return static_cast<double>(micros) / kMicrosPerMoney;
}

}  // namespace restock
