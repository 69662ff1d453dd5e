#include "forecasting/combination/combination.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

#include "env/core/error.h"
#include "forecasting/combination/simplex.h"
#include "forecasting/evaluation/rolling_origin.h"
#include "forecasting/forecasters.h"
#include "tests/support/temporary_file.h"
#include "tests/unit/forecasting/series_examples.h"

using namespace restock;
using namespace restock::forecasting;

namespace {

ForecasterConfig combining(std::vector<std::string> members) {
  ForecasterConfig config;
  config.combination.members = std::move(members);
  return config;
}

/// Weekly patterns around levels that wander.
Panel wandering(std::size_t series, std::size_t days) {
  std::vector<std::vector<float>> all;
  for (std::size_t s = 0; s < series; ++s) {
    const std::vector<double> draws = normal_draws(2 * days, 900 + s);
    all.emplace_back();
    double level = 20;
    for (std::size_t t = 0; t < days; ++t) {
      level = std::max(5.0, level + 0.3 * draws[2 * t]);
      all.back().push_back(
          static_cast<float>(std::max(0.0, level * (t % 7 < 5 ? 1 : 1.5) + 3 * draws[2 * t + 1])));
    }
  }
  return panel_of_series(all);
}

}  // namespace

TEST_CASE("weights of means are those of least squares on the simplex") {
  // Two members with independent errors of variance 1 and 4: weights 4/5 and 1/5 (Bates and Granger 1969).
  CombinedCases cases{3, {}, {}, {}, {}};
  const std::vector<double> draws = normal_draws(40'000);
  for (std::size_t i = 0; i < draws.size(); i += 2) {
    const auto a = static_cast<float>(draws[i]), b = static_cast<float>(2 * draws[i + 1]);
    cases.add(std::vector<float>{10 + a, 10 + b, 30}, 10, 1, 0);
  }
  const std::vector<double> weights = best_weights(cases);
  CHECK(weights[0] == Approx(0.8).margin(0.02));
  CHECK(weights[1] == Approx(0.2).margin(0.02));
  CHECK(weights[2] < 0.01);
  CHECK(std::accumulate(weights.begin(), weights.end(), 0.0) == Approx(1));
}

TEST_CASE("weights of quantiles find the one that is right, and never lose more than the best member") {
  CombinedCases cases{2, {}, {}, {}, {}};
  for (const double draw : normal_draws(5000))
    cases.add(std::vector<float>{1.2816F, 4}, static_cast<float>(draw), 1, 0.9F);
  const std::vector<double> weights = best_weights(cases);
  CHECK(weights[0] > 0.95);
  CHECK(combined_loss(cases, weights) <= combined_loss(cases, std::vector<double>{1, 0}));
  CHECK(best_weights(CombinedCases{4, {}, {}, {}, {}}) == std::vector<double>(4, 0.25));
}

TEST_CASE("a combination is no worse than the best of its members") {
  const Panel panel = wandering(12, 300);
  EvaluationConfig config;
  config.origins = 2;
  const std::vector<std::string> members{"naive", "same_phase", "ets"};
  const auto fit = [&](const std::string& name, const Panel& seen, std::size_t steps) {
    return fit_forecaster(name, seen, steps, combining(members));
  };
  const auto results = evaluate({"naive", "same_phase", "ets", "combination"}, panel, config, fit, 1);
  const ScoreSheet& combined = results.back().scores;
  double rmsse = 1e9, spl = 1e9;
  for (std::size_t i = 1; i + 1 < results.size(); ++i) {
    rmsse = std::min(rmsse, results[i].scores.rmsse());
    spl = std::min(spl, results[i].scores.levels()[2].spl);
  }
  CHECK(combined.rmsse() < 1.01 * rmsse);
  CHECK(combined.levels()[2].spl < 1.01 * spl);
}

TEST_CASE("a combination says the weighted mean of its members, also day by day") {
  const Panel panel = wandering(3, 120);
  const auto model = fit_forecaster("combination", panel, 100, combining({"ses"}));
  const auto alone = fit_forecaster("ses", panel, 100, {});
  const auto a = model->bind(panel, 110), b = alone->bind(panel, 110);
  CHECK(ask(*a, 9, {0.1, 0.9}).step_quantiles == ask(*b, 9, {0.1, 0.9}).step_quantiles);
  CHECK(ask(*a, 9, {0.1, 0.9}).quantiles == ask(*b, 9, {0.1, 0.9}).quantiles);
  const auto three = fit_forecaster("combination", panel, 100, combining({"ses", "ets", "tsb"}));
  const Said said = ask(*three->bind(panel, 110), 9, {0.1, 0.9});
  float least = 1e9F, most = 0;
  for (const char* name : {"ses", "ets", "tsb"}) {
    const float mean = ask(*fit_forecaster(name, panel, 100, {})->bind(panel, 110), 9, {}).mean[0];
    least = std::min(least, mean), most = std::max(most, mean);
  }
  CHECK(said.mean[0] >= least * 0.9999F);
  CHECK(said.mean[0] <= most * 1.0001F);
}

TEST_CASE("weights of a combination know nothing of days after the last one of training") {
  Panel panel = wandering(4, 200);
  const ForecasterConfig config = combining({"naive", "ets", "moving_average"});
  const std::string before = tensor_file_bytes(fit_forecaster("combination", panel, 150, config)->tensors());
  for (std::size_t s = 0; s < 4; ++s)
    for (std::size_t t = 150; t < 200; ++t) panel.sales[s * 200 + t] += 100;
  CHECK(before == tensor_file_bytes(fit_forecaster("combination", panel, 150, config)->tensors()));
}

TEST_CASE("combinations of nothing, of combinations and with forged weights are refused") {
  const Panel panel = wandering(2, 80);
  const auto fit = [&](std::vector<std::string> members) {
    return fit_forecaster("combination", panel, 80, combining(std::move(members)));
  };
  CHECK_THROWS_WITH(fit({}), Catch::Matchers::Contains("combination.members"));
  CHECK_THROWS_WITH(fit({"combination"}), Catch::Matchers::Contains("cannot be a member"));
  CHECK_THROWS_WITH(fit({"seasonal_naif"}), Catch::Matchers::Contains("seasonal_naive"));
  CHECK_THROWS_WITH(fit({"lstm", "ses"}), Catch::Matchers::Contains("LibTorch"));
  const TensorFile good = fit({"ses", "naive"})->tensors();
  const auto refused = [](const TensorFile& file) {
    const TemporaryFile saved;
    write_tensor_file(file, saved.path());
    CHECK_THROWS_AS(load_forecaster(saved.path()), InputError);
  };
  TensorFile forged = good;
  forged.tensors["weights_of_means"].values = {2, -1};
  refused(forged);
  forged = good;
  forged.tensors["weights_of_quantiles"].values = {0.5F, 0.6F};
  refused(forged);
  forged = good;
  forged.metadata["0/name"] = "combination";
  refused(forged);
  forged = good;
  forged.metadata["1/ids"] = join_ids(std::vector<std::string>{"s0", "other"});
  refused(forged);
  forged = good;
  forged.set_number("members", 3);
  refused(forged);
}
