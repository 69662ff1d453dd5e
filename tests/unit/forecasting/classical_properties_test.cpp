// What holds of every classical forecaster on any history.
#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>

#include "forecasting/classical/methods.h"
#include "forecasting/forecasters.h"
#include "tests/support/quick_forecasters.h"
#include "tests/unit/forecasting/series_examples.h"

using namespace restock;
using namespace restock::forecasting;

namespace {

const std::vector<double> kLevels{0.001, 0.05, 0.5, 0.9, 0.95, 0.99, 0.999};

/// Histories that methods stumble over.
std::vector<std::vector<float>> awkward_series(std::size_t days) {
  constexpr float kHole = std::numeric_limits<float>::quiet_NaN();
  std::vector<std::vector<float>> all{std::vector<float>(days, 0.0F), std::vector<float>(days, 7.0F),
                                      std::vector<float>(days, kHole), std::vector<float>(days, kHole)};
  all[3][days / 2] = 3;
  all.push_back(count_draws(days, {5, 0.5}));
  for (float& y : all[4]) y *= 1e12F / 5;
  all.push_back(std::vector<float>(days, 0.0F));
  all[5][days - 1] = 1e6F;
  all.emplace_back();
  for (std::size_t t = 0; t < days; ++t) all[6].push_back(std::pow(1.4F, static_cast<float>(t % 60)));
  all.push_back(count_draws(days, {0.05, 0.5}));
  all.push_back(count_draws(days, {3, 0.5}));
  for (std::size_t t = 0; t < days; t += 3) all[8][t] = kHole;
  all.push_back(std::vector<float>(days, 1e-6F));
  return all;
}

void check_sane(const Said& said, std::size_t days) {
  for (const auto* values : {&said.mean, &said.quantiles, &said.step_mean, &said.step_quantiles})
    for (const float value : *values) CHECK((std::isfinite(value) && value >= 0));
  for (std::size_t i = 0; i + kLevels.size() <= said.step_quantiles.size(); i += kLevels.size()) {
    const auto of_step = std::span(said.step_quantiles).subspan(i, kLevels.size());
    CHECK(std::is_sorted(of_step.begin(), of_step.end()));
  }
  for (std::size_t s = 0; s < said.mean.size(); ++s) {
    const auto of_sum = std::span(said.quantiles).subspan(s * kLevels.size(), kLevels.size());
    CHECK(std::is_sorted(of_sum.begin(), of_sum.end()));
    double sum = 0;
    for (std::size_t d = 0; d < days; ++d) sum += static_cast<double>(said.step_mean[s * days + d]);
    CHECK(static_cast<double>(said.mean[s]) == Approx(sum).epsilon(1e-5).margin(1e-9));
  }
}

}  // namespace

TEST_CASE("no forecast is negative, crosses or is no number, whatever the history") {
  for (const ForecasterDescription& entry : forecaster_registry()) {
    INFO(entry.name);
    for (const std::size_t days :
         {std::size_t{1}, std::size_t{2}, std::size_t{9}, std::size_t{40}, std::size_t{200}}) {
      INFO(days << " days");
      Panel panel = panel_of_series(awkward_series(days));
      panel.stocked_out[4 * days + days / 2] = 1;
      panel.listed_from[8] = days / 2;
      const auto model = entry.fit(panel, days, quick_forecasters(), untrained_lstm);
      check_sane(ask(*model->bind(panel, days), 30, kLevels), 30);
    }
  }
}

TEST_CASE("items that are listed after the end of what is learned from are forecast too") {
  Panel panel = panel_of_series({count_draws(60, {5, 0.3}), std::vector<float>(60, 0.0F)});
  panel.listed_from[1] = 50;
  for (std::size_t t = 50; t < 60; ++t) panel.sales[60 + t] = 9;
  for (const ForecasterDescription& entry : forecaster_registry()) {
    INFO(entry.name);
    const auto model = entry.fit(panel, 40, quick_forecasters(), untrained_lstm);
    check_sane(ask(*model->bind(panel, 40), 5, kLevels), 5);
    const Said later = ask(*model->bind(panel, 60), 5, kLevels);
    check_sane(later, 5);
    CHECK(std::isfinite(later.mean[1]));
  }
}

TEST_CASE("months and weeks are forecast as days are") {
  for (const Frequency frequency : {Frequency::week, Frequency::month}) {
    Panel panel = panel_of_series(awkward_series(50));
    panel.frequency = frequency;
    for (const ClassicalMethod& method : classical_methods()) {
      INFO(method.description.name);
      const auto model = fit_classical(method, panel, 45, {});
      check_sane(ask(*model->bind(panel, 47), 6, kLevels), 6);
      Panel daily = panel;
      daily.frequency = Frequency::day;
      CHECK_THROWS_WITH(model->bind(daily, 47), Catch::Matchers::Contains("one a day"));
    }
  }
}

TEST_CASE("the same history gives the same bytes, and a series does not depend on others but for its tail") {
  const Panel both = panel_of_series({count_draws(150, {4, 0.3}, 1), count_draws(150, {9, 0.3}, 2)});
  const Panel alone = select_series(both, std::vector<std::string>{"s1"});
  for (const ClassicalMethod& method : classical_methods()) {
    INFO(method.description.name);
    const auto model = fit_classical(method, both, 140, {});
    CHECK(tensor_file_bytes(model->tensors()) ==
          tensor_file_bytes(fit_classical(method, both, 140, {})->tensors()));
    const auto single = fit_classical(method, alone, 140, {});
    CHECK(ask(*model->bind(both, 140), 10, {}).mean[1] == ask(*single->bind(alone, 140), 10, {}).mean[0]);
  }
}

TEST_CASE("a history that begins after the one that was learned from goes on from there") {
  const Panel whole = panel_of_series({count_draws(200, {20, 0.1})});
  Panel last;
  last.first_day = whole.date(180);
  last.days = last.known_days = 20;
  last.ids = whole.ids;
  last.sales.assign(whole.sales.end() - 20, whole.sales.end());
  last.stocked_out.assign(20, 0);
  last.listed_from = {0};
  for (const char* name : {"ses", "ets", "theta", "tsb", "arima", "auto_ets"}) {
    INFO(name);
    const auto model = fit_forecaster(name, whole, 180, {});
    const float expected = ask(*model->bind(whole, 200), 7, {}).mean[0];
    CHECK(ask(*model->bind(last, 20), 7, {}).mean[0] == Approx(expected).epsilon(1e-4));
  }
}

TEST_CASE("laws of single steps know the weekdays") {
  std::vector<float> y = count_draws(700, {30, 0.2});
  for (std::size_t t = 0; t < y.size(); ++t)
    if (t % 7 >= 5) y[t] = 0;
  const Panel panel = panel_of_series({y});
  const auto model = fit_forecaster("same_phase", panel, 700, {});
  const Said said = ask(*model->bind(panel, 700), 7, {0.95});
  CHECK(said.step_quantiles[5] == 0);
  CHECK(said.step_quantiles[6] == 0);
  const double exact = static_cast<double>(NegativeBinomial{30, 0.2}.quantile(0.95));
  double mean = 0;
  for (std::size_t h = 0; h < 5; ++h) mean += static_cast<double>(said.step_quantiles[h]) / 5;
  CHECK(mean == Approx(exact).epsilon(0.1));
}
