// Stock that expires, told day by day.
#include <catch2/catch.hpp>

#include "env/observation_spec.h"
#include "tests/support/event_log.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::testing;

namespace {

SkuSpec perishable(std::int64_t shelf_life, Issuing issuing) {
  SkuSpec sku = lost_sales_sku("milk", LawSpec{}, LawSpec::constant(0));
  sku.shelf_life_days = shelf_life;
  sku.issuing = issuing;
  sku.costs.disposal_per_unit = 2;
  return sku;
}

/// Orders these quantities on the days 0, 1, …
Orders day_by_day(std::vector<Quantity> quantities) {
  return [quantities](const Simulator& simulator, std::int32_t) {
    return quantities[static_cast<std::size_t>(simulator.day())];
  };
}

/// What is left by remaining life at the start of the last day, after its receipts, and the ledger at the
/// end.
struct Outcome {
  std::vector<Quantity> left = std::vector<Quantity>(4);
  SkuLedger ledger;
};

Outcome outcome_of(const SkuSpec& sku, const std::vector<std::vector<std::int32_t>>& demand,
                   const std::vector<Quantity>& orders) {
  const auto days = static_cast<std::int64_t>(demand.size());
  Simulator simulator(build_warehouse(warehouse_of({sku}, days)), path_of(demand));
  simulator.reset({});
  Outcome outcome;
  while (const auto decision = simulator.run_until_decision()) {
    if (simulator.day() == days - 1) simulator.stock_by_remaining_life(0, outcome.left);
    simulator.place_order(0, 0, orders[static_cast<std::size_t>(simulator.day())]);
  }
  outcome.ledger = simulator.lifetime_ledger(0);
  return outcome;
}

}  // namespace

TEST_CASE("units expire at the close of the last day of their life") {
  CHECK(story_of(warehouse_of({perishable(2, Issuing::fifo)}, 3), path_of({{1}, {2}, {0}}),
                 day_by_day({5, 0, 1})) == std::vector<std::string>{
                                               "day 0 start: milk orders 5 due day 0 start",
                                               "day 0 start: milk receives 5",
                                               "day 0 end: milk sells 1 of 1",
                                               "day 0 end: close of day 0",
                                               "day 1 end: milk sells 2 of 2",
                                               "day 1 end: milk throws away 2",
                                               "day 1 end: close of day 1",
                                               "day 2 start: milk orders 1 due day 2 start",
                                               "day 2 start: milk receives 1",
                                               "day 2 end: milk sells 0 of 0",
                                               "day 2 end: close of day 2",
                                           });
}

TEST_CASE("customers take what expires first or last or a share of each") {
  const std::vector<std::vector<std::int32_t>> demand{{0}, {4}, {0}};
  const std::vector<Quantity> orders{6, 6, 0};
  // Day 1 has 6 units with two more days and 6 with three; on the morning of day 2 one day less.
  CHECK(outcome_of(perishable(3, Issuing::fifo), demand, orders).left == std::vector<Quantity>{2, 6, 0, 0});
  CHECK(outcome_of(perishable(3, Issuing::lifo), demand, orders).left == std::vector<Quantity>{6, 2, 0, 0});
  SkuSpec mixed = perishable(3, Issuing::mixed);
  mixed.fifo_share = 0.25;
  CHECK(outcome_of(mixed, demand, orders).left == std::vector<Quantity>{5, 3, 0, 0});
}

TEST_CASE("customers of two kinds take what expires first and last") {
  SkuSpec sku = perishable(3, Issuing::by_customer);
  sku.demand = LawSpec::constant(1);
  sku.freshest_demand = LawSpec::constant(3);
  const std::vector<Quantity> orders{6, 6, 0};
  CHECK(outcome_of(sku, {{0}, {4}, {0}}, orders).left == std::vector<Quantity>{5, 3, 0, 0});
  // a history may ask for what the laws cannot: it is divided as their means are, here 8 = 2 + 6
  CHECK(outcome_of(sku, {{0}, {8}, {0}}, orders).left == std::vector<Quantity>{4, 0, 0, 0});
  // what stock cannot serve empties the shelf, whoever came
  const Outcome empty = outcome_of(sku, {{0}, {15}, {0}}, orders);
  CHECK(empty.left == std::vector<Quantity>{0, 0, 0, 0});
  CHECK(empty.ledger.lost == 3);
}

