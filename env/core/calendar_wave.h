// The cosine of the yearly cycle, from additions and multiplications alone: the same bits with every C
// library.
#pragma once

#include <cmath>

namespace restock {

/// cos 2πx by its Taylor series on [−π, π], error below 1e-13. The sine is that of x − 1/4.
inline double cosine_of_turns(double x) {
  const double angle = (x - std::floor(x + 0.5)) * 6.283185307179586;
  const double square = angle * angle;
  double term = 1, sum = 1;
  for (int n = 1; n <= 14; ++n) {
    term *= -square / ((2 * n - 1) * (2.0 * n));
    sum += term;
  }
  return sum;
}

}  // namespace restock
