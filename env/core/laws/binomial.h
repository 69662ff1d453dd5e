// How many of n succeed, each with probability p, by inversion of one uniform (Johnson, Kemp and Kotz 2005,
// "Univariate Discrete Distributions", equation 3.1, unrolled from 0 by the ratio of neighbours).
#pragma once

#include <cstdint>

namespace restock {

/// More are drawn in parts, each with a uniform of its own: up to here no mass can underflow.
inline constexpr std::int64_t kMostInOneBinomialDraw = 512;

/// The smallest k with P(K <= k) >= u, for 0 <= n <= kMostInOneBinomialDraw, 0 <= p <= 1 and 0 < u < 1.
std::int64_t binomial_quantile(std::int64_t n, double p, double u) noexcept;

}  // namespace restock
