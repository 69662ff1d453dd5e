#include "forecasting/evaluation/transfer.h"

#include <catch2/catch.hpp>
#include <map>

#include "env/core/error.h"
#include "forecasting/forecasters.h"
#include "tests/unit/forecasting/series_examples.h"

using namespace restock;
using namespace restock::forecasting;
using Catch::Matchers::Contains;

namespace {

Panel named(const std::vector<std::string>& ids, std::size_t days, const char* first_day) {
  Panel panel = panel_of_series(std::vector<std::vector<float>>(ids.size(), count_draws(days, {2, 1})));
  panel.ids = ids;
  panel.first_day = parse_date(first_day).value();
  return panel;
}

}  // namespace

TEST_CASE("models of all series learn from others before the origin, methods of one series from their own") {
  const Panel judged = named({"a", "b"}, 60, "2024-01-01");
  const Panel others = named({"x", "y", "z"}, 100, "2023-12-22");  // ten days earlier
  std::map<std::string, std::vector<std::pair<std::string, std::size_t>>> learned;
  const auto fit = [&](const std::string& name, const Panel& seen, std::size_t steps) {
    CHECK(seen.days == steps);
    learned[name].push_back({seen.ids.front(), steps});
    return fit_forecaster("ses", learns_one_series(name) ? seen : first_days(judged, 20),
                          std::min<std::size_t>(steps, 20), {});
  };
  EvaluationConfig config;
  config.horizon = 5;
  config.origins = 2;
  evaluate({"ses", "ridge"}, judged, config, fit_on_others(others, fit), 1);
  CHECK(learned["ses"] == std::vector<std::pair<std::string, std::size_t>>{{"a", 50}, {"a", 55}});
  CHECK(learned["ridge"] == std::vector<std::pair<std::string, std::size_t>>{{"x", 60}, {"x", 65}});
}

TEST_CASE("nothing later than the origin is learned from, and nothing at all is refused") {
  const Panel judged = named({"a"}, 60, "2024-01-01");
  const auto fit = [](const std::string&, const Panel& seen, std::size_t steps) {
    return fit_forecaster("ses", seen, steps, {});
  };
  const Panel late = named({"x"}, 100, "2024-02-20");
  CHECK_THROWS_WITH(fit_on_others(late, fit)("ridge", first_days(judged, 50), 50),
                    Contains("begins on 2024-02-20"));
  CHECK(fit_on_others(late, fit)("ridge", first_days(judged, 51), 51)->ids().front() == "x");
  const Panel short_one = named({"x"}, 10, "2023-01-01");
  CHECK_NOTHROW(fit_on_others(short_one, fit)("ridge", first_days(judged, 50), 50));
}

TEST_CASE("series that are judged are not learned from") {
  const Panel judged = named({"a", "b"}, 10, "2024-01-01");
  CHECK(series_to_learn_from(named({"x", "a", "y"}, 10, "2024-01-01"), judged).ids ==
        std::vector<std::string>{"x", "y"});
  CHECK_THROWS_WITH(series_to_learn_from(judged, judged), Contains("expected others"));
  Panel weeks = named({"x"}, 10, "2024-01-01");
  weeks.frequency = Frequency::week;
  CHECK_THROWS_WITH(series_to_learn_from(weeks, judged), Contains("one row a week"));
}

TEST_CASE("classical methods learn one series each") {
  CHECK(learns_one_series("seasonal_naive"));
  CHECK(learns_one_series("arima"));
  CHECK_FALSE(learns_one_series("ridge"));
  CHECK_FALSE(learns_one_series("lstm"));
}
