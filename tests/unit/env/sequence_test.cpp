// What happens when: the sequence of events of a day, told event by event.
#include <catch2/catch.hpp>

#include "tests/support/event_log.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::testing;
using Story = std::vector<std::string>;

namespace {

WarehouseSpec one_sku(SkuSpec sku, std::int64_t days) {
  return warehouse_of({std::move(sku)}, days);
}

}  // namespace

TEST_CASE("a day is receipt then review then demand then close and lead times count from the order") {
  const SkuSpec sku = lost_sales_sku("a", poisson(1), LawSpec::constant(2));
  const Story story = story_of(one_sku(sku, 4), path_of({{2}, {1}, {3}, {0}}), order_up_to(4));
  CHECK(story == Story{
                     "day 0 start: a orders 4 due day 2 start",
                     "day 0 end: a sells 0 of 2",
                     "day 0 end: close of day 0",
                     "day 1 end: a sells 0 of 1",
                     "day 1 end: close of day 1",
                     "day 2 start: a receives 4",
                     "day 2 end: a sells 3 of 3",
                     "day 2 end: close of day 2",
                     "day 3 start: a orders 3 due day 5 start",
                     "day 3 end: a sells 0 of 0",
                     "day 3 end: close of day 3",
                 });
}

TEST_CASE("an order without lead time is received before the demand of its day") {
  const SkuSpec sku = backlog_sku("a", poisson(1), LawSpec::constant(0));
  CHECK(story_of(one_sku(sku, 2), path_of({{6}, {1}}), order_up_to(4)) ==
        Story{
            "day 0 start: a orders 4 due day 0 start",
            "day 0 start: a receives 4",
            "day 0 end: a sells 4 of 6",
            "day 0 end: close of day 0",
            "day 1 start: a orders 6 due day 1 start",
            "day 1 start: a receives 6",
            "day 1 end: a sells 1 of 1",
            "day 1 end: close of day 1",
        });
}

TEST_CASE("a lead time of one day is received before the next review") {
  const SkuSpec sku = lost_sales_sku("a", poisson(1), LawSpec::constant(1));
  CHECK(story_of(one_sku(sku, 2), path_of({{1}, {1}}), order_up_to(2)) ==
        Story{
            "day 0 start: a orders 2 due day 1 start",
            "day 0 end: a sells 0 of 1",
            "day 0 end: close of day 0",
            "day 1 start: a receives 2",
            "day 1 end: a sells 1 of 1",
            "day 1 end: close of day 1",
        });
}

TEST_CASE("lead times of broken days are rounded up to whole days") {
  SkuSpec sku = lost_sales_sku("a", poisson(1), LawSpec::constant(0));
  sku.supply.lead_time_days = discrete({0.25}, {1});
  CHECK(story_of(one_sku(sku, 1), path_of({{0}}), order_up_to(2)).front() ==
        "day 0 start: a orders 2 due day 1 start");
}

TEST_CASE("continuous review with daily demand asks after the demand of a day, once") {
  WarehouseSpec spec = one_sku(backlog_sku("a", poisson(1), LawSpec::constant(1)), 3);
  spec.review = Review::continuous;
  spec.skus[0].initial_on_hand = 4;
  CHECK(story_of(spec, path_of({{3}, {0}, {2}}), order_up_to(4)) ==
        Story{
            "day 0 end: a sells 3 of 3",
            "day 0 end: a orders 3 due day 1 end",
            "day 0 end: close of day 0",
            "day 1 end: a receives 3",  // before that day's demand
            "day 1 end: a sells 0 of 0",
            "day 1 end: close of day 1",
            "day 2 end: a sells 2 of 2",
            "day 2 end: a orders 2 due day 3 end",
            "day 2 end: close of day 2",
        });
}

