// One draw of 64 bits gives neighbouring laws neighbouring values, so that comparisons share their luck.
#include <catch2/catch.hpp>
#include <cmath>

#include "env/core/keyed_random.h"
#include "env/core/laws/table.h"

namespace restock {

namespace {

QuantileTable poisson(double mean) {
  return QuantileTable::rounded_half_up(*make_law({"poisson", {{"mean", {mean}}}}));
}

}  // namespace

TEST_CASE("Poisson(50) and Poisson(55) are coupled") {
  const QuantileTable low = poisson(50);
  const QuantileTable high = poisson(55);
  const Stream stream({}, Purpose::demand, 0);
  double x = 0, y = 0, xx = 0, yy = 0, xy = 0;
  constexpr int kDraws = 100'000;
  int inverted = 0;
  for (int day = 0; day < kDraws; ++day) {
    const double a = static_cast<double>(low.sample(stream.bits(day)));
    const double b = static_cast<double>(high.sample(stream.bits(day)));
    if (b < a) ++inverted;
    x += a, y += b, xx += a * a, yy += b * b, xy += a * b;
  }
  const double covariance = xy / kDraws - x / kDraws * y / kDraws;
  const double variances = (xx / kDraws - x * x / kDraws / kDraws) * (yy / kDraws - y * y / kDraws / kDraws);
  CHECK(covariance / std::sqrt(variances) > 0.99);
  CHECK(inverted == 0);
}

TEST_CASE("more bits never draw a smaller value") {
  for (const LawSpec& spec : {LawSpec{"poisson", {{"mean", {5}}}}, LawSpec{"geometric", {{"mean", {3000}}}},
                              LawSpec{"gamma", {{"mean", {700}}, {"cv", {2}}}}}) {
    const QuantileTable table = QuantileTable::rounded_half_up(*make_law(spec));
    const auto thresholds = table.thresholds();
    for (std::size_t k = 0; k + 1 < thresholds.size(); ++k) {
      if (k > 0 && thresholds[k] == thresholds[k - 1]) continue;
      const auto value = table.minimum() + static_cast<std::int64_t>(k);
      CHECK(table.sample(thresholds[k]) == value);
      CHECK(table.sample(thresholds[k] + 1) > value);
    }
    CHECK(table.sample(0) == table.minimum());
    CHECK(table.sample(std::numeric_limits<std::uint64_t>::max()) == table.maximum());
  }
}

}  // namespace restock
