// Sampling of whole numbers by inversion: one 64-bit draw, integer thresholds, no floating point in the draw.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "env/core/laws/law.h"

namespace restock {

/// The law of a whole number as a table of thresholds. Value first + k is drawn where threshold(k − 1) < bits
/// <= threshold(k), with threshold(k) = 2^64 · P(X <= first + k) − 1. A guide of 256 entries finds the place
/// in about one step. Tails with less than 2^-50 are cut; at most kMaximumLawValues values, otherwise
/// InputError.
class QuantileTable {
 public:
  /// Continuous laws round half up: P(K = k) = F(k + 1/2) − F(k − 1/2). Used for quantities.
  static QuantileTable rounded_half_up(const Law& law);
  /// P(K <= k) = F(k). Used for lead times in whole days.
  static QuantileTable rounded_up(const Law& law);
  /// The value k0 + k with probability proportional to weights[k] (at least one positive).
  static QuantileTable from_weights(std::int64_t first, const std::vector<double>& weights);

  std::int64_t sample(std::uint64_t bits) const noexcept {
    std::size_t k = guide_[bits >> 56];
    const std::size_t far = k + kSteps;
    while (bits > thresholds_[k]) {
      if (++k == far) [[unlikely]]
        return far_sample(bits, k);
    }
    return first_ + static_cast<std::int64_t>(k);
  }
  std::int64_t minimum() const noexcept { return first_; }
  /// The largest value that can be drawn; beyond it lies less than 2^-50 of the law.
  std::int64_t maximum() const noexcept { return first_ + static_cast<std::int64_t>(thresholds_.size()) - 1; }
  double mean() const noexcept { return mean_; }
  /// P(X = minimum + index), for index in [0, maximum − minimum].
  double mass(std::size_t index) const noexcept;
  /// For kernels that keep tables of their own; the last threshold is 2^64 − 1.
  std::span<const std::uint64_t> thresholds() const noexcept { return thresholds_; }
  /// Element g is the smallest k with threshold(k) >= g · 2^56.
  std::span<const std::uint32_t, 256> guide() const noexcept { return guide_; }

 private:
  /// So many steps are taken one by one before bisection takes over.
  static constexpr std::size_t kSteps = 16;
  /// cdf[k] = P(X <= first + k), the last one close enough to 1.
  QuantileTable(std::int64_t first, const std::vector<double>& cdf);
  std::int64_t far_sample(std::uint64_t bits, std::size_t from) const noexcept;
  std::int64_t first_ = 0;
  double mean_ = 0;
  std::vector<std::uint64_t> thresholds_;  ///< the last one is 2^64 − 1 and is never passed
  std::array<std::uint32_t, 256> guide_{};
};

}  // namespace restock
