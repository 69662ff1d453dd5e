#include "forecasting/negative_binomial.h"

#include <algorithm>
#include <cmath>

#include "env/core/laws/portable_math.h"

namespace restock::forecasting {

namespace {

constexpr double kSmallestStart = 1e-280;
constexpr double kNegligible = 1e-19;

/// P(Y = 0), P(Y = 1) … one after the other:
/// P(k + 1) / P(k) = (1 + a·k)·m / ((1 + a·m)(k + 1)) (Johnson, Kemp and Kotz 2005, section 5.1).
class Masses {
 public:
  explicit Masses(const NegativeBinomial& law)
      : dispersion_(law.dispersion), factor_(law.mean / (1 + law.dispersion * law.mean)), mass_(zero(law)) {}
  double mass() const noexcept { return mass_; }
  void next() noexcept {
    mass_ *= (1 + dispersion_ * k_) * factor_ / (k_ + 1);
    k_ += 1;
  }

 private:
  static double zero(const NegativeBinomial& law) {
    if (law.dispersion < 1e-9) return portable::exp(-law.mean);
    return portable::exp(-portable::log1p(law.dispersion * law.mean) / law.dispersion);
  }
  double dispersion_, factor_, mass_;
  double k_ = 0;
};

/// Wilson and Hilferty 1931, PNAS 17: the cube root of a gamma variable is nearly normal.
double gamma_quantile(double mean, double variance, double u) {
  const double spread = variance / (9 * mean * mean);
  const double root = 1 - spread + portable::normal_quantile(u) * std::sqrt(spread);
  return mean * std::max(0.0, root * root * root);
}

}  // namespace

double NegativeBinomial::cdf(std::int64_t k) const {
  if (k < 0) return 0;
  Masses masses(*this);
  if (masses.mass() < kSmallestStart) {
    const double root = std::cbrt((static_cast<double>(k) + 0.5) / mean);
    const double spread = variance() / (9 * mean * mean);
    return portable::normal_cdf((root - 1 + spread) / std::sqrt(spread));
  }
  double sum = masses.mass();
  for (std::int64_t i = 0; i < k; ++i) {
    masses.next();
    sum += masses.mass();
  }
  return std::min(sum, 1.0);
}

std::int64_t NegativeBinomial::quantile(double u) const {
  if (!(mean > 0)) return 0;
  Masses masses(*this);
  if (masses.mass() < kSmallestStart)
    return static_cast<std::int64_t>(std::floor(gamma_quantile(mean, variance(), u) + 0.5));
  double sum = masses.mass();
  std::int64_t k = 0;
  while (sum < u && (masses.mass() > kNegligible || static_cast<double>(k) < mean)) {
    masses.next();
    sum += masses.mass();
    ++k;
  }
  return k;
}

std::int64_t NegativeBinomial::quantile_from(double u, std::int64_t bound) const {
  const double below = cdf(bound - 1);
  if (below > 1 - 1e-9) return bound;
  return std::max(bound, quantile(below + u * (1 - below)));
}

}  // namespace restock::forecasting
