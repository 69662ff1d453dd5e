// Simulated period models against exact values: lost sales, backlog with and without a fixed cost.
#include "tests/oracle/laws.h"
#include "tests/oracle/simulated.h"

using namespace restock;
using namespace restock::testing;

TEST_CASE("Zipkin's instance: base-stock 29 with orders up to 5 costs 6.9123") {
  // Zipkin 2008, Operations Research 56(5), Table 3; both values recomputed exactly. 10^7 periods.
  const WarehouseSpec spec = zipkin(100'000, 1'000);
  check_figure(Experiment(spec, "base_stock", {29, 5}, 100), "cost_per_period", 6.912279);
  check_figure(Experiment(spec, "base_stock", {28, 0}, 100), "cost_per_period", 7.270933);
}

TEST_CASE("lost sales with geometric demand") {
  // Zipkin 2008, Table 4, lead time 1, shortage 9; recomputed exactly.
  const LawSpec geometric{"geometric", {{"mean", {5}}}};
  const WarehouseSpec spec =
      warehouse_of({lost_sales_sku("item", geometric, LawSpec::constant(1))}, 100'000, 1'000);
  check_figure(Experiment(spec, "base_stock", {17, 0}, 150), "cost_per_period", 14.727332);
  check_figure(Experiment(spec, "base_stock", {18, 8}, 150), "cost_per_period", 14.582608);
}

TEST_CASE("Zheng and Federgruen's instances: (6, 40) costs 35.0216") {
  // Zheng and Federgruen 1991, Operations Research 39(4), recomputed exactly; order at or below s.
  check_figure(Experiment(zheng_federgruen(10, 50'000, 1'000), "s_S", {6, 40}, 60), "cost_per_period",
               35.02156);
  check_figure(Experiment(zheng_federgruen(25, 50'000, 1'000), "s_S", {19, 56}, 60), "cost_per_period",
               54.26217);
}

TEST_CASE("base-stock with backlog: level 30, Poisson 5, lead time 4") {
  // Inventory level at the close = 30 − demand of 5 days.
  const WarehouseSpec spec =
      warehouse_of({backlog_sku("item", poisson(5), LawSpec::constant(4))}, 100'000, 1'000);
  const Experiment experiment(spec, "base_stock", {30, 0}, 160);
  const Masses five_days = poisson_masses(25);
  check_figure(experiment, "average_on_hand", expected_left(30, five_days));
  check_figure(experiment, "average_backlog", expected_short(30, five_days), 0.003);  // rare
  check_figure(experiment, "no_stockout_days", 0.863309);
  CHECK(at_most(30, five_days) == Approx(0.863309).margin(5e-7));
  check_figure(experiment, "fill_rate", 0.916052);
  check_figure(experiment, "cost_per_period",
               expected_left(30, five_days) + 9 * expected_short(30, five_days), 0.001);
  check_figure(experiment, "demand_per_period", 5);
}

TEST_CASE("base-stock without lead time is the newsvendor, day by day") {
  const Masses day = poisson_masses(5);
  const double left = expected_left(8, day);
  const double unmet = expected_short(8, day);
  const WarehouseSpec lost =
      warehouse_of({lost_sales_sku("item", poisson(5), LawSpec::constant(0))}, 50'000, 100);
  const Experiment sold(lost, "base_stock", {8, 0}, 60);
  check_figure(sold, "average_on_hand", left);
  check_figure(sold, "lost_sales_per_period", unmet, 0.003);  // rare
  check_figure(sold, "fill_rate", 1 - unmet / 5);
  const WarehouseSpec waiting =
      warehouse_of({backlog_sku("item", poisson(5), LawSpec::constant(0))}, 50'000, 100);
  check_figure(Experiment(waiting, "base_stock", {8, 0}, 60), "cost_per_period", left + 9 * unmet, 0.001);
}

TEST_CASE("a review every third day averages over the days of the cycle") {
  // An order of the review of day r comes on day r + 2: at the closes of the days r + 2, r + 3 and r + 4 the
  // inventory level is 40 − the demand since day r.
  SkuSpec sku = backlog_sku("item", poisson(5), LawSpec::constant(2));
  sku.supply.review_period_days = 3;
  const Experiment experiment(warehouse_of({sku}, 90'000, 900), "base_stock", {40, 0}, 60);
  double on_hand = 0;
  for (const int days : {3, 4, 5}) on_hand += expected_left(40, poisson_masses(5 * days)) / 3;
  check_figure(experiment, "average_on_hand", on_hand);
  check_figure(experiment, "orders_per_period", (1 - std::exp(-15.0)) / 3);
}

TEST_CASE("orders that cross: at daily review what is open is a sum of whole days") {
  // An order of day t − j (the demand of day t − j − 1) is open at the close of day t with probability P(L >
  // j).
  const SkuSpec sku = backlog_sku("item", poisson(5), discrete({1, 3, 6}, {5, 3, 2}));
  const Experiment experiment(warehouse_of({sku}, 100'000, 1'000), "base_stock", {30, 0}, 100);
  Masses missing = poisson_masses(5);  // the demand of day t itself
  for (const double open : {1.0, 0.5, 0.5, 0.2, 0.2, 0.2})
    missing = sum_of(missing, sometimes(open, poisson_masses(5)));
  check_figure(experiment, "average_on_hand", expected_left(30, missing));
  check_figure(experiment, "average_backlog", expected_short(30, missing), 0.005);  // rare
  check_figure(experiment, "no_stockout_days", at_most(30, missing));
}
