// Three small warehouses, told event by event: daily demand with lost sales, daily demand with backlog and
// (s, S), and single customers under continuous review.
#include <catch2/catch.hpp>
#include <sstream>

#include "agents/policies/parameters.h"
#include "env/evaluation.h"
#include "env/sim/trace.h"
#include "tests/golden/golden_file.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::testing;

namespace {

std::string transcript(const WarehouseSpec& spec, const policies::PolicyParameters& parameters) {
  std::ostringstream out;
  TraceWriter trace(out);
  simulate_once(decisions_of(spec), *policies::make_policy(parameters), {}, &trace);
  return out.str();
}

}  // namespace

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
