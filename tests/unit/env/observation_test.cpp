// What a learner sees of a state, number by number.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "env/core/error.h"
#include "env/observation_spec.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::testing;

namespace {

/// Mean demand 2 and 10 a day, protection intervals of 4 days and 1 day.
std::shared_ptr<const WarehouseModel> warehouse() {
  return build_warehouse(warehouse_of({lost_sales_sku("a", poisson(2), LawSpec::constant(3)),
                                       backlog_sku("b", poisson(10), LawSpec::constant(0))},
                                      5));
}

/// A batch with a row for each SKU.
struct Rows {
  std::vector<std::int32_t> sku{0, 1}, weekday{4, 4}, month{1, 12}, day_of_year{1, 366},
      days_since_order{2, 30};
  std::vector<std::int64_t> day{4, 4};
  std::vector<Quantity> on_hand{6, 0}, backlog{0, 5}, on_order{12, 40}, pipeline{1, 2, 3, 4};
  std::vector<float> mean{8, 10}, quantiles{6, 12, 5, 15};
  std::vector<double> levels{0.5, 0.9};

  DecisionBatch batch() const {
    return {.rows = 2,
            .sku = sku,
            .day = day,
            .weekday = weekday,
            .month = month,
            .day_of_year = day_of_year,
            .days_since_order = days_since_order,
            .on_hand = on_hand,
            .backlog = backlog,
            .on_order = on_order,
            .pipeline_by_age = pipeline,
            .pipeline_width = 2,
            .forecast_mean = mean,
            .forecast_quantiles = quantiles,
            .forecast_levels = levels};
  }
};

std::vector<float> observed(const std::vector<std::string>& names) {
  const Rows rows;
  const ObservationSpec spec(*warehouse(), names, rows.levels);
  std::vector<float> result(2 * spec.width());
  spec.write(rows.batch(), result);
  return result;
}

}  // namespace

TEST_CASE("stocks are seen in days of mean demand, minus one") {
  CHECK(observed({"on_hand"}) == std::vector<float>{2, -1});
  CHECK(observed({"backlog"}) == std::vector<float>{-1, -0.5F});
  CHECK(observed({"pipeline_by_age"}) == std::vector<float>{-0.5F, 0, -0.7F, -0.6F});
}

TEST_CASE("positions and forecasts are seen in protection intervals of mean demand, minus one") {
  CHECK(observed({"on_order"}) == std::vector<float>{0.5F, 3});
  CHECK(observed({"inventory_position"}) == std::vector<float>{1.25F, 2.5F});
  CHECK(observed({"forecast_mean"}) == std::vector<float>{0, 0});
  CHECK(observed({"forecast_quantiles"}) == std::vector<float>{-0.25F, 0.5F, -0.5F, 0.5F});
}

TEST_CASE("where lead times are known, open orders are seen by the day on which they come") {
  // a: lead time 3, so what was ordered yesterday (1 unit) comes in 2 days, the day before (2 units)
  // tomorrow; b: nothing is ever open in the morning, whatever the batch says.
  CHECK(observed({"pipeline_by_due_day"}) == std::vector<float>{0, -0.5F, -1, -1});
  const auto model = [](LawSpec lead_time, Arrivals arrivals, Review review) {
    WarehouseSpec spec = warehouse_of({backlog_sku("a", poisson(2), std::move(lead_time))}, 5);
    spec.arrivals = arrivals;
    spec.review = review;
    return build_warehouse(spec);
  };
  const auto builds = [&](const LawSpec& lead_time, Arrivals arrivals, Review review) {
    ObservationSpec(*model(lead_time, arrivals, review), {"pipeline_by_due_day"}, {});
  };
  CHECK_NOTHROW(builds(LawSpec::constant(4), Arrivals::orders, Review::periodic));
  CHECK_NOTHROW(builds(LawSpec::constant(4), Arrivals::daily, Review::continuous));
  CHECK_THROWS_AS(builds(LawSpec::constant(4), Arrivals::orders, Review::continuous), InputError);
  CHECK_THROWS_AS(builds(LawSpec::constant(2.5), Arrivals::orders, Review::periodic), InputError);
  CHECK_THROWS_AS(builds(LawSpec::constant(66), Arrivals::daily, Review::periodic), InputError);
  CHECK_THROWS_AS(builds(discrete({2, 4}, {1, 1}), Arrivals::daily, Review::periodic), InputError);
  SkuSpec unreliable = backlog_sku("a", poisson(2), LawSpec::constant(4));
  unreliable.supply.outages = {exponential(9), exponential(2)};
  CHECK_THROWS_AS(
      ObservationSpec(*build_warehouse(warehouse_of({unreliable}, 5)), {"pipeline_by_due_day"}, {}),
      InputError);
}

