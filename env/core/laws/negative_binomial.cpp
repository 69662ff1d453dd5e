// Negative binomial with mean m and variance v > m, a Poisson law whose mean is gamma distributed:
// P(X = k + 1) / P(X = k) = (k (v − m) + m²) / (v (k + 1)) (Johnson, Kemp and Kotz 2005, "Univariate Discrete
// Distributions", section 5.1, with q = 1 − m / v and r = m² / (v − m)).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "env/core/error.h"
#include "env/core/laws/atoms.h"
#include "env/core/laws/parameters.h"

namespace restock::laws {

namespace {

std::unique_ptr<Law> make_negative_binomial(const LawSpec& spec) {
  const double mean = value_of(spec, "mean");
  const double variance = value_of(spec, "variance");
  if (!(variance > mean)) {
    throw InputError(
        fmt::format("law 'negative_binomial': variance {} is not above the mean {}; expected a larger "
                    "variance, or use law 'poisson'",
                    variance, mean));
  }
  const double excess = variance - mean;
  const auto mode = static_cast<std::int64_t>(std::max(0.0, std::floor(mean - excess / mean)));
  const auto ratio = [=](double k) { return (k * excess + mean * mean) / (variance * (k + 1)); };
  return std::make_unique<CountLaw>("negative_binomial", mean, variance,
                                    MassRecursion{mode, ratio, excess / variance});
}

}  // namespace

LawDescription negative_binomial() {
  return {
      "negative_binomial",
      "counts that vary more than Poisson's",
      {{.name = "mean", .meaning = "expected value", .maximum = kMaximumLawMean, .above_minimum = true},
       {.name = "variance", .meaning = "variance, above the mean", .maximum = 1e12, .above_minimum = true}},
      make_negative_binomial};
}

}  // namespace restock::laws
