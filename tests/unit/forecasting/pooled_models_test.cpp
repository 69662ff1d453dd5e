// What holds of models of all series: they serve series that they never saw.
#include <algorithm>
#include <catch2/catch.hpp>

#include "env/core/error.h"
#include "forecasting/forecasters.h"
#include "tests/support/quick_forecasters.h"
#include "tests/unit/forecasting/series_examples.h"

using namespace restock;
using namespace restock::forecasting;

namespace {

constexpr std::size_t kDays = 300;

/// Series of different levels with busy weekends.
Panel weekly_panel(const std::vector<double>& levels) {
  std::vector<std::vector<float>> all;
  for (std::size_t s = 0; s < levels.size(); ++s) {
    const std::vector<float> low = count_draws(kDays, {levels[s], 0.05}, s),
                             high = count_draws(kDays, {3 * levels[s], 0.05}, s);
    all.emplace_back();
    for (std::size_t t = 0; t < kDays; ++t) all.back().push_back(t % 7 >= 5 ? high[t] : low[t]);
  }
  return panel_of_series(all);
}

const std::vector<const char*> kPooled{"ridge", "linear", "boosted_trees", "random_forest", "combination"};

}  // namespace

TEST_CASE("pooled models forecast series that they were not fitted on") {
  const Panel learned = weekly_panel({2, 4, 6, 9, 14, 20, 30, 45});
  Panel others = weekly_panel({3, 25});
  others.ids = {"unseen", "unseen too"};
  for (const char* name : kPooled) {
    INFO(name);
    const auto model = fit_forecaster(name, learned, 280, quick_forecasters());
    const Said said = ask(*model->bind(others, 280), 7, {0.05, 0.5, 0.95});
    for (std::size_t s = 0; s < 2; ++s) {
      const double level = s == 0 ? 3 : 25;
      CHECK(static_cast<double>(said.mean[s]) == Approx(11 * level).epsilon(0.2));
      CHECK(said.step_mean[s * 7 + 5] > 1.8F * said.step_mean[s * 7]);  // a Saturday
      CHECK(said.quantiles[s * 3] < said.mean[s]);
      CHECK(said.quantiles[s * 3 + 2] > said.mean[s]);
      CHECK(said.quantiles[s * 3 + 2] < 2 * said.mean[s]);
    }
  }
}

TEST_CASE("a series without any history is taken for a typical one") {
  const Panel learned = weekly_panel({8, 8, 8});
  const Panel nothing = panel_of_series({std::vector<float>(1, 0.0F)});
  for (const char* name : {"ridge", "linear"}) {
    INFO(name);
    const auto model = fit_forecaster(name, learned, 280, quick_forecasters());
    Panel unseen = nothing;
    unseen.ids = {"unseen"};
    const Said said = ask(*model->bind(unseen, 0), 7, {0.95});
    CHECK(static_cast<double>(said.mean[0]) == Approx(88).epsilon(0.4));
  }
}

TEST_CASE("laws of trees hold on days to come") {
  const Panel panel = weekly_panel({1, 2, 3, 5, 8, 12, 18, 30, 0.3, 0.6});
  for (const char* name : {"boosted_trees", "random_forest"}) {
    INFO(name);
    const auto model = fit_forecaster(name, panel, 270, quick_forecasters());
    const Said said = ask(*model->bind(panel, 270), 28, {0.1, 0.9});
    int below = 0, above = 0;
    for (std::size_t s = 0; s < panel.series(); ++s) {
      for (std::size_t h = 0; h < 28; ++h) {
        const float truth = panel.sales_of(s)[270 + h];
        below += truth < said.step_quantiles[(s * 28 + h) * 2];
        above += truth > said.step_quantiles[(s * 28 + h) * 2 + 1];
      }
    }
    CHECK(below < 45);  // 28 expected of 280, were demand continuous
    CHECK(above < 45);
    CHECK(above > 8);
  }
}

TEST_CASE("a linear regression is a ridge that draws nothing to 0") {
  const Panel panel = weekly_panel({5, 10});
  ForecasterConfig config;
  config.ridge.penalty = 1e-8;
  const auto ridge = fit_forecaster("ridge", panel, 280, config),
             linear = fit_forecaster("linear", panel, 280, {});
  CHECK(ask(*ridge->bind(panel, 280), 7, {0.9}).mean == ask(*linear->bind(panel, 280), 7, {0.9}).mean);
  CHECK(linear->name() == "linear");
}

TEST_CASE("the same history gives pooled models of the same bytes, for weeks and months too") {
  for (const Frequency frequency : {Frequency::day, Frequency::week, Frequency::month}) {
    Panel panel = weekly_panel({2, 7, 20});
    panel.frequency = frequency;
    for (const char* name : kPooled) {
      INFO(name << " " << name_of(frequency));
      const auto model = fit_forecaster(name, panel, 90, quick_forecasters());
      CHECK(tensor_file_bytes(model->tensors()) ==
            tensor_file_bytes(fit_forecaster(name, panel, 90, quick_forecasters())->tensors()));
      const Said said = ask(*model->bind(panel, 90), 40, {0.5, 0.99});
      CHECK(std::all_of(said.quantiles.begin(), said.quantiles.end(), [](float q) { return q >= 0; }));
    }
    Panel daily = panel;
    daily.frequency = frequency == Frequency::day ? Frequency::week : Frequency::day;
    CHECK_THROWS_WITH(fit_forecaster("boosted_trees", panel, 90, quick_forecasters())->bind(daily, 90),
                      Catch::Matchers::Contains("one row a " + std::string(name_of(frequency))));
  }
}
