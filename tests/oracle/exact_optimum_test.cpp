// Exact optima and exact costs of policies against published ones and their recomputations.
#include "agents/policies/exact/solve.h"
#include "tests/oracle/simulated.h"
#include "tests/support/exact_scenarios.h"

using namespace restock;
using namespace restock::testing;

namespace {

WarehouseSpec zipkin_of(const LawSpec& demand, double lead_time, double shortage) {
  SkuSpec sku = lost_sales_sku("item", demand, LawSpec::constant(lead_time));
  sku.costs.shortage_per_unit = shortage;
  return warehouse_of({sku}, 1000);
}

/// De Moor, Gijsbrechts and Boute 2022: 365 discounted days after 100 from empty.
WarehouseSpec de_moor_of(std::int64_t shelf_life, double lead_time, Issuing issuing, double disposal) {
  SkuSpec sku =
      lost_sales_sku("item", {"gamma", {{"mean", {4}}, {"cv", {0.5}}}}, LawSpec::constant(lead_time));
  sku.costs.shortage_per_unit = 5;
  sku.costs.purchase_per_unit = 3;
  sku.costs.disposal_per_unit = disposal;
  sku.shelf_life_days = shelf_life;
  sku.issuing = issuing;
  sku.maximum_order_quantity = 10;
  WarehouseSpec spec = warehouse_of({sku}, 465, 100);
  spec.horizon.discount_factor = 0.99;
  return spec;
}

double best_average(const WarehouseSpec& spec) {
  const exact::Result result = optimum(spec);
  CHECK(result.converged);
  CHECK(result.average_cost.lower <= result.average_cost.upper);
  return result.average_cost.value;
}

double cost_of(const WarehouseSpec& spec, const std::string& policy, std::vector<double> values) {
  const auto rule = policies::make_policy({policy, {spec.skus[0].id}, {std::move(values)}});
  return exact::cost_of_policy(decisions_of(spec), *rule, {}).average_cost.value;
}

}  // namespace

TEST_CASE("lost sales: optima of Zipkin 2008, Tables 3 and 4, recomputed") {
  const LawSpec geometric{"geometric", {{"mean", {5}}}};
  CHECK(best_average(zipkin_of(poisson(5), 1, 4)) == Approx(4.040711).margin(6e-7));
  CHECK(best_average(zipkin_of(poisson(5), 2, 39)) == Approx(9.106380).margin(6e-7));
  CHECK(best_average(zipkin_of(poisson(5), 4, 9)) == Approx(6.835942).margin(6e-7));
  CHECK(best_average(zipkin_of(poisson(5), 4, 39)) == Approx(10.794412).margin(6e-7));
  CHECK(best_average(zipkin_of(geometric, 1, 19)) == Approx(19.217903).margin(6e-7));
  CHECK(best_average(zipkin_of(geometric, 3, 39)) == Approx(27.963538).margin(6e-7));
  CHECK(best_average(zipkin_of(geometric, 4, 19)) == Approx(22.953003).margin(6e-7));
}

TEST_CASE("lost sales with a lead time of six days", "[long]") {
  CHECK(best_average(zipkin_of(poisson(5), 6, 4)) == Approx(4.872515).margin(6e-7));
  CHECK(best_average(zipkin_of(poisson(5), 6, 39)) == Approx(11.948816).margin(6e-7));
}

TEST_CASE("lost sales: base-stock and capped base-stock, recomputed") {
  CHECK(cost_of(zipkin_of(poisson(5), 4, 9), "base_stock", {28, 0}) == Approx(7.270933).margin(6e-7));
  CHECK(cost_of(zipkin_of(poisson(5), 4, 9), "base_stock", {29, 5}) == Approx(6.912279).margin(6e-7));
  const LawSpec geometric{"geometric", {{"mean", {5}}}};
  CHECK(cost_of(zipkin_of(geometric, 3, 9), "base_stock", {27, 6}) == Approx(16.295559).margin(6e-7));
}

TEST_CASE("lost sales with a fixed cost: Bijvank, Bhulai and Huh 2015, Table 1") {
  WarehouseSpec spec = zipkin_of(poisson(5), 2, 14);
  spec.skus[0].supply.fixed_cost_per_order = 5;
  CHECK(best_average(spec) == Approx(11.463050).margin(6e-7));
  CHECK(cost_of(spec, "s_S", {17, 23}) == Approx(11.61815).margin(6e-6));
  CHECK(cost_of(spec, "fixed_quantity", {17, 7}) == Approx(11.55522).margin(6e-6));
}

TEST_CASE("backlog with a fixed cost: Zheng and Federgruen 1991") {
  const auto check = [](double mean, double s, double S, double exact) {
    const WarehouseSpec spec = zheng_federgruen(mean, 1000, 0);
    CHECK(best_average(spec) == Approx(exact).margin(6e-6));
    CHECK(cost_of(spec, "s_S", {s, S}) == Approx(exact).margin(6e-6));
  };
  check(10, 6, 40, 35.02156);
  check(25, 19, 56, 54.26217);
  check(65, 56, 75, 78.51823);
  check(75, 67, 86, 79.55385);
}

