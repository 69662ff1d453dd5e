#include "env/core/laws/binomial.h"

namespace restock {

namespace {

/// base^exponent by squaring.
double power(double base, std::int64_t exponent) noexcept {
  double result = 1;
  for (; exponent > 0; exponent /= 2, base *= base)
    if (exponent % 2 == 1) result *= base;
  return result;
}

}  // namespace

std::int64_t binomial_quantile(std::int64_t n, double p, double u) noexcept {
  if (p > 0.5) return n - binomial_quantile(n, 1 - p, 1 - u);  // those that fail, so that (1 − p)^n is large
  const double odds = p / (1 - p);
  double mass = power(1 - p, n);
  double share = mass;
  std::int64_t k = 0;
  while (share < u && k < n) {
    mass *= odds * static_cast<double>(n - k) / static_cast<double>(k + 1);
    share += mass;
    ++k;
  }
  return k;
}

}  // namespace restock
