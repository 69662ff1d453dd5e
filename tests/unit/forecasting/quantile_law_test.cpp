#include "forecasting/quantile_law.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "env/core/keyed_random.h"
#include "forecasting/accuracy.h"
#include "forecasting/negative_binomial.h"

using namespace restock;
using namespace restock::forecasting;

namespace {

std::vector<double> fine_levels() {
  std::vector<double> levels;
  for (int i = 1; i < 400; ++i) levels.push_back(i / 400.0);
  return levels;
}

/// The law of negative binomial demand, as a forecaster would give it.
std::vector<float> quantiles_of(const NegativeBinomial& law, const std::vector<double>& levels) {
  std::vector<float> quantiles;
  for (const double level : levels) quantiles.push_back(static_cast<float>(law.quantile(level)));
  return quantiles;
}

}  // namespace

TEST_CASE("a law known by quantiles is linear between them and jumps where they are the same") {
  const std::vector<double> levels{0.1, 0.5, 0.6, 0.9};
  const std::vector<float> quantiles{0, 0, 4, 10};
  const QuantileLaw law(levels, quantiles);
  CHECK(law.below(0) == 0);
  CHECK(law.at_or_below(0) == Approx(0.5));
  CHECK(law.below(2) == Approx(0.55));
  CHECK(law.at_or_below(7) == Approx(0.75));
  CHECK(law.below(11) == 1);
  const PlacedQuantile counted = place_quantile(law, 3.8, true);
  CHECK(counted.quantile == 4);
  CHECK(counted.below == Approx(0.5 + 0.1 * 3.5 / 4));
  CHECK(counted.at_or_below == Approx(0.6 + 0.3 * 0.5 / 6));
}

TEST_CASE("randomised coverage of the true law is its level, of counts as of reals") {
  const std::vector<double> levels = fine_levels();
  for (const double mean : {0.2, 3.0, 60.0}) {
    const NegativeBinomial truth{mean, 0.4};
    const std::vector<float> quantiles = quantiles_of(truth, levels);
    const QuantileLaw law(levels, quantiles);
    for (const double level : {0.5, 0.9, 0.95, 0.99}) {
      Coverage coverage;
      const PlacedQuantile q = place_quantile(law, static_cast<double>(truth.quantile(level)), true);
      const Stream stream({3, Split::train, 0}, Purpose::generation, 0);
      constexpr int kDraws = 40'000;
      for (int i = 0; i < kDraws; ++i)
        coverage.add(static_cast<double>(truth.quantile(stream.uniform(i))), q.quantile, level, q.below,
                     q.at_or_below);
      INFO("mean " << mean << ", level " << level);
      CHECK(coverage.randomised() ==
            Approx(level).margin(4 * std::sqrt(level * (1 - level) / kDraws) + 0.003));
      CHECK(coverage.below() <= level + 0.01);
      CHECK(coverage.at_or_below() >= level - 0.01);
    }
  }
}

TEST_CASE("randomised coverage sees quantiles that are too low") {
  const NegativeBinomial truth{3, 0.4}, said{2, 0.4};
  const std::vector<double> levels = fine_levels();
  const std::vector<float> quantiles = quantiles_of(said, levels);
  const PlacedQuantile q =
      place_quantile(QuantileLaw(levels, quantiles), static_cast<double>(said.quantile(0.9)), true);
  Coverage coverage;
  const Stream stream({3, Split::train, 0}, Purpose::generation, 0);
  for (int i = 0; i < 10'000; ++i)
    coverage.add(static_cast<double>(truth.quantile(stream.uniform(i))), q.quantile, 0.9, q.below,
                 q.at_or_below);
  CHECK(coverage.randomised() < 0.83);
}