TEST_CASE("demand of two kinds of customers follows the law of its sum, by weekday and promotion") {
  SkuSpec sku = perishable(2, Issuing::by_customer);
  sku.demand = LawSpec::constant(1);
  sku.freshest_demand = LawSpec::constant(3);
  sku.pattern.weekday_factors = {1, 2, 1, 1, 1, 1, 0};
  const auto model = build_warehouse(warehouse_of({sku}, 7));
  CHECK(model->skus[0].demand_on(0).sample(1) == 4);
  CHECK(model->skus[0].demand_on(1).sample(1) == 8);
  CHECK(model->skus[0].demand_on(6).sample(1) == 0);
  CHECK(model->skus[0].mean_demand_per_day == Approx((5 * 4 + 8) / 7.0));
  CHECK(model->skus[0].fifo_share == Approx(0.25));
}

TEST_CASE("the initial stock is fresh and waste is paid for") {
  SkuSpec sku = perishable(2, Issuing::fifo);
  sku.initial_on_hand = 7;
  const Outcome outcome = outcome_of(sku, {{3}, {1}, {2}}, {0, 0, 0});
  CHECK(outcome.ledger.expired == 3);
  CHECK(outcome.ledger.lost == 2);
  const auto model = build_warehouse(warehouse_of({sku}, 3));
  CHECK(costs_of(outcome.ledger, model->skus[0].rates).disposal == 6);
}

TEST_CASE("decisions and observations show what is left of the life of the stock") {
  SkuSpec sku = lost_sales_sku("milk", LawSpec::constant(2), LawSpec::constant(1));
  sku.shelf_life_days = 3;
  SkuSpec keeps = lost_sales_sku("rice", LawSpec::constant(1), LawSpec::constant(1));
  const auto model = decisions_of(warehouse_of({sku, keeps}, 3));
  DecisionProcess process(model, {.beyond_horizon = true});
  process.reset({});
  const std::vector<Quantity> five{5, 0};
  const auto life = [&] {
    const auto shown = process.batch().stock_by_remaining_life;
    return std::vector<Quantity>(shown.begin(), shown.end());
  };
  for (int day = 0; day < 3; ++day) {
    REQUIRE(process.advance());
    if (day == 0) CHECK(life() == std::vector<Quantity>{0, 0, 0, 0, 0, 0});
    if (day == 1) CHECK(life() == std::vector<Quantity>{0, 0, 5, 0, 0, 0});
    if (day == 2) CHECK(life() == std::vector<Quantity>{0, 3, 5, 0, 0, 0});
    process.order(process.due(), five);
  }
  const ObservationSpec spec(*model->warehouse, {"stock_by_remaining_life"}, {});
  std::vector<float> seen(6);
  spec.write(process.batch(), seen);
  CHECK(seen == std::vector<float>{-1, 0.5F, 1.5F, -1, -1, -1});
  CHECK_FALSE(process.advance());
  process.observe(process.due());
  CHECK(life() == std::vector<Quantity>{1, 5, 5, 0, 0, 0});  // the morning after the horizon
  CHECK_THROWS_AS(
      ObservationSpec(*build_warehouse(warehouse_of({keeps}, 3)), {"stock_by_remaining_life"}, {}),
      InputError);
}

TEST_CASE("stock that expires is saved and restored with its ages") {
  const auto model = build_warehouse(warehouse_of({perishable(3, Issuing::lifo)}, 4));
  const auto paths = path_of({{1}, {2}, {1}, {5}});
  const auto finish = [](Simulator& simulator) {
    run_to_end(simulator, order_up_to(4));
    return simulator.ledger_hash();
  };
  Simulator first(model, paths), second(model, paths);
  first.reset({});
  for (int day = 0; day < 2; ++day) {
    REQUIRE(first.run_until_decision());
    first.place_order(0, 0, 4);
  }
  std::vector<std::byte> bytes;
  first.save(bytes);
  second.restore(bytes);
  CHECK(finish(first) == finish(second));
}
