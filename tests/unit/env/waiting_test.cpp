// Customers who wait, and those who do not.
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/event_log.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::testing;

TEST_CASE("who has waited for the days of the patience goes at the close") {
  SkuSpec sku = backlog_sku("item", LawSpec{}, LawSpec::constant(0));
  sku.patience_days = 2;
  const Orders on_day_3 = [](const Simulator& simulator, std::int32_t) {
    return simulator.day() == 3 ? Quantity{4} : Quantity{0};
  };
  CHECK(story_of(warehouse_of({sku}, 5), path_of({{3}, {5}, {0}, {1}, {0}}), on_day_3) ==
        std::vector<std::string>{
            "day 0 end: item sells 0 of 3", "day 0 end: close of day 0", "day 1 end: item sells 0 of 5",
            "day 1 end: close of day 1", "day 2 end: item sells 0 of 0", "day 2 end: item gives up 3",
            "day 2 end: close of day 2", "day 3 start: item orders 4 due day 3 start",
            "day 3 start: item receives 4", "day 3 end: item sells 0 of 1", "day 3 end: item gives up 1",
            "day 3 end: close of day 3", "day 4 end: item sells 0 of 0", "day 4 end: close of day 4"});
}

TEST_CASE("those who came first are served first") {
  SkuSpec sku = backlog_sku("item", LawSpec{}, LawSpec::constant(0));
  sku.patience_days = 3;
  Simulator simulator(build_warehouse(warehouse_of({sku}, 6)), path_of({{2}, {2}, {0}, {0}, {0}, {0}}));
  simulator.reset({});
  run_to_end(simulator, [](const Simulator& now, std::int32_t) { return now.day() == 2 ? Quantity{3} : 0; });
  // Three of the four are served on day 2; the last one came on day 1 and goes on day 4.
  CHECK(simulator.lifetime_ledger(0).shipped == 3);
  CHECK(simulator.lifetime_ledger(0).lost == 1);
  CHECK(simulator.lifetime_ledger(0).backlog_time == 2 + 4 + 1 + 1);
}

TEST_CASE("a share of customers waits") {
  SkuSpec sku = backlog_sku("item", LawSpec::constant(50), LawSpec::constant(1));
  sku.backlog_share = 0.3;
  sku.costs.lost_sale_per_unit = 2;
  const auto model = build_warehouse(warehouse_of({sku}, 400));
  Simulator simulator(model);
  simulator.reset({});
  run_to_end(simulator, nothing());
  const SkuLedger& ledger = simulator.lifetime_ledger(0);
  const double lost = static_cast<double>(ledger.lost) / 20'000;
  CHECK(std::abs(lost - 0.7) < 4 * std::sqrt(0.7 * 0.3 / 20'000));
  CHECK(ledger.lost + simulator.state(0).backlog == ledger.demanded);
  const Costs costs = costs_of(ledger, model->skus[0].rates);
  CHECK(costs.shortage ==
        Approx(2.0 * static_cast<double>(ledger.lost) + 9.0 * static_cast<double>(ledger.backlog_time)));
}

TEST_CASE("patience of customers who come one by one ends at the close as well") {
  SkuSpec sku = backlog_sku("item", poisson(6), LawSpec::constant(0.3));
  sku.patience_days = 1;
  sku.backlog_share = 0.5;
  WarehouseSpec spec = warehouse_of({sku}, 60);
  spec.arrivals = Arrivals::orders;
  Simulator simulator(build_warehouse(spec));
  simulator.reset({});
  run_to_end(simulator,
             [](const Simulator& now, std::int32_t) { return now.day() % 3 == 0 ? Quantity{12} : 0; });
  CHECK(simulator.lifetime_ledger(0).lost > 0);
  CHECK(simulator.lifetime_ledger(0).shipped > simulator.lifetime_ledger(0).served_at_once);
  CHECK(simulator.state(0).backlog < 20);  // nobody waits for longer than two days
}
