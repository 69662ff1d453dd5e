// Binomial draws by inversion: χ² against their masses, and exact quantiles at the ends.
#include "env/core/laws/binomial.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "env/core/keyed_random.h"
#include "tests/statistical/chi_square.h"

namespace restock {

namespace {

std::vector<double> masses_of(std::int64_t n, double p) {
  std::vector<double> masses;
  for (std::int64_t k = 0; k <= n; ++k) {
    const auto x = static_cast<double>(k);
    const auto total = static_cast<double>(n);
    masses.push_back(std::exp(std::lgamma(total + 1) - std::lgamma(x + 1) - std::lgamma(total - x + 1) +
                              x * std::log(p) + (total - x) * std::log1p(-p)));
  }
  return masses;
}

}  // namespace

TEST_CASE("binomial draws have the masses of the law") {
  constexpr int kDraws = 50'000;
  std::uint64_t entity = 0;
  for (const std::int64_t n : {1, 2, 7, 60, 512})
    for (const double p : {0.001, 0.2, 0.5, 0.7, 0.999}) {
      CAPTURE(n, p);
      const Stream stream({}, Purpose::returns, entity++);
      std::vector<double> counts(static_cast<std::size_t>(n) + 1, 0);
      double sum = 0;
      for (int day = 0; day < kDraws; ++day) {
        const std::int64_t k = binomial_quantile(n, p, stream.uniform(day));
        counts.at(static_cast<std::size_t>(k)) += 1;
        sum += static_cast<double>(k);
      }
      CHECK(std::fabs(chi_square_z(counts, masses_of(n, p))) < 4);
      const double mean = static_cast<double>(n) * p;
      CHECK(std::fabs(sum / kDraws - mean) < 4 * std::sqrt(mean * (1 - p) / kDraws));
    }
}

TEST_CASE("the ends of the binomial law") {
  for (const double u : {1e-16, 0.5, 1 - 1e-16}) {
    CHECK(binomial_quantile(0, 0.3, u) == 0);
    CHECK(binomial_quantile(9, 0, u) == 0);
    CHECK(binomial_quantile(9, 1, u) == 9);
  }
  CHECK(binomial_quantile(3, 0.5, 0.125 - 1e-9) == 0);
  CHECK(binomial_quantile(3, 0.5, 0.125 + 1e-9) == 1);
  CHECK(binomial_quantile(3, 0.5, 0.875 + 1e-9) == 3);
}

}  // namespace restock
