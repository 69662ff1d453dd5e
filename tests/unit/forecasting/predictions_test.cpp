#include "forecasting/predictions.h"

#include <catch2/catch.hpp>

#include "forecasting/forecasters.h"
#include "tests/unit/forecasting/series_examples.h"

using namespace restock;
using namespace restock::forecasting;
using Catch::Matchers::Contains;

TEST_CASE("a table of predictions holds what the forecaster says, of single steps and of sums") {
  std::vector<std::vector<float>> series;
  for (std::uint64_t s = 0; s < 300; ++s) series.push_back(count_draws(60, {3, 0.3}, s));
  const Panel panel = panel_of_series(series);
  const PredictionConfig config{3, {2}, {0.5, 0.95}};
  CHECK(prediction_header(config) == "unique_id,ds,steps,mean,q0.5,q0.95\n");
  const auto forecaster = fit_forecaster("ets", panel, 60, {})->bind(panel, 60);
  std::string text;
  append_predictions(text, *forecaster, panel, config);
  CHECK(std::count(text.begin(), text.end(), '\n') == 300 * 4);
  const Said two = ask(*forecaster, 2, {0.5, 0.95}), three = ask(*forecaster, 3, {0.5, 0.95});
  constexpr std::size_t kLast = 299;  // beyond the first chunk
  CHECK_THAT(text,
             Contains(fmt::format("s299,2024-03-03,1,{:.6g},{:.6g},{:.6g}\n", three.step_mean[kLast * 3 + 2],
                                  three.step_quantiles[(kLast * 3 + 2) * 2],
                                  three.step_quantiles[(kLast * 3 + 2) * 2 + 1])));
  CHECK_THAT(text, Contains(fmt::format("s299,2024-03-01,2,{:.6g},{:.6g},{:.6g}\n", two.mean[kLast],
                                        two.quantiles[kLast * 2], two.quantiles[kLast * 2 + 1])));
}
