// Demand that is 0 on most days: mean, variance and χ² of what its tables draw, and its inversion.
#include "env/core/laws/intermittent.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "env/core/keyed_random.h"
#include "env/core/laws/table.h"
#include "tests/statistical/chi_square.h"
#include "tests/statistical/law_examples.h"

namespace restock {

namespace {

/// P(Y = k) of the sizes rounded half up, mixed with 0.
std::vector<double> shares_of(double probability, const Law& size, std::int64_t last) {
  std::vector<double> shares;
  double below = 0;
  for (std::int64_t k = 0; k <= last; ++k) {
    const double until = size.cdf(std::nextafter(static_cast<double>(k) + 0.5, 0.0));
    shares.push_back(probability * (until - below) + (k == 0 ? 1 - probability : 0));
    below = until;
  }
  return shares;
}

}  // namespace

TEST_CASE("intermittent demand is 0 with the rest of the probability, and else follows its law") {
  constexpr int kDraws = 100'000;
  std::uint64_t entity = 0;
  for (const double probability : {0.05, 0.4, 0.9})
    for (const LawSpec& spec : {LawSpec{"poisson", {{"mean", {4}}}},
                                LawSpec{"negative_binomial", {{"mean", {6}}, {"variance", {20}}}},
                                LawSpec{"gamma", {{"mean", {9}}, {"cv", {0.5}}}}, LawSpec::constant(3)}) {
      CAPTURE(probability, text_of(spec));
      const auto size = make_law(spec);
      const QuantileTable table = QuantileTable::rounded_half_up(*intermittent(probability, make_law(spec)));
      const auto shares = shares_of(probability, *size, table.maximum());
      const Stream stream({}, Purpose::demand, entity++);
      std::vector<double> counts(shares.size(), 0);
      for (int day = 0; day < kDraws; ++day)
        counts.at(static_cast<std::size_t>(table.sample(stream.bits(day)))) += 1;
      CHECK(std::fabs(chi_square_z(counts, shares)) < 4);
      double mean = 0;
      for (std::size_t k = 0; k < shares.size(); ++k) mean += static_cast<double>(k) * shares[k];
      CHECK(table.mean() == Approx(mean).epsilon(1e-9));
    }
}

TEST_CASE("mean and variance of intermittent demand are those of the mixture") {
  const auto law = intermittent(0.25, make_law({"poisson", {{"mean", {8}}}}));
  CHECK(law->mean() == Approx(2));
  CHECK(law->variance() == Approx(0.25 * (8 + 64) - 4));  // E X² − (E X)²
  CHECK(law->integer_valued());
}

TEST_CASE("intermittent demand is inverted from one uniform") {
  const auto size = make_law({"exponential", {{"mean", {5}}}});
  const auto law = intermittent(0.4, make_law({"exponential", {{"mean", {5}}}}));
  CHECK(law->quantile(0.3) == 0);
  CHECK(law->quantile(0.6) == 0);
  for (const double u : {0.61, 0.8, 0.99, 1 - 1e-12}) {
    CHECK(law->quantile(u) == Approx(size->quantile((u - 0.6) / 0.4)));
    CHECK(law->cdf(law->quantile(u)) == Approx(u));
  }
  CHECK(law->cdf(-1e-9) == 0);
  CHECK(law->cdf(0) == Approx(0.6));
}

TEST_CASE("with probability 1 intermittent demand is its law, with probability 0 nothing") {
  const LawSpec spec{"negative_binomial", {{"mean", {6}}, {"variance", {20}}}};
  const auto always = QuantileTable::rounded_half_up(*intermittent(1, make_law(spec)));
  const auto plain = QuantileTable::rounded_half_up(*make_law(spec));
  CHECK(std::equal(always.thresholds().begin(), always.thresholds().end(), plain.thresholds().begin(),
                   plain.thresholds().end()));
  const auto never = QuantileTable::rounded_half_up(*intermittent(0, make_law(spec)));
  CHECK(never.maximum() == 0);
}

}  // namespace restock
