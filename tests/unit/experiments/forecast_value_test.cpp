#include "experiments/forecast_value.h"

#include <catch2/catch.hpp>

#include "env/core/error.h"
#include "tests/unit/core/temporary_folder.h"
#include "tests/unit/forecasting/series_examples.h"

using namespace restock;
using namespace restock::experiments;

namespace {

/// Items whose Saturdays sell five times as much: those who know weekdays order better.
std::string weekly_sales(std::size_t items, std::size_t days) {
  std::string text = "unique_id,ds,y\n";
  const Date first = parse_date("2023-01-02").value();
  for (std::uint64_t s = 0; s < items; ++s) {
    const auto quiet = forecasting::count_draws(days, {4, 0.1}, s),
               busy = forecasting::count_draws(days, {20, 0.1}, s + 50);
    for (std::size_t t = 0; t < days; ++t)
      text += fmt::format("i{},{},{}\n", s, format_date(first + std::chrono::days(t)),
                          t % 7 == 5 ? busy[t] : quiet[t]);
  }
  return text;
}

}  // namespace

TEST_CASE("the forecaster that knows weekdays costs least, and the loss says so too") {
  const TemporaryFolder folder;
  const std::string file = folder.file_with("sales.csv", weekly_sales(8, 400));
  const ForecastValue value =
      value_forecasters({.file = file, .forecasters = {"same_phase", "moving_average"}});
  REQUIRE(value.forecasters.size() == 3);
  CHECK(value.forecasters[0].outcome.name == "seasonal_naive");
  CHECK(value.forecasters[value.cheapest].outcome.name == "same_phase");
  CHECK(value.forecasters[value.sharpest].outcome.name == "same_phase");
  CHECK(value.cost_per_day(1) < value.cost_per_day(2));
  CHECK(value.forecasters[1].difference.verdict == Verdict::costs_less);
  CHECK(value.forecasters[1].difference.cost_per_day.mean ==
        Approx(value.cost_per_day(1) - value.cost_per_day(0)));
  CHECK(value.forecasters[1].losses.intervals.front().days == value.interval_days);
  CHECK(value.notes.size() >= 1);
  CHECK(folder.entries() == 1);
  const ForecastValue again = value_forecasters({.file = file, .forecasters = {"same_phase"}, .threads = 2});
  CHECK(again.cost_per_day(1) == value.cost_per_day(1));
  const ForecastValue careful =
      value_forecasters({.file = file, .forecasters = {}, .parameters = {"service_level=0.999"}});
  CHECK(careful.cost_per_day(0) != value.cost_per_day(0));
}

TEST_CASE("forecasts are judged by a history only") {
  CHECK_THROWS_AS(value_forecasters({.file = std::string(RESTOCK_SOURCE_DIR) + "/scenarios/promotions.yaml",
                                     .forecasters = {}}),
                  InputError);
  CHECK_THROWS_AS(value_forecasters({.file = "nowhere.csv", .forecasters = {}}), InputError);
}
