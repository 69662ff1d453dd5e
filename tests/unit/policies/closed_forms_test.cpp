// Starting points and levels that come from closed forms, against textbooks.
#include <catch2/catch.hpp>

#include "agents/policies/echelon.h"
#include "agents/policies/expected_waste.h"
#include "agents/policies/interval_demand.h"
#include "agents/policies/joint_figures.h"
#include "agents/policies/registry.h"
#include "agents/policies/weekday_profile.h"
#include "agents/policies/whole_orders.h"
#include "tests/support/planned_warehouses.h"

using namespace restock;
using namespace restock::policies;
using namespace restock::testing;

namespace {

std::vector<double> start_of(const WarehouseSpec& spec, const char* policy, std::size_t sku = 0) {
  return starting_parameters(find_policy(policy), *decisions_of(spec)).values[sku];
}

}  // namespace

TEST_CASE("newsvendor levels of five families") {
  // Snyder and Shen, "Fundamentals of Supply Chain Theory", examples 4.3 and 4.4: N(50, 8²), h = 0.18, p =
  // 0.70: 56.6; over five periods 264.77.
  CHECK(fitted_level(DemandFamily::normal, 50, 8, 0.7 / 0.88) == 57);
  CHECK(fitted_level(DemandFamily::normal, 250, 8 * std::sqrt(5.0), 0.7 / 0.88) == 265);
  CHECK(fitted_level(DemandFamily::poisson, 25, 5, 0.9) == 32);
  CHECK(fitted_level(DemandFamily::negative_binomial, 25, 5, 0.9) == 32);  // no more variable than Poisson's
  CHECK(fitted_level(DemandFamily::gamma, 4, 4, 0.95) == 12);              // exponential: 4 ln 20 = 11.98
  // Geometric on 0, 1, …, mean 5: 1 − (5/6)^(k + 1) >= 0.95 from k = 16 on.
  CHECK(fitted_level(DemandFamily::negative_binomial, 5, std::sqrt(30.0), 0.95) == 16);
  for (const DemandFamily family : {DemandFamily::poisson, DemandFamily::gamma, DemandFamily::normal}) {
    CHECK(fitted_level(family, 0, 0, 0.9) == 0);
    CHECK(fitted_level(family, 1e9, 1e6, 0.5) == 1'000'000'000);
  }
}

TEST_CASE("totals over protection intervals follow laws and paths") {
  const auto model = decisions_of(warehouse_of({backlog_sku("item", poisson(5), LawSpec::constant(4))}, 100));
  const std::vector<Quantity> totals = interval_totals(*model, 0);
  CHECK(std::is_sorted(totals.begin(), totals.end()));
  for (const double ratio : {0.1, 0.5, 0.9, 0.99})
    CHECK(std::abs(empirical_level(totals, ratio) - fitted_level(DemandFamily::poisson, 25, 5, ratio)) <= 1);
  auto paths = std::make_shared<DemandPaths>();
  *paths = {.paths = 1, .days = 6, .skus = 1, .units = {1, 2, 3, 4, 5, 6}};
  const auto replay =
      decisions_of(warehouse_of({backlog_sku("item", poisson(5), LawSpec::constant(1))}, 6), paths);
  CHECK(interval_totals(*replay, 0) == std::vector<Quantity>{3, 5, 7, 9, 11});
  CHECK(empirical_level({3, 5, 7, 9, 11}, 0.5) == 7);
  CHECK(empirical_level({3, 5, 7, 9, 11}, 0.6) == 7);
  CHECK(empirical_level({3, 5, 7, 9, 11}, 0.61) == 9);
  CHECK(empirical_level({3, 5, 7, 9, 11}, 1 - 1e-6) == 11);
}

TEST_CASE("economic order quantities, with and without planned shortages") {
  // Snyder and Shen, examples 3.1 and 3.8, a hundredth of a year taken for a day: 304.05 and 310.81.
  SkuSpec sku = lost_sales_sku("item", poisson(13), LawSpec::constant(0));
  sku.supply.fixed_cost_per_order = 8;
  sku.costs.holding_per_unit_day = 0.00225;
  sku.costs.shortage_per_unit = 5;
  CHECK(start_of(warehouse_of({sku}, 100), "eoq")[1] == 304);
  sku.unmet_demand = UnmetDemand::backlog;
  sku.costs.shortage_per_unit = kNotSet;
  sku.costs.shortage_per_unit_day = 0.05;
  CHECK(start_of(warehouse_of({sku}, 100), "eoq")[1] == 311);
}

TEST_CASE("the newsvendor bounds of Shang and Song hold the optimal echelon levels") {
  // Shang and Song 2003, Table 1, rows 1 and 17: four stages, lead time 0.25 each, Poisson demand of 16,
  // echelon holding cost 0.25 a stage. Optimal: 8, 13, 18, 22 with backlog 9; 11, 17, 22, 27 with 99.
  struct Row {
    double backlog;
    std::vector<Quantity> optimal;
  };
  for (const Row& row : {Row{9, {8, 13, 18, 22}}, Row{99, {11, 17, 22, 27}}}) {
    WarehouseSpec spec = warehouse_of({}, 100);
    spec.arrivals = Arrivals::orders;
    spec.review = Review::continuous;
    for (std::size_t number = 1; number <= 4; ++number) {
      spec.locations.push_back({.id = fmt::format("stage-{}", number)});
      SkuSpec sku = backlog_sku("item", number == 1 ? poisson(16) : LawSpec{}, LawSpec::constant(0.25));
      sku.location = spec.locations.back().id;
      if (number < 4) sku.supply.from = fmt::format("stage-{}", number + 1);
      sku.costs.holding_per_unit_day = 0.25 * static_cast<double>(5 - number);
      sku.costs.shortage_per_unit_day = row.backlog;
      spec.skus.push_back(sku);
    }
    const auto model = decisions_of(spec);
    const Echelons echelons(*model->warehouse);
    for (std::size_t stage = 0; stage < 4; ++stage) {
      const EchelonBounds bounds = echelon_bounds(*model, echelons, stage);
      CAPTURE(row.backlog, stage, bounds.lower, bounds.upper);
      CHECK(bounds.lower <= row.optimal[stage]);
      CHECK(bounds.upper >= row.optimal[stage]);
      CHECK(std::abs(bounds.mean() - row.optimal[stage]) <= 1);
    }
  }
}

TEST_CASE("stock that meets its mean demand expires as it should") {
  WasteOutlook outlook{{3, 0, 10}, {0, 0, 0}};
  CHECK(expected_waste(outlook, 2, 1) == Approx(1 + 0 + 6));  // 3 − 2 today; 10 − 4 after three days
  outlook = {{3, 0, 10}, {0, 0, 0}};
  CHECK(expected_waste(outlook, 2, 0) == Approx(3 + 0 + 4));  // the freshest go first
  outlook = {{3, 0}, {0, 4}};
  CHECK(expected_waste(outlook, 2, 1) == Approx(1));  // what comes tomorrow keeps until the day after
  outlook = {{3, 0}, {0, 4, 0, 0}};
  CHECK(expected_waste(outlook, 1.5, 1) == Approx(1.5 + 1));
  outlook = {{2}, {5, 5}};
  CHECK(expected_waste(outlook, 4, 0.5) == Approx(3 + 1));
}

TEST_CASE("orders of whole packs make up for fractions") {
  WholeOrders whole;
  double owed = 0;
  Quantity sum = 0;
  for (int review = 0; review < 100; ++review) sum += whole.take(owed, 4.37);
  CHECK(sum == 437);
  whole.pack_size = 6;
  whole.minimum = 12;
  owed = 0;
  std::vector<Quantity> orders;
  for (int review = 0; review < 6; ++review) orders.push_back(whole.take(owed, 5));
  CHECK(orders == std::vector<Quantity>{0, 0, 12, 0, 12, 0});
  CHECK(owed == Approx(6));
}

TEST_CASE("the best common interval shares set-ups") {
  // √(2 (30 + 3 + 3) / (3 + 1)) days: 20 a set-up, 10 a truck, 3 a line; holding 1, demand 3 and 1 a day.
  const auto model = decisions_of(joint_warehouse());
  CHECK(joint_interval_days(*model, 0) == Approx(std::sqrt(18.0)));
  CHECK(obstacle_to_joint_orders(*decisions_of(lost_sales_warehouse())));
  CHECK_FALSE(obstacle_to_joint_orders(*model));
}

TEST_CASE("the protection interval's demand by weekday, of laws and of paths") {
  SkuSpec sku = lost_sales_sku("item", poisson(10), LawSpec::constant(1));
  sku.pattern.weekday_factors = {1, 1, 1, 1, 1, 2, 0};
  const WeekdayProfile laws = weekday_profile(*decisions_of(warehouse_of({sku}, 70)), 0);
  CHECK(laws.mean[0] == Approx(20));  // Monday and Tuesday
  CHECK(laws.mean[4] == Approx(30));
  CHECK(laws.mean[6] == Approx(10));
  CHECK(laws.deviation[4] == Approx(std::sqrt(30.0)));
  auto paths = std::make_shared<DemandPaths>();
  *paths = {.paths = 1, .days = 14, .skus = 1, .units = {1, 2, 3, 4, 5, 6, 7, 3, 2, 3, 4, 5, 6, 7}};
  const WeekdayProfile of_paths = weekday_profile(*decisions_of(warehouse_of({sku}, 14), paths), 0);
  CHECK(of_paths.mean[0] == Approx(2 + 2));
  CHECK(of_paths.deviation[0] == Approx(1));
  CHECK(of_paths.mean[6] == Approx(7 + 2));
}
