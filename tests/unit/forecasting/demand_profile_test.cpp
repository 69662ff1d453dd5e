// What a series says of itself: class, weekdays, variance.
#include "forecasting/demand_profile.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "env/core/keyed_random.h"

using namespace restock;
using namespace restock::forecasting;

namespace {

Panel panel_of(std::vector<float> sales) {
  Panel panel;
  panel.first_day = *parse_date("2024-01-01");  // a Monday
  panel.days = panel.known_days = sales.size();
  panel.ids = {"item"};
  panel.stocked_out.assign(sales.size(), 0);
  panel.sales = std::move(sales);
  panel.listed_from = {0};
  return panel;
}

/// Sales of `size` every `gap` days, `other` on the sales day after it, by turns.
Panel every(std::size_t gap, float size, float other) {
  std::vector<float> sales(280, 0.0F);
  for (std::size_t day = 0; day < sales.size(); day += gap) sales[day] = day / gap % 2 == 0 ? size : other;
  return panel_of(std::move(sales));
}

DemandClass class_of(const Panel& panel) {
  return profile_of(panel, 0, 0, panel.days).demand_class;
}

}  // namespace

TEST_CASE("the four classes of Syntetos, Boylan and Croston") {
  CHECK(class_of(every(1, 4, 5)) == DemandClass::smooth);
  CHECK(class_of(every(1, 1, 20)) == DemandClass::erratic);
  CHECK(class_of(every(4, 4, 5)) == DemandClass::intermittent);
  CHECK(class_of(every(4, 1, 20)) == DemandClass::lumpy);
  const DemandProfile lumpy = profile_of(every(4, 1, 20), 0, 0, 280);
  CHECK(lumpy.interval == Approx(4));
  CHECK(lumpy.squared_variation == Approx(std::pow(9.5 / 10.5, 2)));
  CHECK(name_of(lumpy.demand_class) == "lumpy");
}

TEST_CASE("weekdays are told apart where they differ, and taken out of the variance") {
  const std::vector<double> factors{0.5, 0.5, 0.5, 0.5, 1, 2, 2};
  std::vector<float> weekly;
  std::vector<float> flat;
  for (std::size_t day = 0; day < 700; ++day) {
    const double uniform =
        Stream({3, Split::train, 0}, Purpose::generation, 0).uniform(static_cast<std::int64_t>(day));
    weekly.push_back(static_cast<float>(factors[day % 7] * (80 + 40 * uniform)));
    flat.push_back(static_cast<float>(80 + 40 * uniform));
  }
  const DemandProfile by_day = profile_of(panel_of(weekly), 0, 0, 700);
  REQUIRE(by_day.weekday_factors.size() == 7);
  for (std::size_t day = 0; day < 7; ++day)
    CHECK(by_day.weekday_factors[day] == Approx(factors[day]).epsilon(0.05));
  CHECK(by_day.mean == Approx(100).epsilon(0.02));
  const DemandProfile even = profile_of(panel_of(flat), 0, 0, 700);
  CHECK(even.weekday_factors.empty());
  CHECK(even.variance == Approx(1600.0 / 12).epsilon(0.1));
  CHECK(profile_of(panel_of(weekly), 0, 0, 49).weekday_factors.empty());  // seven weeks say too little
}

TEST_CASE("days before an item was offered and days with an empty shelf say nothing") {
  Panel panel = panel_of({0, 0, 0, 6, 0, 4, 8});
  panel.listed_from = {3};
  panel.stocked_out[4] = 1;
  const DemandProfile profile = profile_of(panel, 0, 0, 7);
  CHECK(profile.days == 3);
  CHECK(profile.days_with_sales == 3);
  CHECK(profile.mean == Approx(6));
  CHECK(profile_of(panel, 0, 0, 3).days == 0);
  CHECK(profile_of(panel, 0, 0, 3).mean == 0);
}
