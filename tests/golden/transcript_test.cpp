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
