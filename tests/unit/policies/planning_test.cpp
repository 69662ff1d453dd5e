#include "agents/policies/planning.h"

#include <catch2/catch.hpp>

#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::policies;

TEST_CASE("figures of a SKU come from its laws") {
  const SkuFigures sku = figures_of(*testing::decisions_of(testing::zipkin(100, 0)), 0);
  CHECK(sku.mean_demand_per_day == Approx(5));
  CHECK(sku.demand_variance_per_day == Approx(5));
  CHECK(sku.interval_days == Approx(5));
  CHECK(sku.interval_deviation == Approx(5));
  CHECK(sku.holding_per_unit_day == 1);
  CHECK(sku.shortage_per_unit == 9);
  CHECK(sku.loses_sales);
  CHECK_FALSE(sku.lead_time_varies);
  CHECK(critical_ratio(sku) == Approx(0.9));
  CHECK(newsvendor_level(sku) == 31);  // 25 + 5 · 1.2816
}

TEST_CASE("random lead times and single customers widen demand over the protection interval") {
  SkuSpec item = testing::backlog_sku("item", testing::poisson(10), testing::discrete({1, 3}, {1, 1}));
  item.order_size = testing::discrete({1, 3}, {1, 1});
  WarehouseSpec spec = testing::warehouse_of({item}, 100);
  spec.arrivals = Arrivals::orders;
  spec.review = Review::continuous;
  const SkuFigures sku = figures_of(*testing::decisions_of(spec), 0);
  CHECK(sku.mean_demand_per_day == Approx(20));
  CHECK(sku.demand_variance_per_day == Approx(10 * 1 + 10 * 4));  // E[N] Var X + Var N E[X]²
  CHECK(sku.interval_days == Approx(2));
  CHECK(sku.interval_deviation == Approx(std::sqrt(50 * 2 + 400 * 1)));
  CHECK(sku.lead_time_varies);
  CHECK(sku.holding_per_unit_day == Approx(1));  // although the ledger counts milliseconds
  CHECK(sku.shortage_per_unit_day == Approx(9));
}

TEST_CASE("figures of a SKU come from its paths where there are some") {
  auto paths = std::make_shared<DemandPaths>();
  *paths = {.paths = 2, .days = 3, .skus = 2, .units = {1, 9, 2, 9, 3, 9, 1, 9, 2, 9, 3, 9}};
  std::vector<SkuSpec> skus{testing::lost_sales_sku("a", testing::poisson(5), LawSpec::constant(0)),
                            testing::lost_sales_sku("b", testing::poisson(5), LawSpec::constant(0))};
  const auto model = testing::decisions_of(testing::warehouse_of(skus, 3), paths);
  CHECK(figures_of(*model, 0).mean_demand_per_day == Approx(2));
  CHECK(figures_of(*model, 0).demand_variance_per_day == Approx(2.0 / 3));
  CHECK(figures_of(*model, 1).mean_demand_per_day == Approx(9));
  CHECK(figures_of(*model, 1).demand_variance_per_day == Approx(0).margin(1e-12));
}

TEST_CASE("the economic order quantity") {
  SkuFigures
      sku;  // Snyder and Shen, "Fundamentals of Supply Chain Theory", example 3.1, a year taken for a day
  sku.mean_demand_per_day = 1300;
  sku.fixed_per_order = 8;
  sku.holding_per_unit_day = 0.225;
  sku.review_period_days = 0;
  CHECK(economic_order_quantity(sku) == 1300);  // no less than a review's demand
  sku.mean_demand_per_day = 13;
  sku.holding_per_unit_day = 0.00225;
  CHECK(economic_order_quantity(sku) == 304);
  sku.holding_per_unit_day = 0;
  CHECK(economic_order_quantity(sku) == 365 * 13);
  sku.fixed_per_order = 0;
  CHECK(economic_order_quantity(sku) == 13);
}

TEST_CASE("reorder points for an order quantity") {
  const SkuFigures timed = figures_of(*testing::decisions_of(testing::zheng_federgruen(10, 100, 0)), 0);
  const Quantity newsvendor = newsvendor_level(timed);
  CHECK(reorder_point_for(timed, 1) == Approx(newsvendor - 1).margin(1));
  CHECK(reorder_point_for(timed, 34) == Approx(6).margin(2));  // Zheng and Federgruen: (6, 40)
  const SkuFigures counted = figures_of(*testing::decisions_of(testing::zipkin(100, 0)), 0);
  CHECK(reorder_point_for(counted, 5) > reorder_point_for(counted, 20));
}

TEST_CASE("extreme costs give finite figures") {
  SkuFigures sku;
  CHECK(critical_ratio(sku) == 0.5);
  sku.mean_demand_per_day = 1e6;
  sku.demand_variance_per_day = 1e12;
  sku.interval_days = sku.longest_interval_days = 700;
  sku.interval_deviation = 1e7;
  sku.shortage_per_unit = 1e12;
  CHECK(critical_ratio(sku) == 0.9999);
  CHECK(highest_level(sku) <= kMaximumQuantity);
  CHECK(newsvendor_level(sku) < highest_level(sku));
  sku.shortage_per_unit = 0;
  sku.holding_per_unit_day = 1e12;
  CHECK(critical_ratio(sku) == 0.01);
  CHECK(reorder_point_for(sku, 10) >= 0);
}
