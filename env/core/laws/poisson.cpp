// Poisson: P(X = k) = e^−m m^k / k!, mean and variance m (Johnson, Kemp and Kotz 2005, "Univariate Discrete
// Distributions", section 4.1).
#include <cmath>

#include "env/core/laws/atoms.h"
#include "env/core/laws/parameters.h"

namespace restock::laws {

namespace {

std::unique_ptr<Law> make_poisson(const LawSpec& spec) {
  const double mean = value_of(spec, "mean");
  const MassRecursion recursion{static_cast<std::int64_t>(std::floor(mean)),
                                [mean](double k) { return mean / (k + 1); }, 0};
  return std::make_unique<CountLaw>("poisson", mean, mean, recursion);
}

}  // namespace

LawDescription poisson() {
  return {"poisson",
          "number of independent events; the variance equals the mean",
          {{.name = "mean", .meaning = "expected number", .maximum = kMaximumLawMean}},
          make_poisson};
}

}  // namespace restock::laws
