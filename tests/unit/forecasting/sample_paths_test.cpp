#include "forecasting/sample_paths.h"

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

PathSampling sampling(std::size_t paths, std::size_t days, int threads = 1) {
  return {.paths = paths, .days = days, .seed = 3, .split = Split::train, .threads = threads};
}

/// Gives no law of the next day.
class Mute final : public Forecaster {
 public:
  std::string_view name() const override { return "mute"; }
  std::size_t series_count() const override { return 1; }
  std::size_t state_size() const override { return 1; }
  void start(std::span<const std::int32_t>, std::span<float>) const override {}
  void advance(std::int64_t, std::span<const std::int32_t>, std::span<const float>,
               std::span<const std::uint8_t>, std::span<float>) const override {}
  void predict(std::int64_t, std::span<const std::int32_t>, std::span<const std::int32_t>,
               std::span<const double>, std::span<const float>, std::span<float>,
               std::span<float>) const override {}
};

}  // namespace

TEST_CASE("a path is the same however many are sampled and on however many threads") {
  const Halving forecaster;
  const auto few = sample_paths(forecaster, sampling(70, 12));
  const auto many = sample_paths(forecaster, sampling(300, 20, 3));
  REQUIRE(few.size() == 70 * 12 * 2);
  bool other_path_differs = false;
  for (std::size_t p = 0; p < 70; ++p) {
    for (std::size_t i = 0; i < 12 * 2; ++i) {
      REQUIRE(few[p * 24 + i] == many[p * 40 + i]);
      other_path_differs |= few[p * 24 + i] != few[(p + 1) % 70 * 24 + i];
    }
  }
  CHECK(other_path_differs);
  PathSampling other = sampling(70, 12);
  other.seed = 4;
  CHECK(sample_paths(forecaster, other) != few);
  other = sampling(70, 12);
  other.split = Split::tune;
  CHECK(sample_paths(forecaster, other) != few);
}

TEST_CASE("sampled paths feed on themselves and have the moments of their law") {
  constexpr std::size_t kPaths = 20'000, kDays = 6;
  const auto units = sample_paths(Halving(), sampling(kPaths, kDays, 2));
  double mean = 10, variance = 0;
  for (std::size_t day = 0; day < kDays; ++day) {
    mean = 0.5 * mean + 5;
    variance = mean + 0.1 * (mean * mean + 0.25 * variance) + 0.25 * variance;
    double sum = 0, squares = 0;
    for (std::size_t p = 0; p < kPaths; ++p) {
      const double deviation = units[(p * kDays + day) * 2] - mean;
      sum += deviation;
      squares += deviation * deviation;
    }
    CHECK(std::fabs(sum) / std::sqrt(variance * kPaths) < 4);
    CHECK(squares / kPaths == Approx(variance).epsilon(0.05));
  }
  CHECK(sample_paths(Halving(), sampling(0, 5)).empty());
  CHECK(sample_paths(Halving(), sampling(5, 0)).empty());
}

TEST_CASE("futures cannot be sampled from a forecaster that names no law") {
  CHECK_THROWS_WITH(sample_paths(Mute(), sampling(1, 1)), Catch::Matchers::Contains("'mute'"));
}
