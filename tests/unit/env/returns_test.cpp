// What customers bring back, and when.
#include <catch2/catch.hpp>
#include <cmath>

#include "env/core/error.h"
#include "env/evaluation.h"
#include "env/sim/kpis.h"
#include "tests/support/event_log.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::testing;

namespace {

SkuSpec shoes(double share, LawSpec delay) {
  SkuSpec sku = lost_sales_sku("shoes", LawSpec::constant(0), LawSpec::constant(0));
  sku.market.returns = {share, std::move(delay)};
  return sku;
}

}  // namespace

TEST_CASE("all of it comes back after the delay, first thing in the morning") {
  SkuSpec sku = shoes(1, LawSpec::constant(2));
  sku.initial_on_hand = 5;
  CHECK(story_of(warehouse_of({sku}, 4), path_of({{3}, {2}, {4}, {0}}), nothing()) ==
        std::vector<std::string>{"day 0 end: shoes sells 3 of 3", "day 0 end: close of day 0",
                                 "day 1 end: shoes sells 2 of 2", "day 1 end: close of day 1",
                                 "day 2 start: shoes takes back 3", "day 2 end: shoes sells 3 of 4",
                                 "day 2 end: close of day 2", "day 3 start: shoes takes back 2",
                                 "day 3 end: shoes sells 0 of 0", "day 3 end: close of day 3"});
}

TEST_CASE("what comes back serves those who wait, and the rest is as good as new") {
  SkuSpec sku = backlog_sku("shoes", LawSpec{}, LawSpec::constant(0));
  sku.market.returns = {1, LawSpec::constant(1)};
  sku.initial_on_hand = 6;
  sku.shelf_life_days = 3;
  Simulator simulator(build_warehouse(warehouse_of({sku}, 3)), path_of({{6}, {0}, {0}}));
  simulator.reset({});
  simulator.run_until_decision();
  simulator.run_until_decision();
  std::vector<Quantity> life(3);
  simulator.stock_by_remaining_life(0, life);
  CHECK(life == std::vector<Quantity>{0, 0, 6});
  Simulator waiting(build_warehouse(warehouse_of({sku}, 3)), path_of({{10}, {0}, {0}}));
  waiting.reset({});
  run_to_end(waiting, nothing());
  // Day 1: 6 come back and go to the 4 who wait and to the shelf; day 2: those 4 come back.
  CHECK(waiting.lifetime_ledger(0).returned == 10);
  CHECK(waiting.lifetime_ledger(0).shipped == 10);
  CHECK(waiting.state(0).on_hand == 6);
}

TEST_CASE("the share and the delays are those of the law") {
  // 1, 2 or 4 days with weights 5, 3 and 2, of 60 % of the units.
  SkuSpec sku = shoes(0.6, discrete({1, 2, 4}, {5, 3, 2}));
  sku.initial_on_hand = 1'000'000'000;
  constexpr std::int32_t kUnits = 200'000;
  Simulator simulator(build_warehouse(warehouse_of({sku}, 8)),
                      path_of({{kUnits}, {0}, {0}, {0}, {0}, {0}, {0}, {0}}));
  simulator.reset({});
  Quantity before = 0;
  for (const double share : {0.0, 0.3, 0.18, 0.0, 0.12, 0.0, 0.0, 0.0}) {
    REQUIRE(simulator.run_until_decision());
    const Quantity returned = simulator.lifetime_ledger(0).returned - before;
    before += returned;
    CHECK(std::abs(static_cast<double>(returned) - share * kUnits) <=
          4 * std::sqrt(share * (1 - share) * kUnits));
    CHECK((returned > 0) == (share > 0));
  }
}

TEST_CASE("returned units are paid back at the price for which they were sold") {
  SkuSpec sku = shoes(1, LawSpec::constant(3));
  sku.initial_on_hand = 100;
  sku.price = 50;
  WarehouseSpec spec = warehouse_of({sku}, 7);
  PromotionSpec sale;
  sale.skus = {"shoes"};
  sale.from = "2026-01-06";
  sale.days = 1;
  sale.price = 30;
  spec.promotions = {sale};
  const auto model = build_warehouse(spec);
  Simulator simulator(model, path_of({{1}, {5}, {2}, {0}, {0}, {0}, {0}}));
  simulator.reset({});
  std::vector<double> revenue;
  while (simulator.run_until_decision())
    revenue.push_back(revenue_of(simulator.lifetime_ledger(0), model->skus[0].market));
  CHECK(revenue == std::vector<double>{0, 50, 200, 250, 100, 0, 0});
  // Day 3 has the 50 of day 0 back; day 4 the 150 of the sale; day 5 the 100 of day 2.
}

TEST_CASE("a delay is at least a day and not for ever") {
  CHECK_THROWS_WITH(build_warehouse(warehouse_of({shoes(0.5, discrete({0, 2}, {1, 1}))}, 5)),
                    Catch::Contains("returns.delay_days can be 0"));
  CHECK_THROWS_WITH(build_warehouse(warehouse_of({shoes(0.5, exponential(2000))}, 5)),
                    Catch::Contains("expected at most 3660"));
}

TEST_CASE("forks share what is with customers, and nothing of when it comes back") {
  SkuSpec sku = shoes(0.5, discrete({2, 3}, {1, 1}));
  sku.demand = discrete({20}, {1});
  sku.initial_on_hand = 1'000;
  Simulator simulator(build_warehouse(warehouse_of({sku}, 4)));
  simulator.reset({});
  simulator.run_until_decision();
  simulator.run_until_decision();
  std::vector<std::byte> state;
  simulator.save(state);
  std::vector<double> returned;
  double squares = 0;
  for (std::uint64_t id = 0; id < 4'000; ++id) {
    simulator.fork(state, id);
    run_to_end(simulator, nothing());
    returned.push_back(static_cast<double>(simulator.lifetime_ledger(0).returned));
    squares += std::pow(returned.back() - 15, 2);
  }
  // 20 units of day 0 may come back on the days 2 and 3, each with probability 1/2, and 20 of day 1 on day 3
  // with probability 1/4: mean 15, variance 5 + 3.75.
  const Estimate estimate = estimate_of(returned);
  CHECK(std::abs(estimate.mean - 15) < 4 * std::sqrt(8.75 / 4'000));
  CHECK(std::abs(squares / 4'000 - 8.75) < 4 * 8.75 * std::sqrt(2.0 / 4'000));
}

TEST_CASE("the morning after the horizon has its returns too") {
  SkuSpec sku = shoes(1, LawSpec::constant(2));
  sku.demand = LawSpec::constant(3);
  sku.initial_on_hand = 20;
  DecisionProcess process(decisions_of(warehouse_of({sku}, 3)), {.beyond_horizon = true});
  process.reset({});
  while (process.advance()) {
  }
  process.observe(process.due());
  CHECK(process.batch().on_hand[0] == 20 - 9 + 3 + 3);
}
