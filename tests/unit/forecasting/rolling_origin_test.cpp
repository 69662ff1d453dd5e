#include "forecasting/evaluation/rolling_origin.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "env/core/error.h"
#include "forecasting/forecasters.h"
#include "forecasting/read_history.h"
#include "tests/unit/forecasting/series_examples.h"
#include "tests/unit/forecasting/shared_data.h"

using namespace restock;
using namespace restock::forecasting;

namespace {

std::unique_ptr<ForecastModel> fit(const std::string& name, const Panel& panel, std::size_t steps) {
  return fit_forecaster(name, panel, steps, {});
}

std::string json_of(const std::vector<ModelEvaluation>& results) {
  JsonWriter json(0);
  json.begin_array();
  for (ModelEvaluation one : results) {
    one.seconds = 0;
    write_json(json, one);
  }
  return json.end_array().text();
}

Panel counted_series(std::size_t series, std::size_t days) {
  std::vector<std::vector<float>> all;
  for (std::size_t s = 0; s < series; ++s)
    all.push_back(count_draws(days, {0.3 + static_cast<double>(s % 7), 0.4}, s));
  return panel_of_series(all);
}

}  // namespace

TEST_CASE("an evaluation equals a calculation by hand") {
  Panel panel = panel_of_series({{1, 3, 2, 4, 4, 6, 3, 5}});
  const EvaluationConfig config{2, 2, 0, 0, 2, true, {2}, {0.9}};
  CHECK(origins_of(panel, config) == std::vector<std::size_t>{4, 6});
  const auto results = evaluate({"naive"}, panel, config, fit, 1);
  REQUIRE(results.size() == 2);
  CHECK(results[0].model == "seasonal_naive");
  const ScoreSheet& naive = results[1].scores;
  // Known 1 3 2 4: 4 and 4 against 4 and 6. Known 1 3 2 4 4 6: 6 and 6 against 3 and 5.
  const double first = std::sqrt((0 + 4) / 2.0) / std::sqrt((4 + 1 + 4) / 3.0);
  const double second = std::sqrt((9 + 1) / 2.0) / std::sqrt((4 + 1 + 4 + 0 + 4) / 5.0);
  CHECK(naive.rmsse() == Approx((first + second) / 2));
  CHECK(naive.mase() == Approx((1.0 / 1 + 2.0 / ((1 + 1 + 2 + 2) / 4.0)) / 2));
  CHECK(naive.bias() == Approx((-2.0 + 4) / 18));
  CHECK(naive.sums()[0].weighted_error == Approx((2 + 4) / 18.0));
  REQUIRE(naive.series().size() == 2);
  CHECK(naive.series()[0].rmsse == Approx(first));
  panel.stocked_out[5] = 1;
  CHECK(evaluate({"naive"}, panel, config, fit, 1)[1].scores.series()[0].rmsse == Approx(0).margin(1e-12));
}

TEST_CASE("threads change nothing, and a gap is left out") {
  const Panel panel = counted_series(9, 120);
  EvaluationConfig config;
  config.horizon = 14;
  const std::vector<std::string> names{"ses", "croston", "ar"};
  CHECK(json_of(evaluate(names, panel, config, fit, 1)) == json_of(evaluate(names, panel, config, fit, 3)));
  config.gap = 7;
  const auto gap = evaluate({"naive"}, panel, config, fit, 1);
  CHECK(gap[1].scores.sums().empty());
  CHECK(origins_of(panel, config).back() == 120 - 14 - 7);
  const auto& first = gap[1].scores.series()[5];  // of a series that sells every day
  const auto y = panel.sales_of(5);
  double squares = 0;
  for (std::size_t t = first.origin + 7; t < first.origin + 21; ++t)
    squares += std::pow(static_cast<double>(y[t] - y[first.origin - 1]), 2);
  CHECK(first.rmsse ==
        Approx(std::sqrt(squares / 14) / lag_one_scale(y.first(first.origin)).root_mean_square));
}

