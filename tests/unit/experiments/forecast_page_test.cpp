#include "experiments/forecast_page.h"

#include <catch2/catch.hpp>

#include "forecasting/forecasters.h"
#include "tests/unit/forecasting/series_examples.h"

using namespace restock;
using namespace restock::forecasting;
using Catch::Matchers::Contains;

TEST_CASE("a page of forecasts shows scores, intervals, laws and the worst series, and loads nothing",
          "[report]") {
  std::vector<std::vector<float>> series;
  for (std::uint64_t s = 0; s < 5; ++s) series.push_back(count_draws(120, {2, 0.4}, s));
  Panel panel = panel_of_series(series);
  panel.ids[3] = "<b>3</b>";
  EvaluationConfig config;
  config.horizon = 7;
  const auto fit = [](const std::string& name, const Panel& seen, std::size_t steps) {
    return fit_forecaster(name, seen, steps, {});
  };
  const auto results = evaluate({"ses", "croston"}, panel, config, fit, 1);
  const std::string page = experiments::forecast_page("a & b", panel, config, results);
  CHECK_THAT(page, Contains("Forecasts of a &amp; b") && Contains("5 series") && Contains("3 origins"));
  CHECK_THAT(page, Contains("has the smallest RMSSE") && Contains("Diebold and Mariano"));
  CHECK_THAT(page,
             Contains("coverage at 0.95") && Contains("Sums over 7 steps") && !Contains("Sums over 14"));
  CHECK_THAT(page, Contains("The worst series") && Contains("&lt;b&gt;3&lt;/b&gt;") && !Contains("<b>3</b>"));
  std::size_t charts = 0;
  for (std::size_t at = page.find("small-multiple\">"); at != std::string::npos;
       at = page.find("small-multiple\">", at + 1))
    ++charts;
  CHECK(charts == 3 * 2);  // of steps and of sums over 7
  CHECK_THAT(page, Contains("default-src 'none'") && !Contains("http://") && !Contains("src=\""));
}
