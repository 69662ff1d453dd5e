// Small warehouses, each with one mechanic, told event by event.
#include "tests/golden/transcript.h"

#include <catch2/catch.hpp>

#include "tests/golden/golden_file.h"

using namespace restock;
using namespace restock::testing;

TEST_CASE("the transcript of daily demand and lost sales has not changed") {
  SkuSpec milk = lost_sales_sku("milk-1l", poisson(6), LawSpec::constant(2));
  milk.pack_size = 4;
  milk.initial_on_hand = 10;
  SkuSpec loaf = lost_sales_sku("rye-loaf", poisson(3), LawSpec::constant(0));
  loaf.supply.review_period_days = 2;
  loaf.costs.purchase_per_unit = 1.5;
  check_golden(
      "daily_lost_sales.txt",
      transcript(warehouse_of({milk, loaf}, 7), {"base_stock", {"milk-1l", "rye-loaf"}, {{24, 8}, {7, 0}}}));
}

TEST_CASE("the transcript of daily demand, backlog and (s, S) has not changed") {
  SkuSpec sku = backlog_sku("item", poisson(10), discrete({0, 1, 3}, {1, 1, 1}));
  sku.supply.fixed_cost_per_order = 64;
  sku.initial_on_hand = 15;
  check_golden("daily_backlog_s_S.txt", transcript(warehouse_of({sku}, 10), {"s_S", {"item"}, {{16, 50}}}));
}

TEST_CASE("the transcript of stock that expires has not changed") {
  SkuSpec loaf = lost_sales_sku("rye-loaf", poisson(4), LawSpec::constant(0));
  loaf.shelf_life_days = 2;
  loaf.issuing = Issuing::mixed;
  loaf.fifo_share = 0.5;
  loaf.costs.disposal_per_unit = 0.8;
  SkuSpec milk = lost_sales_sku("milk-1l", poisson(6), LawSpec::constant(1));
  milk.shelf_life_days = 4;
  milk.initial_on_hand = 8;
  check_golden("shelf_life.txt", transcript(warehouse_of({loaf, milk}, 8),
                                            {"base_stock", {"rye-loaf", "milk-1l"}, {{7, 0}, {16, 0}}}));
}

TEST_CASE("the transcript of customers who choose their unit has not changed") {
  SkuSpec loaf = lost_sales_sku("rye-loaf", poisson(2), LawSpec::constant(0));
  loaf.shelf_life_days = 3;
  loaf.issuing = Issuing::by_customer;
  loaf.freshest_demand = poisson(2);
  loaf.costs.disposal_per_unit = 0.8;
  check_golden("customers_choose.txt",
               transcript(warehouse_of({loaf}, 8), {"base_stock", {"rye-loaf"}, {{9, 0}}}));
}

TEST_CASE("the transcript of a supplier with a calendar and faults has not changed") {
  SkuSpec sku = backlog_sku("item", poisson(5), discrete({1, 2}, {2, 1}));
  sku.supply.order_days = {"mon", "wed", "fri"};
  sku.supply.yield = {"uniform", {{"minimum", {0.5}}, {"maximum", {1}}}};
  sku.supply.outages = {exponential(4), exponential(2)};
  sku.initial_on_hand = 20;
  check_golden("supplier_faults.txt",
               transcript(warehouse_of({sku}, 14), {"base_stock", {"item"}, {{35, 0}}}));
}

TEST_CASE("the transcript of customers who wait in part and not for ever has not changed") {
  SkuSpec sku = backlog_sku("item", poisson(4), LawSpec::constant(2));
  sku.pattern.weekday_factors = {0.5, 1, 1, 1, 1.5, 2, 0};
  sku.backlog_share = 0.5;
  sku.patience_days = 1;
  sku.costs.lost_sale_per_unit = 3;
  sku.supply.review_period_days = 4;
  check_golden("patience.txt", transcript(warehouse_of({sku}, 10), {"base_stock", {"item"}, {{20, 0}}}));
}

TEST_CASE("the transcript of promotions, substitutes and returns has not changed") {
  SkuSpec cola = lost_sales_sku("cola", poisson(6), LawSpec::constant(1));
  cola.initial_on_hand = 12;
  cola.price = 1.5;
  cola.market.substitute = {"own-label", 0.5};
  cola.market.correlation = {"weather", 0.8};
  cola.costs.substitution_per_unit = 1;
  SkuSpec own_label = lost_sales_sku("own-label", poisson(3), LawSpec::constant(1));
  own_label.initial_on_hand = 8;
  own_label.price = 0.9;
  own_label.market.correlation = {"weather", 0.8};
  SkuSpec cooler = lost_sales_sku("cooler", poisson(4), LawSpec::constant(2));
  cooler.initial_on_hand = 6;
  cooler.price = 40;
  cooler.market.demand_probability = 0.4;
  cooler.market.returns = {0.3, discrete({1, 3}, {1, 1})};
  WarehouseSpec spec = warehouse_of({cola, own_label, cooler}, 8);
  PromotionSpec week;
  week.skus = {"cola"};
  week.from = "2026-01-07";
  week.days = 3;
  week.lift = 2.5;
  week.price = 0.99;
  week.cannibalises = {{"own-label"}, 0.5};
  spec.promotions = {week};
  check_golden("promotions.txt",
               transcript(spec, {"base_stock", {"cola", "own-label", "cooler"}, {{16, 0}, {9, 0}, {7, 0}}}));
}