TEST_CASE("without refit a model learns once and is shown what came") {
  const Panel panel = counted_series(3, 120);
  EvaluationConfig config;
  config.refit = false;
  config.horizon = 10;
  int fits = 0;
  const auto counting = [&](const std::string& name, const Panel& seen, std::size_t steps) {
    CHECK(steps == 90);
    CHECK(seen.days == 90);
    ++fits;
    return fit(name, seen, steps);
  };
  const auto once = evaluate({"naive"}, panel, config, counting, 1);
  CHECK(fits == 2);
  config.refit = true;
  CHECK(once[1].scores.rmsse() == evaluate({"naive"}, panel, config, fit, 1)[1].scores.rmsse());
}

TEST_CASE("quantiles of counted demand cover as often as they say") {
  const Panel panel = counted_series(150, 400);
  EvaluationConfig config;
  config.sums = {7};
  for (const ModelEvaluation& one : evaluate({"moving_average", "tsb"}, panel, config, fit, 2)) {
    if (one.model == "seasonal_naive") continue;
    INFO(one.model);
    const auto levels = one.scores.levels();
    CHECK(levels[1].randomised == Approx(0.9).margin(0.015));
    CHECK(levels[2].randomised == Approx(0.95).margin(0.01));
    CHECK(levels[3].randomised == Approx(0.99).margin(0.006));
    const auto sums = one.scores.sums()[0].levels;
    CHECK(sums[1].randomised == Approx(0.9).margin(0.05));  // 450 sums: a standard error of .014
    CHECK(sums[3].randomised == Approx(0.99).margin(0.02));
  }
}

TEST_CASE("a paired bootstrap tells a difference from noise") {
  std::vector<double> reference, better, same;
  const std::vector<double> noise = normal_draws(400), other = normal_draws(400, 1);
  for (std::size_t i = 0; i < 200; ++i) {
    reference.push_back(1 + noise[i]);
    better.push_back(0.9 + noise[i] + 0.1 * other[i]);
    same.push_back(1 + noise[i] + 0.1 * other[200 + i]);
  }
  const PairedDifference gain = paired_bootstrap(better, reference);
  CHECK(gain.distinguishable());
  CHECK(gain.mean == Approx(-0.1).margin(0.03));
  CHECK((gain.upper - gain.lower) / 2 == Approx(1.96 * 0.1 / std::sqrt(200)).epsilon(0.15));
  CHECK_FALSE(paired_bootstrap(same, reference).distinguishable());
  CHECK(std::isnan(paired_bootstrap(std::vector<double>{std::nan("")}, std::vector<double>{1}).mean));
}

TEST_CASE("a history that is too short for its origins is refused") {
  const Panel panel = counted_series(1, 50);
  CHECK_THROWS_WITH(evaluate({"naive"}, panel, {}, fit, 1), Catch::Matchers::Contains("84 days"));
}

TEST_CASE("every series, origin and model has its row") {
  const Panel panel = counted_series(2, 40);
  EvaluationConfig config;
  config.horizon = 5;
  const std::string text = series_csv(evaluate({"naive"}, panel, config, fit, 1), panel, config);
  CHECK(std::count(text.begin(), text.end(), '\n') == 1 + 2 * 2 * 3);
  CHECK_THAT(text, Catch::Matchers::Contains("naive,s1,2024-02-05,"));
}

TEST_CASE("naive forecasts score on monthly spare parts as published") {
  const SharedFile file("spareparts/raf.csv.gz");
  if (!file.exists()) return file.skip();
  const Panel panel = read_history(file.path(), {{}, RowStep::automatic, Gaps::missing});
  EvaluationConfig config;
  config.horizon = 6;
  const auto results = evaluate({"naive", "sba"}, panel, config, fit, 2);
  CHECK(results[0].scores.rmsse() == Approx(0.860).margin(5e-4));
  CHECK(results[1].scores.rmsse() == Approx(0.724).margin(5e-4));
  CHECK(results[2].scores.rmsse() < 0.653 * 1.02);
  CHECK(results[2].rmsse_difference.distinguishable());
}
