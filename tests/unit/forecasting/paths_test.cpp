#include "forecasting/paths.h"

#include <catch2/catch.hpp>
#include <cmath>

using namespace restock;
using namespace restock::forecasting;

namespace {

/// Expects of each day half of what it saw yesterday and a constant; two series that differ in the constant.
class Halving final : public GenerativeForecaster {
 public:
  std::string_view name() const override { return "halving"; }
  std::size_t series_count() const override { return 2; }
  std::size_t state_size() const override { return 1; }
  void start(std::span<const std::int32_t>, std::span<float> state) const override {
    std::fill(state.begin(), state.end(), 10.0F);
  }
  void advance(std::int64_t, std::span<const std::int32_t>, std::span<const float> sales,
               std::span<const std::uint8_t> stocked_out, std::span<float> state) const override {
    for (std::size_t i = 0; i < sales.size(); ++i) {
      REQUIRE(stocked_out[i] == 0);
      state[i] = sales[i];
    }
  }
  void predict(std::int64_t, std::span<const std::int32_t>, std::span<const std::int32_t>,
               std::span<const double>, std::span<const float>, std::span<float>,
               std::span<float>) const override {}
  void next_day(std::int64_t, std::span<const std::int32_t> series, std::span<const float> state,
                std::span<NegativeBinomial> laws) const override {
    for (std::size_t i = 0; i < series.size(); ++i)
      laws[i] = {0.5 * static_cast<double>(state[i]) + (series[i] == 0 ? 5 : 1), 0.1};
  }
};

const RunKey kRun{3, Split::train, 7};

}  // namespace

TEST_CASE("a path is the same however many are sampled and on however many threads") {
  const Halving forecaster;
  const DemandPaths few = sample_paths(forecaster, 70, 12, kRun, 1);
  const DemandPaths many = sample_paths(forecaster, 300, 20, kRun, 3);
  REQUIRE(few.demand.size() == 70 * 12 * 2);
  bool other_path_differs = false;
  for (std::size_t p = 0; p < 70; ++p) {
    for (std::size_t day = 0; day < 12; ++day) {
      for (std::size_t s = 0; s < 2; ++s) REQUIRE(few.at(p, day, s) == many.at(p, day, s));
      other_path_differs |= few.at(p, day, 0) != few.at((p + 1) % 70, day, 0);
    }
  }
  CHECK(other_path_differs);
  CHECK(sample_paths(forecaster, 70, 12, {4, Split::train, 7}).demand != few.demand);
}

TEST_CASE("sampled paths feed on themselves and have the moments of their law") {
  constexpr std::size_t kPaths = 20'000, kDays = 6;
  const DemandPaths paths = sample_paths(Halving(), kPaths, kDays, kRun, 2);
  double mean = 10, variance = 0;
  for (std::size_t day = 0; day < kDays; ++day) {
    mean = 0.5 * mean + 5;
    variance = mean + 0.1 * (mean * mean + 0.25 * variance) + 0.25 * variance;
    double sum = 0, squares = 0;
    for (std::size_t p = 0; p < kPaths; ++p) {
      const double deviation = paths.at(p, day, 0) - mean;
      sum += deviation;
      squares += deviation * deviation;
    }
    CHECK(std::fabs(sum) / std::sqrt(variance * kPaths) < 4);
    CHECK(squares / kPaths == Approx(variance).epsilon(0.05));
  }
  CHECK(sample_paths(Halving(), 0, 5, kRun).demand.empty());
  CHECK(sample_paths(Halving(), 5, 0, kRun).demand.empty());
}