TEST_CASE("a triggered order without lead time is received at once and asks no second time") {
  WarehouseSpec spec = one_sku(backlog_sku("a", poisson(1), LawSpec::constant(0)), 2);
  spec.review = Review::continuous;
  spec.skus[0].initial_on_hand = 1;
  int asked = 0;
  const Orders one_more = [&](const Simulator&, std::int32_t) {
    ++asked;
    return Quantity{1};  // never content: a second question in the same instant would go on for ever
  };
  CHECK(story_of(spec, path_of({{3}, {1}}), one_more) == Story{
                                                             "day 0 end: a sells 1 of 3",
                                                             "day 0 end: a orders 1 due day 0 end",
                                                             "day 0 end: a receives 1",
                                                             "day 0 end: close of day 0",
                                                             "day 1 end: a sells 0 of 1",
                                                             "day 1 end: a orders 1 due day 1 end",
                                                             "day 1 end: a receives 1",
                                                             "day 1 end: close of day 1",
                                                         });
  CHECK(asked == 2);
}

TEST_CASE("all SKUs that demand has touched in one instant are asked together") {
  WarehouseSpec spec = warehouse_of(
      {backlog_sku("a", poisson(1), LawSpec::constant(1)), backlog_sku("b", poisson(1), LawSpec::constant(1)),
       backlog_sku("c", poisson(1), LawSpec::constant(1))},
      2);
  spec.review = Review::continuous;
  Simulator simulator(build_warehouse(spec), path_of({{1, 0, 2}, {0, 1, 0}}));
  simulator.reset({});
  auto decision = simulator.run_until_decision();
  REQUIRE(decision);
  CHECK(std::vector(decision->skus.begin(), decision->skus.end()) == std::vector<std::int32_t>{0, 2});
  CHECK(decision->time == SimTime::end_of_day(0));
  simulator.place_order(2, 0, 5);
  decision = simulator.run_until_decision();  // b's demand and c's receipt
  REQUIRE(decision);
  CHECK(std::vector(decision->skus.begin(), decision->skus.end()) == std::vector<std::int32_t>{1, 2});
  CHECK_FALSE(simulator.run_until_decision());
}

TEST_CASE("suppliers with calendars of their own meet in one decision where their days coincide") {
  std::vector<SkuSpec> skus;
  for (const auto& [id, period, first] : {std::tuple{"a", 3, 0}, {"b", 2, 1}, {"c", 3, 0}, {"d", 2, 1}}) {
    skus.push_back(lost_sales_sku(id, poisson(1), LawSpec::constant(1)));
    skus.back().supply.review_period_days = period;
    skus.back().supply.first_review_day = first;
  }
  Simulator simulator(build_warehouse(warehouse_of(skus, 7)));
  simulator.reset({});
  std::vector<std::pair<std::int64_t, std::vector<std::int32_t>>> asked;
  while (const auto decision = simulator.run_until_decision()) {
    CHECK(decision->time == SimTime::start_of_day(simulator.day()));
    asked.push_back({simulator.day(), {decision->skus.begin(), decision->skus.end()}});
  }
  CHECK(asked == std::vector<std::pair<std::int64_t, std::vector<std::int32_t>>>{
                     {0, {0, 2}}, {1, {1, 3}}, {3, {0, 1, 2, 3}}, {5, {1, 3}}, {6, {0, 2}}});
}

TEST_CASE("SKUs are served in their order, each with its own demand") {
  const WarehouseSpec spec = warehouse_of({lost_sales_sku("a", poisson(1), LawSpec::constant(0)),
                                           lost_sales_sku("b", poisson(1), LawSpec::constant(0))},
                                          1);
  CHECK(story_of(spec, path_of({{1, 2}}), order_up_to(1)) == Story{
                                                                 "day 0 start: a orders 1 due day 0 start",
                                                                 "day 0 start: b orders 1 due day 0 start",
                                                                 "day 0 start: a receives 1",
                                                                 "day 0 start: b receives 1",
                                                                 "day 0 end: a sells 1 of 1",
                                                                 "day 0 end: b sells 1 of 2",
                                                                 "day 0 end: close of day 0",
                                                             });
}

TEST_CASE("after the last close nothing happens any more") {
  Simulator simulator(build_warehouse(one_sku(lost_sales_sku("a", poisson(5), LawSpec::constant(1)), 2)));
  simulator.reset({});
  run_to_end(simulator, order_up_to(9));
  const std::uint64_t hash = simulator.ledger_hash();
  for (int i = 0; i < 3; ++i) CHECK_FALSE(simulator.run_until_decision());
  CHECK(simulator.ledger_hash() == hash);
  CHECK(simulator.lifetime_ledger(0).days == 2);
}
