#include "forecasting/series_levels.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

using namespace restock;
using namespace restock::forecasting;

namespace {

struct Memory {
  explicit Memory(Frequency frequency, float typical = 3)
      : levels(frequency, typical), values(levels.size()) {
    levels.start(values.data());
  }
  void observe(float sales, bool out = false) {
    levels.observe(sales, out, step++ % levels.season(), values.data());
  }
  std::vector<float> features() const {
    std::vector<float> all(SeriesLevels::kFeatures);
    levels.write_features(values.data(), all.data());
    return all;
  }
  float scale() const { return levels.scale(values.data()); }
  float phase(std::size_t p) const { return levels.phase_feature(values.data(), p); }

  SeriesLevels levels;
  std::vector<float> values;
  std::size_t step = 0;
};

}  // namespace

TEST_CASE("a level is an average with exponential weights that begins with what is typical") {
  Memory memory(Frequency::day);
  CHECK(memory.scale() == Approx(3));
  const std::vector<float> sales{5, 0, 2, 9, 4};
  double sum = 0.01 * 3, weight = 0.01;
  for (const float y : sales) {
    memory.observe(y);
    sum = 0.97 * sum + 0.03 * static_cast<double>(y);
    weight = 0.97 * weight + 0.03;
  }
  CHECK(memory.scale() == Approx(sum / weight));
}

TEST_CASE("features do not change with the size of a series, but for the one that says it") {
  Memory small(Frequency::day), large(Frequency::day);
  for (int t = 0; t < 400; ++t) {
    const auto y = static_cast<float>((7 * t) % 11 + (t % 7 == 2 ? 20 : 0));
    small.observe(y);
    large.observe(100 * y);
  }
  const auto a = small.features(), b = large.features();
  for (std::size_t k = 0; k < SeriesLevels::kLevels; ++k) CHECK(a[k] == Approx(b[k]).margin(2e-3));
  // Poisson's law, which has a tenth of a say, does not grow with the sales.
  for (std::size_t k = SeriesLevels::kLevels; k < SeriesLevels::kLevels + SeriesLevels::kDeviations; ++k)
    CHECK(a[k] == Approx(b[k]).margin(std::log(1.1)));
  CHECK(b.back() - a.back() == Approx(0.5 * std::log(100)).margin(1e-2));
  for (std::size_t p = 0; p < 7; ++p) CHECK(small.phase(p) == Approx(large.phase(p)).margin(2e-3));
  CHECK(small.phase(2) > small.phase(3) + 0.5F);
}

TEST_CASE("an unknown step changes nothing, and an empty shelf lowers nothing") {
  Memory memory(Frequency::month);
  for (const float y : {4.0F, 6.0F, 5.0F}) memory.observe(y);
  const auto before = memory.values;
  memory.observe(std::numeric_limits<float>::quiet_NaN());
  CHECK(memory.values == before);
  const float scale = memory.scale();
  for (int t = 0; t < 12; ++t) memory.observe(0, true);
  CHECK(memory.scale() == Approx(scale));
  memory.observe(50, true);
  CHECK(memory.scale() > scale);
}

TEST_CASE("a scale is positive whatever comes") {
  for (const float y : {0.0F, 1e12F}) {
    Memory memory(Frequency::week, 0.01F);
    for (int t = 0; t < 3000; ++t) memory.observe(y);
    CHECK(memory.scale() > 0);
    for (const float feature : memory.features()) CHECK(std::isfinite(feature));
    CHECK(std::isfinite(memory.phase(0)));
  }
}
