#include "forecasting/negative_binomial.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "env/core/keyed_random.h"

using namespace restock;
using namespace restock::forecasting;

namespace {

double log_mass(const NegativeBinomial& law, int k) {
  const double r = 1 / law.dispersion, p = r / (r + law.mean);
  return std::lgamma(k + r) - std::lgamma(r) - std::lgamma(k + 1.0) + r * std::log(p) + k * std::log1p(-p);
}

}  // namespace

TEST_CASE("the distribution function of the negative binomial law sums its masses") {
  for (const NegativeBinomial law : {NegativeBinomial{0.3, 2.5}, {5, 0.2}, {80, 0.05}}) {
    double sum = 0;
    for (int k = 0; k < 200; ++k) {
      sum += std::exp(log_mass(law, k));
      REQUIRE(law.cdf(k) == Approx(sum).epsilon(1e-10));
    }
  }
  CHECK(NegativeBinomial{3, 0}.cdf(0) == Approx(std::exp(-3)));
  CHECK(NegativeBinomial{3, 0.1}.cdf(-1) == 0);
}

TEST_CASE("quantiles of the negative binomial law invert its distribution function") {
  for (const NegativeBinomial law : {NegativeBinomial{0.3, 2.5}, {5, 0.2}, {200, 0.001}}) {
    for (const double u : {1e-6, 0.1, 0.5, 0.9, 0.999, 1 - 1e-9}) {
      const std::int64_t k = law.quantile(u);
      CHECK(law.cdf(k) >= u);
      CHECK(law.cdf(k - 1) < u);
    }
  }
  CHECK(NegativeBinomial{0, 0.5}.quantile(0.999) == 0);
}

TEST_CASE("samples of the negative binomial law have its moments") {
  const Stream stream({7, Split::train, 0}, Purpose::generation, 0);
  constexpr int kSamples = 200'000;
  for (const NegativeBinomial law : {NegativeBinomial{0.3, 2.5}, {12, 0.3}, {400, 0}, {5000, 0.02}}) {
    double sum = 0, squares = 0;
    for (int i = 0; i < kSamples; ++i) {
      const double deviation = static_cast<double>(law.quantile(stream.uniform(i))) - law.mean;
      sum += deviation;
      squares += deviation * deviation;
    }
    const double variance = law.variance();
    INFO("mean " << law.mean);
    CHECK(std::fabs(sum / std::sqrt(variance * kSamples)) < 4);
    CHECK(squares / kSamples == Approx(variance).epsilon(0.04));
  }
}

TEST_CASE("a sample beyond a bound follows the law given that it is not below") {
  const NegativeBinomial law{6, 0.2};
  const Stream stream({7, Split::train, 0}, Purpose::generation, 1);
  constexpr int kSamples = 100'000, kBound = 9;
  int at_most_12 = 0;
  for (int i = 0; i < kSamples; ++i) {
    const auto k = law.quantile_from(stream.uniform(i), kBound);
    REQUIRE(k >= kBound);
    at_most_12 += k <= 12 ? 1 : 0;
  }
  const double share = (law.cdf(12) - law.cdf(8)) / (1 - law.cdf(8));
  CHECK(std::fabs(at_most_12 - kSamples * share) / std::sqrt(kSamples * share * (1 - share)) < 4);
  CHECK(law.quantile_from(0.5, 10'000) == 10'000);
}