TEST_CASE("days since the latest order are seen in protection intervals, minus one, up to ten") {
  CHECK(observed({"days_since_order"}) == std::vector<float>{2.0F / 4 - 1, 9});
}

TEST_CASE("the month is one of twelve, the day of the year a point on a circle") {
  const std::vector<float> month = observed({"month"});
  CHECK(month[0] == 1);
  CHECK(month[23] == 1);
  CHECK(std::count(month.begin(), month.end(), 0.0F) == 22);
  const std::vector<float> day = observed({"day_of_year"});
  CHECK(day[0] == 0);
  CHECK(day[1] == 1);
  CHECK(day[2] == Approx(std::sin(2 * 3.14159265358979 * 365 / 365.25)).margin(1e-6));
  CHECK(day[3] == Approx(std::cos(2 * 3.14159265358979 * 365 / 365.25)).margin(1e-6));
}

TEST_CASE("a batch that lacks what a feature reads is refused") {
  Rows rows;
  rows.month.clear();
  const ObservationSpec spec(*warehouse(), {"month"}, {});
  std::vector<float> result(24);
  CHECK_THROWS_AS(spec.write(rows.batch(), result), InvariantError);
}

TEST_CASE("the weekday is one of seven, and the mean demand a logarithm") {
  CHECK(observed({"weekday"}) == std::vector<float>{0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0});
  const std::vector<float> demand = observed({"mean_demand"});
  CHECK(demand[0] == Approx(std::log10(3.0)));
  CHECK(demand[1] == Approx(std::log10(11.0)));
}

TEST_CASE("a SKU may be seen as itself, where there are few") {
  CHECK(observed({"sku"}) == std::vector<float>{1, 0, 0, 1});
  std::vector<SkuSpec> many(300, testing::lost_sales_sku("item", testing::poisson(2), LawSpec::constant(1)));
  CHECK_THROWS_WITH(ObservationSpec(*build_warehouse(testing::warehouse_of(many, 10)), {"sku"}, {}),
                    Catch::Contains("300 SKUs"));
}

TEST_CASE("features stand in the order of their names, with their places") {
  const Rows rows;
  const ObservationSpec spec(*warehouse(), {"weekday", "on_hand", "forecast_quantiles"}, rows.levels);
  CHECK(spec.width() == 10);
  CHECK(spec.features()[1].name == "on_hand");
  CHECK(spec.features()[1].offset == 7);
  CHECK(spec.features()[2].offset == 8);
  CHECK(spec.needs_forecast());
  CHECK_FALSE(spec.needs_pipeline());
  const ObservationSpec again(spec.features(), spec.scales());
  std::vector<float> a(20);
  std::vector<float> b(20);
  spec.write(rows.batch(), a);
  again.write(rows.batch(), b);
  CHECK(a == b);
}

TEST_CASE("the defaults are what the warehouse needs") {
  const auto names = [](const WarehouseSpec& spec, const std::vector<double>& levels) {
    const ObservationSpec observation(*build_warehouse(spec), {}, levels);
    std::vector<std::string> result;
    for (const Feature& feature : observation.features()) result.push_back(feature.name);
    return result;
  };
  CHECK(names(zipkin(5, 0), {}) == std::vector<std::string>{"on_hand", "pipeline_by_age"});
  CHECK(names(zheng_federgruen(10, 5, 0), {}) == std::vector<std::string>{"on_hand", "backlog"});
  CHECK(names(zipkin(5, 0), {0.5}) == std::vector<std::string>{"on_hand", "pipeline_by_age",
                                                               "inventory_position", "forecast_mean",
                                                               "forecast_quantiles", "weekday"});
}

TEST_CASE("unknown features and missing forecasts are refused") {
  CHECK_THROWS_WITH(ObservationSpec(*warehouse(), {"on_hnd"}, {}), Catch::Contains("did you mean 'on_hand'"));
  CHECK_THROWS_WITH(ObservationSpec(*warehouse(), {"forecast_mean"}, {}),
                    Catch::Contains("needs a forecaster"));
  Rows rows;
  const ObservationSpec spec(*warehouse(), {"forecast_mean", "pipeline_by_age"}, rows.levels);
  std::vector<float> out(2 * spec.width());
  DecisionBatch batch = rows.batch();
  batch.forecast_levels = {};
  CHECK_THROWS_AS(spec.write(batch, out), InvariantError);
  batch = rows.batch();
  batch.pipeline_width = 0;
  CHECK_THROWS_AS(spec.write(batch, out), InvariantError);
  out.pop_back();
  CHECK_THROWS_AS(spec.write(rows.batch(), out), InvariantError);
}
