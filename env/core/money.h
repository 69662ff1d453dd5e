// Money that is no count times one rate is kept in whole millionths: sums and differences of it are exact.
// What does not fit (nine million millions) is refused instead of wrapping around.
#pragma once

#include <cmath>
#include <cstdint>

#include "env/core/error.h"
#include "env/core/quantity.h"

namespace restock {

using Micros = std::int64_t;

inline constexpr double kMicrosPerMoney = 1e6;

[[noreturn]] inline void money_overflows() {
  throw InputError(
      "costs exceed 9e12 in all, expected smaller prices or quantities, or a larger unit of money");
}

/// The nearest whole number of millionths. Throws InputError where there are too many.
inline Micros to_micros(double money) {
  if (!(std::abs(money) < 9e12)) money_overflows();
  return std::llround(money * kMicrosPerMoney);
}

inline double money_of(Micros micros) noexcept {
  return static_cast<double>(micros) / kMicrosPerMoney;
}

/// Throws InputError where the product does not fit.
inline Micros times(Micros rate, std::int64_t count) {
  Micros product = 0;
  if (__builtin_mul_overflow(rate, count, &product)) [[unlikely]]
    money_overflows();
  return product;
}

/// total += amount. Throws InputError where the sum does not fit.
inline void add_money(Micros& total, Micros amount) {
  if (__builtin_add_overflow(total, amount, &total)) [[unlikely]]
    money_overflows();
}

}  // namespace restock
