// Judging counts against expected counts, as a z-value.
#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

namespace restock {

/// Pearson's χ² of counts against probabilities, turned into a standard normal value (Wilson and Hilferty
/// 1931). Neighbouring cells are merged until `least` counts are expected in each. 0 where only one cell
/// remains.
inline double chi_square_z(const std::vector<double>& counts, const std::vector<double>& probabilities,
                           double least = 20) {
  double total = 0;
  for (const double count : counts) total += count;
  std::vector<double> observed(1, 0.0);
  std::vector<double> expected(1, 0.0);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (expected.back() >= least) {
      observed.push_back(0);
      expected.push_back(0);
    }
    observed.back() += counts[i];
    expected.back() += total * probabilities[i];
  }
  if (expected.size() > 1 && expected.back() < least) {
    observed[observed.size() - 2] += observed.back();
    expected[expected.size() - 2] += expected.back();
    observed.pop_back();
    expected.pop_back();
  }
  if (expected.size() < 2) return 0;
  double statistic = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    statistic += (observed[i] - expected[i]) * (observed[i] - expected[i]) / expected[i];
  }
  const double freedom = static_cast<double>(expected.size() - 1);
  const double ninth = 2 / (9 * freedom);
  return (std::cbrt(statistic / freedom) - (1 - ninth)) / std::sqrt(ninth);
}

}  // namespace restock
