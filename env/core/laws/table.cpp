#include "env/core/laws/table.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "env/core/check.h"
#include "env/core/laws/atoms.h"
#include "env/core/quantity.h"

namespace restock {

namespace {

constexpr double kCutTail = 0x1p-51;  // on either side, so that less than 2^-50 lies beyond
constexpr std::uint64_t kNeverPassed = std::numeric_limits<std::uint64_t>::max();

/// 2^64 · share − 1, exact in integers: a double has 53 bits, so the product has no fraction from 2^-11
/// upwards.
std::uint64_t threshold(double share) {
  if (share >= 1) return kNeverPassed;
  const double scaled = std::floor(std::ldexp(share, 64));
  return scaled < 1 ? 0 : static_cast<std::uint64_t>(scaled) - 1;
}

enum class Rounding { half_up, up };

/// The distribution function of the rounded variable.
class Rounded {
 public:
  Rounded(const Law& law, Rounding rounding) : law_(law), rounding_(rounding) {}

  double operator()(std::int64_t k) const {
    const auto value = static_cast<double>(k);
    if (rounding_ == Rounding::up) return law_.cdf(value);
    return law_.cdf(std::nextafter(value + 0.5, 0.0));  // P(X < k + 1/2): a half itself is rounded up
  }

  /// The smallest k >= 0 with P(K <= k) >= share.
  std::int64_t smallest(double share) const {
    std::int64_t high = 1;
    while ((*this)(high) < share) {
      high *= 2;
      if (high > kMaximumQuantity) refuse_wide_law(law_.name(), law_.mean(), std::sqrt(law_.variance()));
    }
    std::int64_t low = -1;
    while (high - low > 1) {
      const std::int64_t middle = low + (high - low) / 2;
      ((*this)(middle) < share ? low : high) = middle;
    }
    return high;
  }

 private:
  const Law& law_;
  Rounding rounding_;
};

struct Shares {
  std::int64_t first;
  std::vector<double> cdf;
};

Shares shares_of(const Law& law, Rounding rounding) {
  const Rounded rounded(law, rounding);
  const std::int64_t first = rounded.smallest(kCutTail);
  const std::int64_t last = rounded.smallest(1 - kCutTail);
  if (last - first >= static_cast<std::int64_t>(kMaximumLawValues)) {
    refuse_wide_law(law.name(), law.mean(), std::sqrt(law.variance()));
  }
  std::vector<double> cdf;
  cdf.reserve(static_cast<std::size_t>(last - first) + 1);
  double largest = 0;
  for (std::int64_t k = first; k <= last; ++k) {
    largest = std::max(largest, rounded(k));  // rounding errors must not let it fall
    cdf.push_back(largest);
  }
  return {first, std::move(cdf)};
}

}  // namespace

QuantileTable::QuantileTable(std::int64_t first, const std::vector<double>& cdf) : first_(first) {
  RESTOCK_CHECK(!cdf.empty() && cdf.size() <= kMaximumLawValues, "a table of {} values", cdf.size());
  thresholds_.reserve(cdf.size());
  mean_ = static_cast<double>(first);
  for (std::size_t k = 0; k + 1 < cdf.size(); ++k) {
    thresholds_.push_back(threshold(cdf[k]));
    mean_ += 1 - cdf[k];
  }
  thresholds_.push_back(kNeverPassed);
  std::uint32_t k = 0;
  for (std::size_t g = 0; g < guide_.size(); ++g) {
    while (thresholds_[k] < std::uint64_t{g} << 56) ++k;
    guide_[g] = k;
  }
}

QuantileTable QuantileTable::rounded_half_up(const Law& law) {
  const Shares shares = shares_of(law, Rounding::half_up);
  return {shares.first, shares.cdf};
}

QuantileTable QuantileTable::rounded_up(const Law& law) {
  const Shares shares = shares_of(law, Rounding::up);
  return {shares.first, shares.cdf};
}

QuantileTable QuantileTable::from_weights(std::int64_t first, const std::vector<double>& weights) {
  const auto positive = [](double weight) { return weight > 0; };
  for (const double weight : weights)
    RESTOCK_CHECK(weight >= 0 && std::isfinite(weight), "weight {}", weight);
  const auto begin = std::find_if(weights.begin(), weights.end(), positive);
  RESTOCK_CHECK(begin != weights.end(), "none of {} weights is positive", weights.size());
  const auto end = std::find_if(weights.rbegin(), weights.rend(), positive).base();
  std::vector<double> cdf;
  double total = 0;
  for (auto weight = begin; weight != end; ++weight) cdf.push_back(total += *weight);
  for (double& share : cdf) share /= total;
  return {first + (begin - weights.begin()), cdf};
}

double QuantileTable::mass(std::size_t index) const noexcept {
  // the first value is drawn by bits 0, 1, …, thresholds_[0], each other one by those above the one before
  const double bits = index == 0 ? static_cast<double>(thresholds_[0]) + 1
                                 : static_cast<double>(thresholds_[index] - thresholds_[index - 1]);
  return std::ldexp(bits, -64);
}

std::int64_t QuantileTable::far_sample(std::uint64_t bits, std::size_t from) const noexcept {
  const auto begin = thresholds_.begin() + static_cast<std::ptrdiff_t>(from);
  return first_ + (std::lower_bound(begin, thresholds_.end(), bits) - thresholds_.begin());
}

}  // namespace restock