TEST_CASE("the transcript of single customers under continuous review has not changed") {
  SkuSpec fast = backlog_sku("fast", poisson(4), exponential(0.5));
  fast.initial_on_hand = 5;
  SkuSpec slow = lost_sales_sku("slow", poisson(1.5), LawSpec::constant(0.25));
  slow.order_size = discrete({1, 3}, {2, 1});
  WarehouseSpec spec = warehouse_of({fast, slow}, 4);
  spec.arrivals = Arrivals::orders;
  spec.review = Review::continuous;
  check_golden("orders_continuous.txt", transcript(spec, {"base_stock", {"fast", "slow"}, {{5, 0}, {4, 0}}}));
}

TEST_CASE("the transcript of orders of several lines has not changed") {
  SkuSpec pen = lost_sales_sku("pen", poisson(3), LawSpec::constant(1));
  pen.initial_on_hand = 4;
  SkuSpec ink = backlog_sku("ink", poisson(2), LawSpec::constant(1));
  ink.order_size = discrete({1, 2}, {1, 1});
  ink.initial_on_hand = 3;
  SkuSpec pad = lost_sales_sku("pad", poisson(2), LawSpec::constant(1));
  pad.initial_on_hand = 4;
  WarehouseSpec spec = warehouse_of({pen, ink, pad}, 3);
  spec.arrivals = Arrivals::orders;
  spec.demand.lines_per_order = discrete({1, 2, 3}, {1, 1, 1});
  check_golden("customer_orders.txt",
               transcript(spec, {"base_stock", {"pen", "ink", "pad"}, {{6, 0}, {5, 0}, {4, 0}}}));
}

TEST_CASE("the transcript of two suppliers, partial deliveries and a pipeline at the start has not changed") {
  SkuSpec sku = backlog_sku("item", poisson(4), LawSpec{});
  sku.sources = {{.supplier = "slow"},
                 {.supplier = "express", .purchase_per_unit = 2, .price_breaks = {{5, 1.8}}}};
  sku.costs.purchase_per_unit = 1;
  sku.costs.in_transit = InTransit::downstream;
  sku.initial_on_hand = 4;
  sku.initial_pipeline = {3, 3};
  WarehouseSpec spec = warehouse_of({sku}, 10);
  spec.suppliers.resize(2);
  spec.suppliers[0].id = "slow";
  spec.suppliers[0].lead_time_days = discrete({2, 4}, {1, 1});
  spec.suppliers[0].orders_cross = false;
  spec.suppliers[0].partial_delivery = {0.4, 0.5, LawSpec::constant(2)};
  spec.suppliers[1].id = "express";
  spec.suppliers[1].lead_time_days = LawSpec::constant(0);
  spec.suppliers[1].freight_per_unit = 0.5;
  policies::PolicyParameters levels{"capped_dual_index", {spec.skus[0].id}, {{3, 18, 6}}};
  levels.model = decisions_of(spec);
  check_golden("two_suppliers.txt", transcript(spec, levels));
}

TEST_CASE("the transcript of SKUs that share trucks and a set-up has not changed") {
  SkuSpec tea = lost_sales_sku("tea", poisson(3), LawSpec{});
  SkuSpec rice = lost_sales_sku("rice", poisson(2), LawSpec{});
  rice.pack_size = 2;
  tea.supplier = rice.supplier = "importer";
  WarehouseSpec spec = warehouse_of({tea, rice}, 8);
  SupplierSpec importer;
  importer.id = "importer";
  importer.lead_time_days = LawSpec::constant(1);
  importer.review_period_days = 2;
  importer.joint_order = {
      .set_up_cost = 12, .truck_units = 8, .cost_per_truck = 30, .full_trucks_only = true};
  spec.suppliers = {importer};
  check_golden("joint_order.txt", transcript(spec, {"base_stock", {"tea", "rice"}, {{14, 0}, {10, 0}}}));
}

TEST_CASE("the transcript of a centre that delivers to two stores has not changed") {
  WarehouseSpec spec = warehouse_of({}, 8);
  spec.locations = {{"centre", Allocation::proportional}, {.id = "north"}, {.id = "south"}};
  SkuSpec centre = backlog_sku("tea", LawSpec{}, LawSpec::constant(2));
  centre.location = "centre";
  centre.supply.review_period_days = 3;
  centre.initial_on_hand = 12;
  SkuSpec north = backlog_sku("tea", poisson(3), LawSpec::constant(1));
  north.location = "north";
  north.supply.from = "centre";
  north.supply.freight_per_unit = 0.2;
  north.costs.in_transit = InTransit::upstream;
  SkuSpec south = north;
  south.location = "south";
  south.demand = poisson(1.5);
  south.supply.lead_time_days = LawSpec::constant(0);
  spec.skus = {centre, north, south};
  check_golden(
      "network.txt",
      transcript(spec, {"base_stock", {"tea@centre", "tea@north", "tea@south"}, {{20, 0}, {9, 0}, {3, 0}}}));
}
