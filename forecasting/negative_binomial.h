// The negative binomial law by mean m and dispersion a: variance m + a·m², a = 0 being Poisson's law. The
// usual model of daily demand counts (Salinas, Flunkert, Gasthaus and Januschowski 2020, IJF 36(3),
// section 3.1).
#pragma once

#include <cstdint>

namespace restock::forecasting {

struct NegativeBinomial {
  double mean = 0;        ///< at least 0
  double dispersion = 0;  ///< at least 0

  double variance() const noexcept { return mean * (1 + dispersion * mean); }
  /// P(Y <= k); 0 for k < 0. Costs k steps.
  double cdf(std::int64_t k) const;
  /// The smallest k with P(Y <= k) >= u, 0 < u < 1: a sample where u is uniform. Costs about k steps; means
  /// whose P(Y = 0) is below 1e-280 go by the Wilson–Hilferty approximation of the gamma law with the same
  /// two moments.
  std::int64_t quantile(double u) const;
  /// A sample of Y given Y >= bound: what demand may have been on a day that ended with an empty shelf.
  std::int64_t quantile_from(double u, std::int64_t bound) const;
};

}  // namespace restock::forecasting
