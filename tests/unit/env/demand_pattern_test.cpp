#include "env/sim/demand_pattern.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "env/evaluation.h"
#include "tests/support/event_log.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::testing;

namespace {

const Date kMonday = parse_date("2026-01-05").value();

}  // namespace

TEST_CASE("the factor of a day is that of its weekday, its season and its year") {
  DemandPattern pattern;
  CHECK(pattern.is_flat());
  CHECK(demand_factor(pattern, kMonday, 17) == 1);
  pattern.weekday_factors = {0.5, 1, 1, 1, 1.37, 2, 0};
  CHECK(demand_factor(pattern, kMonday, 0) == 0.5);
  CHECK(demand_factor(pattern, kMonday, 11) == 1.37);
  CHECK(demand_factor(pattern, kMonday, 13) == 0);
  pattern.weekday_factors.clear();
  pattern.yearly_amplitude = 0.4;
  pattern.yearly_peak = "01-05";
  CHECK(demand_factor(pattern, kMonday, 0) == 1.4);
  CHECK(demand_factor(pattern, kMonday, 183) == Approx(0.6));
  CHECK(demand_factor(pattern, kMonday, 91) == Approx(1).margin(0.01));
  pattern.yearly_amplitude = 0;
  pattern.trend_per_year = 0.21;
  CHECK(demand_factor(pattern, kMonday, 0) == 1);
  CHECK(demand_factor(pattern, kMonday, 731) == Approx(1.46).margin(0.006));
}

TEST_CASE("demand follows its pattern, day by day and on average") {
  SkuSpec sku = lost_sales_sku("item", LawSpec::constant(10), LawSpec::constant(0));
  sku.pattern.weekday_factors = {1, 1, 1, 1, 1.5, 2, 0};
  sku.initial_on_hand = 10'000;
  const WarehouseSpec spec = warehouse_of({sku}, 14);
  CHECK(build_warehouse(spec)->skus[0].mean_demand_per_day == Approx(75 / 7.0));
  CHECK(build_warehouse(spec)->skus[0].demand.size() == 4);
  std::vector<std::string> sales;
  for (const std::string& line : story_of(spec, nullptr, nothing()))
    if (line.find("sells") != std::string::npos) sales.push_back(line.substr(line.find("sells")));
  REQUIRE(sales.size() == 14);
  CHECK(sales[0] == "sells 10 of 10");
  CHECK(sales[4] == "sells 15 of 15");
  CHECK(sales[5] == "sells 20 of 20");
  CHECK(sales[6] == "sells 0 of 0");
  CHECK(sales[12] == "sells 20 of 20");
}

TEST_CASE("the mean of a scaled law scales, and ratios stay") {
  const auto mean = [](const LawSpec& law) { return make_law(law)->mean(); };
  CHECK(mean(scaled(poisson(4), 1.5)) == Approx(6));
  CHECK(mean(scaled(poisson(4), 0)) == 0);
  const LawSpec gamma{"gamma", {{"mean", {4}}, {"cv", {0.5}}}};
  CHECK(mean(scaled(gamma, 2)) == Approx(8));
  CHECK(make_law(scaled(gamma, 2))->variance() == Approx(16));
  const LawSpec counts{"negative_binomial", {{"mean", {4}}, {"variance", {10}}}};
  CHECK(make_law(scaled(counts, 3))->variance() == Approx(30));
  CHECK(mean(scaled(discrete({1, 3}, {3, 1}), 2)) == Approx(3));
  const LawSpec whole{"discrete_uniform", {{"minimum", {0}}, {"maximum", {4}}}};
  CHECK(mean(scaled(whole, 1.3)) == Approx(2.5));  // 0 … 5.2, rounded
}

TEST_CASE("base-stock without lead time is the newsvendor of each weekday") {
  // Without lead time and with backlog the level after ordering is S every morning: the on-hand stock at the
  // close averages E[(S − D)+] over the weekdays.
  SkuSpec sku = backlog_sku("item", poisson(5), LawSpec::constant(0));
  sku.pattern.weekday_factors = {0.6, 0.8, 1, 1, 1.2, 1.8, 0.6};
  double expected = 0;
  for (const double factor : sku.pattern.weekday_factors) {
    double mass = std::exp(-5 * factor);
    for (int demand = 0; demand < 9; mass *= 5 * factor / ++demand) expected += (9 - demand) * mass / 7;
  }
  Simulator simulator(build_warehouse(warehouse_of({sku}, 70'007, 7)));
  std::vector<double> on_hand;
  for (std::uint64_t replication = 0; replication < 40; ++replication) {
    simulator.reset({3, Split::evaluate, replication});
    run_to_end(simulator, order_up_to(9));
    on_hand.push_back(static_cast<double>(simulator.counted_ledger(0).on_hand_time) / 70'000);
  }
  const Estimate estimate = estimate_of(on_hand);
  CHECK(std::abs(estimate.mean - expected) < 2 * estimate.half_width);
  CHECK(estimate.half_width < 0.002 * expected);
}
