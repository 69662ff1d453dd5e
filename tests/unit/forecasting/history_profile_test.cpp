#include "forecasting/history_profile.h"

#include <catch2/catch.hpp>

#include "tests/unit/forecasting/series_examples.h"

using namespace restock;
using namespace restock::forecasting;

TEST_CASE("a profile counts what is known, missing and nothing") {
  const float hole = std::nanf("");
  Panel panel = panel_of_series({{0, 0, 4, hole, 0, 8, 0, 0, 6, 0}});
  panel.listed_from = {2};
  panel.stocked_out[9] = 1;
  const SeriesProfile p = profile_series(panel, 0);
  CHECK(p.steps == 8);
  CHECK(p.missing == 1);
  CHECK(p.sold_out == 1);
  CHECK(p.mean == Approx(18.0 / 6));
  CHECK(p.zeros == Approx(0.5));
  CHECK(p.interval == Approx(2));
  CHECK(p.squared_variation == Approx((4 + 4 + 0) / 3.0 / 36));
  CHECK(p.demand_class == DemandClass::intermittent);
  CHECK(std::isnan(p.season_strength));
  CHECK_THAT(profile_csv({p}), Catch::Matchers::Contains("s0,8,1,1,0.5,3,2,"));
}

TEST_CASE("a strong season is told from none") {
  std::vector<float> weekly, flat = count_draws(400, {20, 0.05});
  for (std::size_t t = 0; t < flat.size(); ++t) weekly.push_back(flat[t] + (t % 7 >= 5 ? 60.0F : 0.0F));
  const Panel panel = panel_of_series({weekly, flat});
  CHECK(profile_series(panel, 0).season_strength > 0.9);
  CHECK(profile_series(panel, 1).season_strength < 0.1);
}

TEST_CASE("a long run without sales is suspicious, closed weekdays and slow items are not") {
  std::vector<float> daily = count_draws(300, {5, 0.1}), closed = daily,
                     slow = count_draws(300, {0.1, 0.1}, 3);
  for (std::size_t t = 0; t < 300; ++t)
    if (t % 7 >= 5) closed[t] = 0;
  for (std::size_t t = 200; t < 210; ++t) daily[t] = 0;
  Panel panel = panel_of_series({daily, closed, slow});
  CHECK(profile_series(panel, 0).suspected_runs == 1);
  CHECK(profile_series(panel, 0).suspected_steps == 10);
  CHECK(profile_series(panel, 1).suspected_runs == 0);
  CHECK(profile_series(panel, 2).suspected_runs == 0);
  for (std::size_t t = 200; t < 210; ++t) panel.stocked_out[t] = 1;
  CHECK(profile_series(panel, 0).suspected_runs == 0);  // known, not suspected
}