TEST_CASE("continuous review with a fixed cost: Snyder and Shen, example 5.8 and problem 5.2") {
  const auto check = [](double mean, double lead, double h, double b, double fixed, double exact) {
    WarehouseSpec spec = zheng_federgruen(mean, 1000, 0);
    spec.arrivals = Arrivals::orders;
    spec.review = Review::continuous;
    SkuSpec& sku = spec.skus[0];
    sku.supply.lead_time_days = LawSpec::constant(lead);
    sku.supply.fixed_cost_per_order = fixed;
    sku.costs.holding_per_unit_day = h;
    sku.costs.shortage_per_unit_day = b;
    CHECK(best_average(spec) == Approx(exact).epsilon(1e-8));
  };
  check(1.5, 2, 20, 150, 100, 107.9235806331498);
  check(12, 0.5, 4, 28, 4, 28.24131284216915);
}

TEST_CASE("perishable stock: De Moor et al. 2022, as Farrington et al. 2025 recompute it") {
  // The recomputed figures hold to their printed whole numbers, and to 5 in a million: where the tail of the
  // rounded gamma law is cut makes the rest.
  const auto check = [](const WarehouseSpec& spec, double exact, double level, double of_level) {
    CHECK(optimum(spec).cost_of_horizon == Approx(exact).epsilon(5e-6));
    const auto rule = policies::make_policy({"base_stock", {"item"}, {{level, 10}}});
    CHECK(exact::cost_of_policy(decisions_of(spec), *rule, {}).cost_of_horizon ==
          Approx(of_level).epsilon(5e-6));
  };
  check(de_moor_of(2, 1, Issuing::lifo, 7), 1552.984, 5, 1565.268);
  check(de_moor_of(2, 2, Issuing::fifo, 10), 1469.006, 9, 1504.531);
  check(de_moor_of(3, 1, Issuing::fifo, 10), 1425.096, 8, 1436.729);
  check(de_moor_of(3, 2, Issuing::lifo, 7), 1513.363, 8, 1533.338);
}

TEST_CASE("perishable stock: all orders of De Moor et al. 2022, Figure 3 (first experiment)") {
  // by units that expire today (0 to 8) and units that came this morning (0 to 8): the latter alone decide
  const std::vector<exact::Units> by_fresh{3, 3, 3, 2, 1, 0, 0, 0, 0};
  const exact::Result result = optimum(de_moor_of(2, 1, Issuing::lifo, 7));
  REQUIRE(result.table);
  REQUIRE(result.table->process().state_width() == 2);
  for (exact::Units old = 0; old <= 8; ++old)
    for (exact::Units fresh = 0; fresh <= 8; ++fresh) {
      std::vector<exact::Units> state{old, fresh};
      std::vector<exact::Units> orders(1);
      result.table->look_up(state, orders);
      CAPTURE(old, fresh);
      CHECK(orders[0] == by_fresh[static_cast<std::size_t>(fresh)]);
    }
}

TEST_CASE("perishable stock: Hendrix et al. 2019, a profit of 2.215143 a day") {
  SkuSpec sku = lost_sales_sku("item", poisson(5), LawSpec::constant(1));
  sku.costs.holding_per_unit_day = 0;
  sku.costs.shortage_per_unit = 1;  // the price
  sku.costs.purchase_per_unit = 0.5;
  sku.shelf_life_days = 2;
  sku.maximum_order_quantity = 10;
  CHECK(5 - best_average(warehouse_of({sku}, 1000)) == Approx(2.215143).margin(6e-7));
}

TEST_CASE("perishable stock by two moments, oldest or freshest first: Temizöz et al. 2025") {
  const auto two_moment = [](double mean, double cv) {
    return LawSpec{"two_moment", {{"mean", {mean}}, {"cv", {cv}}}};
  };
  const auto check = [&](double lead_time, double cv, Issuing issuing, double exact, double level,
                         double of_level) {
    SkuSpec sku = lost_sales_sku("item", two_moment(4, cv), LawSpec::constant(lead_time));
    if (issuing == Issuing::by_customer)  // half of the customers of each kind, with half of the variance
      sku.demand = sku.freshest_demand = two_moment(2, cv * std::sqrt(2.0));
    sku.costs.holding_per_unit_day = 0;
    sku.costs.shortage_per_unit = 100;
    sku.costs.disposal_per_unit = 100;
    sku.shelf_life_days = 3;
    sku.issuing = issuing;
    const WarehouseSpec spec = warehouse_of({sku}, 1000);
    CHECK(best_average(spec) == Approx(exact).margin(2e-5));
    CHECK(cost_of(spec, "base_stock", {level, 0}) == Approx(of_level).margin(2e-5));
  };
  check(0, 0.5, Issuing::fifo, 13.20953, 7, 13.79183);
  check(0, 0.75, Issuing::lifo, 87.79908, 6, 99.21693);
  check(0, 1, Issuing::lifo, 130.53097, 6, 141.72948);
  check(1, 0.5, Issuing::lifo, 75.84692, 9, 84.89920);
  check(1, 0.75, Issuing::fifo, 65.54998, 12, 71.68608);
  check(0, 0.5, Issuing::by_customer, 32.58688, 6, 34.38759);
  check(0, 1, Issuing::by_customer, 119.17442, 7, 121.96764);
  check(1, 0.75, Issuing::by_customer, 98.23005, 11, 104.76840);
}

