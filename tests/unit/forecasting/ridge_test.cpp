#include "forecasting/pooled/ridge.h"

#include <catch2/catch.hpp>

#include "forecasting/accuracy.h"
#include "forecasting/evaluation/rolling_origin.h"
#include "forecasting/forecasters.h"
#include "forecasting/pooled/features.h"
#include "tests/unit/forecasting/series_examples.h"

using namespace restock;
using namespace restock::forecasting;

namespace {

/// Counts that double on promotions, which come at random and are known in advance.
Panel promoted_panel(std::size_t series, std::size_t days) {
  std::vector<std::vector<float>> all;
  Covariate promotion{"promotion", {}};
  for (std::size_t s = 0; s < series; ++s) {
    const std::vector<double> chance = normal_draws(days, 100 + s);
    const std::vector<float> low = count_draws(days, {10, 0.05}, s), high = count_draws(days, {20, 0.05}, s);
    all.emplace_back();
    for (std::size_t t = 0; t < days; ++t) {
      promotion.values.push_back(chance[t] > 1 ? 1.0F : 0.0F);
      all.back().push_back(chance[t] > 1 ? high[t] : low[t]);
    }
  }
  Panel panel = panel_of_series(all);
  panel.covariates.push_back(std::move(promotion));
  return panel;
}

}  // namespace

TEST_CASE("a regression learns what promotions do and applies it to days to come") {
  Panel panel = promoted_panel(10, 400);
  auto& promotion = panel.covariates[0].values;
  promotion[370] = 1;  // of the first series, on the first day to come
  promotion[371] = 0;
  const auto model = fit_forecaster("ridge", panel, 370, {});
  const Said said = ask(*model->bind(panel, 370), 2, {0.9});
  CHECK(said.step_mean[0] == Approx(20).epsilon(0.1));
  CHECK(said.step_mean[1] == Approx(10).epsilon(0.1));
  CHECK(said.step_quantiles[0] > said.step_quantiles[1]);
  EvaluationConfig config;
  config.origins = 1;
  const auto fit = [](const std::string& name, const Panel& seen, std::size_t steps) {
    return fit_forecaster(name, seen, steps, {});
  };
  const auto results = evaluate({"moving_average", "ridge"}, panel, config, fit, 1);
  CHECK(results[2].scores.rmsse() < 0.85 * results[1].scores.rmsse());
}

TEST_CASE("features of a step are those of its past and its phase") {
  std::vector<float> y;
  for (int t = 0; t < 70; ++t) y.push_back(static_cast<float>(t % 7));
  const Panel panel = panel_of_series({y});
  const FeatureSettings settings = feature_settings(panel, 70, Features::window(panel.frequency));
  const Features features({settings, {0}}, panel, 70);
  std::vector<float> state(settings.window);
  Features::forget(state);
  for (int t = 0; t < 70; ++t) features.remember(t - 70, y[static_cast<std::size_t>(t)], state);
  Features::Past past;
  features.look_back(0, 0, state, past);
  const float scale = settings.scale[0];
  CHECK(scale == Approx(lag_one_scale(y).root_mean_square));
  CHECK(past.means[0] * scale == Approx(6));
  CHECK(past.means[2] * scale == Approx(3));
  for (std::size_t p = 0; p < 7; ++p) CHECK(past.phases[p] * scale == Approx(p));
  std::vector<float> row(Features::columns(settings));
  features.write(0, 0, 2, past, row);
  CHECK(row[0] == 1);
  CHECK(row[1 + Features::means(settings).size() + 1] * scale == Approx(2));  // the phase of the step
}
