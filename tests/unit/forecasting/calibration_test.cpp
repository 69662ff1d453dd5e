#include <catch2/catch.hpp>
#include <cmath>

#include "forecasting/evaluation/diebold_mariano.h"
#include "forecasting/evaluation/pit_histogram.h"
#include "forecasting/evaluation/rolling_origin.h"
#include "forecasting/forecasters.h"
#include "tests/unit/forecasting/series_examples.h"

using namespace restock;
using namespace restock::forecasting;

TEST_CASE("Diebold and Mariano's test equals a calculation by hand") {
  const std::vector<double> d{1, 2, 0, 3};  // mean 1.5, deviations -.5 .5 -1.5 1.5
  const double g0 = 5.0 / 4, g1 = (-0.25 - 0.75 - 2.25) / 4;
  const DieboldMariano one = diebold_mariano(d, 1);
  CHECK(one.steps == 4);
  CHECK(one.statistic == Approx(1.5 / std::sqrt(g0 / 4) * std::sqrt(3.0 / 4)));
  // g0 + 2 g1 is negative: weights fall, g0 + g1.
  const DieboldMariano two = diebold_mariano(d, 2);
  CHECK(two.statistic == Approx(1.5 / std::sqrt((g0 + g1) / 4) * std::sqrt((4 + 1 - 4 + 2.0 / 4) / 4)));
  const std::vector<double> smooth{1, 2, 3, 2, 1, 2, std::nan(""), 3};
  const DieboldMariano known = diebold_mariano(smooth, 2);
  CHECK(known.steps == 7);
  double g[2] = {0, 0};
  const double values[7] = {1, 2, 3, 2, 1, 2, 3};
  for (int k = 0; k < 2; ++k)
    for (int t = k; t < 7; ++t) g[k] += (values[t] - 2) * (values[t - k] - 2) / 7;
  CHECK(known.statistic == Approx(2 / std::sqrt((g[0] + 2 * g[1]) / 7) * std::sqrt((8 - 4 + 2.0 / 7) / 7)));
}

TEST_CASE("Diebold and Mariano's test rejects as often as it says, also of few observations") {
  std::size_t rejected = 0, found = 0;
  constexpr std::size_t kTrials = 2000, kSteps = 40;
  for (std::size_t trial = 0; trial < kTrials; ++trial) {
    const std::vector<double> noise = normal_draws(kSteps + 1, trial);
    std::vector<double> same, worse;
    for (std::size_t t = 0; t < kSteps; ++t) {
      same.push_back(noise[t] + 0.5 * noise[t + 1]);
      worse.push_back(same.back() + 1);
    }
    rejected += diebold_mariano(same, 2).distinguishable();
    found += diebold_mariano(worse, 2).distinguishable();
  }
  CHECK(static_cast<double>(rejected) / kTrials == Approx(0.05).margin(0.03));
  CHECK(found > kTrials * 9 / 10);
}

TEST_CASE("a test without enough steps, or without a difference, says nothing") {
  CHECK(std::isnan(diebold_mariano(std::vector<double>{1, 2, 3}, 3).p_value));
  CHECK(std::isnan(diebold_mariano(std::vector<double>(20, 0.0), 1).statistic));
  CHECK_FALSE(diebold_mariano(std::vector<double>{}, 1).distinguishable());
}

TEST_CASE("truths are spread over what their law gives them") {
  PitHistogram histogram;
  CHECK(histogram.shares().empty());
  histogram.add(0.1, 0.25);  // bins 2, 3 and 4
  histogram.add(1, 1);
  histogram.add(0, 0);
  const auto shares = histogram.shares();
  CHECK(shares[2] == Approx(1.0 / 9));
  CHECK(shares[4] == Approx(1.0 / 9));
  CHECK(shares[5] == Approx(0).margin(1e-9));
  CHECK(shares[0] == Approx(1.0 / 3));
  CHECK(shares[19] == Approx(1.0 / 3));
}

TEST_CASE(
    "the truths of counted demand fill the histogram of a right law evenly, and one shifted they do not") {
  std::vector<std::vector<float>> series;
  for (std::uint64_t s = 0; s < 150; ++s)
    series.push_back(count_draws(400, {0.3 + static_cast<double>(s % 7), 0.4}, s));
  Panel panel = panel_of_series(series);
  EvaluationConfig config;
  const auto fit = [](const std::string& name, const Panel& seen, std::size_t steps) {
    return fit_forecaster(name, seen, steps, {});
  };
  const auto results = evaluate({"moving_average"}, panel, config, fit, 2);
  const auto shares = results[1].scores.pit().shares();
  REQUIRE(shares.size() == 20);
  CHECK(results[1].scores.pit().count() == 150 * 84);
  for (const double share : shares)
    CHECK(share == Approx(0.05).margin(0.02));  // of 12,600 laws known by their quantiles
  CHECK(results[1].diebold_mariano.steps == 84);
  CHECK(results[1].diebold_mariano.statistic < -3);
  CHECK(results[1].diebold_mariano.distinguishable());
  CHECK(std::isnan(results[0].diebold_mariano.p_value));
  for (std::size_t s = 0; s < panel.series(); ++s)
    for (std::size_t t = 316; t < 400; ++t) panel.sales[s * 400 + t] *= 2;  // demand doubles
  CHECK(evaluate({"moving_average"}, panel, config, fit, 2)[1].scores.pit().shares().back() > 0.1);
}
