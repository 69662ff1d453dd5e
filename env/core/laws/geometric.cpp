// Geometric on {0, 1, 2, …} with mean m: P(X = k) = (1 − q) q^k, q = m / (1 + m), variance m (1 + m)
// (Johnson, Kemp and Kotz 2005, "Univariate Discrete Distributions", section 5.2).
#include "env/core/laws/atoms.h"
#include "env/core/laws/parameters.h"

namespace restock::laws {

namespace {

std::unique_ptr<Law> make_geometric(const LawSpec& spec) {
  const double mean = value_of(spec, "mean");
  const double ratio = mean / (1 + mean);
  const MassRecursion recursion{0, [ratio](double) { return ratio; }, ratio};
  return std::make_unique<CountLaw>("geometric", mean, mean * (1 + mean), recursion);
}

}  // namespace

LawDescription geometric() {
  return {"geometric",
          "0, 1, 2, … with probabilities that fall by a constant factor",
          {{.name = "mean", .meaning = "expected value", .maximum = 40'000}},
          make_geometric};
}

}  // namespace restock::laws
