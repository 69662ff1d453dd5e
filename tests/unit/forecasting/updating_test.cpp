#include <catch2/catch.hpp>
#include <cmath>

#include "env/core/error.h"
#include "forecasting/forecasters.h"
#include "forecasting/updating/model_update.h"
#include "tests/unit/forecasting/series_examples.h"

using namespace restock;
using namespace restock::forecasting;
using Catch::Matchers::Contains;

namespace {

std::unique_ptr<ForecastModel> fit(const std::string& name, const Panel& panel, std::size_t steps) {
  return fit_forecaster(name, panel, steps, {});
}

Panel counted(std::size_t series, std::size_t days) {
  std::vector<std::vector<float>> all;
  for (std::uint64_t s = 0; s < series; ++s) all.push_back(count_draws(days, {5, 0.2}, s));
  return panel_of_series(all);
}

}  // namespace

TEST_CASE("Page and Hinkley's statistic equals a calculation by hand") {
  PageHinkley test({0.5, 2});
  CHECK_FALSE(test.watch(100));  // nothing is known yet
  PageHinkley known({0.5, 2});
  for (const double error : {1.0, 3.0}) known.learn(error);  // mean 2, deviation √2
  const double unit = std::sqrt(2.0);
  CHECK_FALSE(known.watch(1));
  CHECK(known.statistic() == 0);
  CHECK_FALSE(known.watch(4));
  CHECK(known.statistic() == Approx(2 / unit - 0.5));
  CHECK_FALSE(known.watch(3));
  CHECK(known.statistic() == Approx(3 / unit - 1));
  CHECK(known.watch(4));
  CHECK(known.watch(0));  // found stays found
  CHECK(known.ratio() == Approx((1 + 4 + 3 + 4) / 5.0 / 2));
  PageHinkley wild({0.5, 10});
  for (int i = 0; i < 10; ++i) wild.learn(i % 2);
  CHECK_FALSE(wild.watch(1e9));
  CHECK(wild.statistic() == Approx(3.5));
}

TEST_CASE("steady errors seldom drift, doubled ones soon do") {
  std::size_t false_alarms = 0;
  std::size_t seen = 0;
  for (std::uint64_t trial = 0; trial < 400; ++trial) {
    const auto draws = normal_draws(91 + 28, trial);
    PageHinkley steady({}), drifting({});
    bool alarm = false, found = false;
    for (std::size_t t = 0; t < draws.size(); ++t) {
      const double error = std::fabs(draws[t]);
      if (t < 91)
        steady.learn(error), drifting.learn(error);
      else {
        alarm = steady.watch(error);
        found = drifting.watch(2 * error);
      }
    }
    false_alarms += alarm;
    seen += found;
  }
  CHECK(false_alarms <= 4);
  CHECK(seen > 360);
}

TEST_CASE("drift is found in the series that changed, and in total where all do") {
  Panel panel = counted(20, 300);
  UpdateConfig config;
  const auto model = fit("same_phase", panel, 272);
  const DriftReport quiet = find_drift(*model, panel, config);
  CHECK_FALSE(quiet.total.found.has_value());
  CHECK(quiet.total.ratio == Approx(1).margin(0.15));
  for (std::size_t t = 272; t < 300; ++t) panel.sales[7 * 300 + t] *= 4;
  const DriftReport one = find_drift(*model, panel, config);
  REQUIRE(one.series[7].found.has_value());
  CHECK(*one.series[7].found < 285);
  CHECK(one.series[7].ratio > 2);
  CHECK(std::count_if(one.series.begin(), one.series.end(), [](const Drift& d) { return d.found; }) <= 2);
  for (std::size_t s = 0; s < 20; ++s)
    for (std::size_t t = 272; t < 300; ++t) panel.sales[s * 300 + t] *= 2;
  const DriftReport all = find_drift(*model, panel, config);
  REQUIRE(all.total.found.has_value());
  CHECK(*all.total.found < 280);
  CHECK_THROWS_WITH(find_drift(*model, first_days(panel, 100), config), Contains("longer history"));
}

TEST_CASE("nothing of a step is known when it is forecast") {
  Panel panel = counted(3, 200);
  const auto model = fit("ses", panel, 172);
  const DriftReport before = find_drift(*model, panel, {});
  panel.sales[199] = 500;  // the last step of the first series
  const DriftReport after = find_drift(*model, panel, {});
  CHECK(after.series[0].ratio > before.series[0].ratio);
  CHECK(after.series[1].ratio == before.series[1].ratio);
}

TEST_CASE("a worse candidate is not taken, a better one is") {
  Panel panel = counted(10, 300);
  for (std::size_t s = 0; s < 10; ++s)
    for (std::size_t t = 100; t < 300; ++t)
      panel.sales[s * 300 + t] = std::floor(panel.sales[s * 300 + t] / 5);
  const auto stale = fit("arima", panel, 90);  // has seen nothing of what changed
  const auto fresh = fit("arima", panel, 272);
  UpdateConfig config;
  const GuardReport better = guard(*stale, fit, panel, panel, config);
  CHECK(better.candidate_stays);
  CHECK(better.crps_difference.mean < 0);
  CHECK(better.candidate.scores.crps() < better.old_model.scores.crps());
  const auto bad = [&](const std::string& name, const Panel& seen, std::size_t) {
    return fit(name, first_days(seen, 90), 90);
  };
  const GuardReport worse = guard(*fresh, bad, panel, panel, config);
  CHECK_FALSE(worse.candidate_stays);
  CHECK(worse.crps_difference.mean > 0);
  CHECK(worse.old_model.scores.crps() == Approx(better.candidate.scores.crps()));
}

TEST_CASE("series that a model does not know are left out") {
  const Panel panel = counted(4, 100);
  const std::vector<std::string> some{"s2", "s0"};
  const auto model = fit("ses", select_series(panel, some), 90);
  CHECK(known_series(*model, panel).ids == std::vector<std::string>{"s0", "s2"});
  Panel strangers = counted(2, 100);
  strangers.ids = {"x", "y"};
  CHECK_THROWS_AS(known_series(*model, strangers), InputError);
}