TEST_CASE("dual sourcing: Gijsbrechts et al. 2022, Figure 9, recomputed") {
  CHECK(best_average(two_suppliers(2, 5)) == Approx(16.769802).margin(6e-7));
  CHECK(best_average(two_suppliers(2, 10)) == Approx(19.733333).margin(6e-7));
  CHECK(best_average(two_suppliers(2, 20)) == Approx(23.071429).margin(6e-7));
  CHECK(best_average(two_suppliers(4, 5)) == Approx(16.893051).margin(6e-7));
  CHECK(best_average(two_suppliers(4, 20)) == Approx(25.039782).margin(6e-7));
}

TEST_CASE("joint replenishment: Vanvuchelen et al. 2020, setting 1, recomputed") {
  CHECK(best_average(two_items()) == Approx(64.918336).margin(6e-7));
  WarehouseSpec discounted = two_items();
  discounted.horizon.discount_factor = 0.99;
  CHECK(optimum(discounted).discounted_cost.value == Approx(6596.0905).margin(6e-5));
}

TEST_CASE("joint replenishment: the order of Vanvuchelen et al. 2020, section 6.2") {
  // Setting 5: the set-up of the first item costs 40; five units of it and none of the other call for a truck
  // of the other alone.
  WarehouseSpec spec = two_items();
  spec.skus[0].sources = {{.supplier = "carrier",
                           .purchase_per_unit = 30,
                           .price_breaks = {{2, 0}},
                           .discount = DiscountRule::incremental}};
  spec.horizon.discount_factor = 0.99;
  const exact::Result result = optimum(spec);
  REQUIRE(result.table);
  std::vector<exact::Units> state{5, 0};
  std::vector<exact::Units> orders(2);
  REQUIRE(result.table->process().state_width() == state.size());
  result.table->look_up(state, orders);
  CHECK(orders == std::vector<exact::Units>{0, 6});
}

TEST_CASE("base-stock against disruptions: Snyder and Shen 2019, example 9.3") {
  // one unit stands for 2,000 of the book's
  WarehouseSpec spec = disrupted(LawSpec::constant(1), -1 / std::log(0.96), -1 / std::log(0.75));
  spec.skus[0].costs.holding_per_unit_day = 500;
  spec.skus[0].costs.shortage_per_unit_day = 6000;
  CHECK(best_average(spec) == Approx(2737.068965490435).epsilon(1e-9));
  CHECK(cost_of(spec, "base_stock", {4, 0}) == Approx(2737.068965490435).epsilon(1e-9));
}

TEST_CASE("orders that cross: Temizöz et al. 2025, exponential lead times, recomputed") {
  CHECK(best_average(crossing_orders(1, 1, 6)) == Approx(0.946577).margin(1.5e-6));
  CHECK(best_average(crossing_orders(5, 1, 6)) == Approx(1.867710).margin(1.5e-6));
  CHECK(best_average(crossing_orders(10, 9, 6)) == Approx(5.358085).margin(1.5e-6));
  CHECK(cost_of(crossing_orders(5, 1, 6), "base_stock", {10, 0}) == Approx(2.502201).margin(1e-6));
}

TEST_CASE("series: Shang and Song 2003, and Snyder and Shen, example 6.1") {
  const std::vector<double> holding{1, 0.75, 0.5, 0.25};
  const std::vector<double> lead{0.25, 0.25, 0.25, 0.25};
  CHECK(best_average(series(poisson(16), 9, holding, lead, Arrivals::orders)) ==
        Approx(12.687898).margin(6e-7));
  CHECK(best_average(series(poisson(16), 99, holding, lead, Arrivals::orders)) ==
        Approx(16.205544).margin(6e-7));
  CHECK(best_average(series(poisson(5), 37.12, {7, 4, 2}, {1, 1, 2}, Arrivals::orders)) ==
        Approx(72.046741).margin(6e-7));
  // Normal demand in hundredths, by the day: 20 less for the stock on the last way.
  const LawSpec normal{"normal", {{"mean", {500}}, {"standard_deviation", {100}}}};
  CHECK(best_average(series(normal, 0.3712, {0.07, 0.04, 0.02}, {0, 1, 2}, Arrivals::daily)) ==
        Approx(47.6602 - 20).epsilon(2e-5));
}
