#include "experiments/bootstrap.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <vector>

#include "env/core/keyed_random.h"

using namespace restock;
using namespace restock::experiments;

namespace {

/// x[t] = phi x[t−1] + a normal draw (Box and Muller), after 50 days of warm-up.
std::vector<double> autoregressive(std::uint64_t which, std::size_t days, double phi) {
  const Stream stream({7, Split::evaluate, which}, Purpose::demand, 0);
  constexpr std::int64_t kWarmUp = 50;
  std::vector<double> series;
  double x = 0;
  for (std::int64_t t = 0; t < kWarmUp + static_cast<std::int64_t>(days); ++t) {
    const double radius = std::sqrt(-2 * std::log(stream.uniform(t, 0)));
    x = phi * x + radius * std::cos(2 * M_PI * stream.uniform(t, 1));
    if (t >= kWarmUp) series.push_back(x);
  }
  return series;
}

/// Share of series whose interval holds the true mean, 0.
double coverage(std::size_t series, std::size_t days, double phi, std::size_t block_length) {
  std::size_t held = 0;
  for (std::size_t i = 0; i < series; ++i) {
    const auto interval = block_bootstrap_of_mean(
        autoregressive(i, days, phi), {.block_length = block_length, .resamples = 500, .seed = i});
    held += interval->lower <= 0 && interval->upper >= 0;
  }
  return static_cast<double>(held) / static_cast<double>(series);
}

/// The same resamples, written out day by day.
std::vector<double> resampled_by_hand(const std::vector<double>& series, const BlockBootstrapConfig& config) {
  const Stream stream({config.seed, Split::evaluate, 0}, Purpose::resampling, 0);
  std::vector<double> means;
  for (std::size_t i = 0; i < config.resamples; ++i) {
    std::vector<double> days;
    for (std::uint64_t k = 0; days.size() < series.size(); ++k) {
      const auto start =
          static_cast<std::size_t>(stream.below(series.size(), static_cast<std::int64_t>(i), k));
      for (std::size_t d = 0; d < config.block_length && days.size() < series.size(); ++d)
        days.push_back(series[(start + d) % series.size()]);
    }
    means.push_back(std::accumulate(days.begin(), days.end(), 0.0) / static_cast<double>(days.size()));
  }
  std::sort(means.begin(), means.end());
  return means;
}

}  // namespace

TEST_CASE("the block bootstrap equals resampling day by day, also across the end and with a cut block",
          "[bootstrap]") {
  const std::vector<double> series = autoregressive(0, 31, 0.5);  // 4 whole weeks and 3 days
  const BlockBootstrapConfig config{.block_length = 7, .resamples = 101, .seed = 3};
  const auto interval = block_bootstrap_of_mean(series, config);
  REQUIRE(interval);
  const std::vector<double> means = resampled_by_hand(series, config);
  const double position = expanded_tail(4) * 100;  // between order statistics 0 and 1
  REQUIRE(position < 1);
  CHECK(interval->lower == Approx(means[0] + position * (means[1] - means[0])));
  CHECK(interval->upper == Approx(means[100] - position * (means[100] - means[99])));
  CHECK(interval->mean == Approx(std::accumulate(series.begin(), series.end(), 0.0) / 31));
  CHECK(interval->blocks == 4);
  CHECK(interval->resamples == 101);
}

TEST_CASE("the expanded tail is Hesterberg's", "[bootstrap]") {
  // Phi(-sqrt(12/11) 2.200985) and Phi(-sqrt(52/51) 2.007584)
  CHECK(expanded_tail(12) == Approx(0.010757).epsilon(2e-3));
  CHECK(expanded_tail(52) == Approx(0.021316).epsilon(2e-3));
  CHECK(expanded_tail(100'000) == Approx(0.025).epsilon(1e-3));
}

TEST_CASE("the bootstrap gives the same interval each time, and another for another seed", "[bootstrap]") {
  const std::vector<double> series = autoregressive(1, 84, 0.3);
  const auto first = block_bootstrap_of_mean(series);
  const auto again = block_bootstrap_of_mean(series);
  const auto other = block_bootstrap_of_mean(series, {.seed = 2});
  CHECK(first->lower == again->lower);
  CHECK(first->upper == again->upper);
  CHECK(first->lower != other->lower);
  CHECK(first->lower == Approx(other->lower).margin(0.05 * (first->upper - first->lower)));
}

TEST_CASE("the bootstrap follows shifts and needs at least four whole blocks", "[bootstrap]") {
  std::vector<double> series = autoregressive(2, 84, 0);
  const auto interval = block_bootstrap_of_mean(series, {.resamples = 200});
  for (double& value : series) value += 100;
  const auto shifted = block_bootstrap_of_mean(series, {.resamples = 200});
  CHECK(shifted->lower == Approx(interval->lower + 100));
  CHECK(shifted->upper == Approx(interval->upper + 100));
  const auto constant = block_bootstrap_of_mean(std::vector<double>(28, -1.5), {.resamples = 200});
  CHECK(constant->lower == -1.5);
  CHECK(constant->upper == -1.5);
  CHECK_FALSE(block_bootstrap_of_mean(std::vector<double>(27, 1.0)));
  CHECK_FALSE(block_bootstrap_of_mean(std::vector<double>{}));
}

TEST_CASE("the interval over twelve weeks holds the truth 95 times of 100", "[bootstrap]") {
  constexpr std::size_t kSeries = 2000;
  const double error = std::sqrt(0.95 * 0.05 / kSeries);
  CHECK(std::fabs(coverage(kSeries, 84, 0, 7) - 0.95) / error < 4);
}

TEST_CASE("blocks keep the coverage of days that depend on each other, single days do not", "[bootstrap]") {
  constexpr std::size_t kSeries = 1000;
  const double blocks = coverage(kSeries, 84, 0.5, 7);
  const double days = coverage(kSeries, 84, 0.5, 1);
  CHECK(blocks > 0.88);  // what a week's block can catch of this dependence
  CHECK(days < 0.80);    // true coverage of an interval that takes the days for independent: 0.74
}
