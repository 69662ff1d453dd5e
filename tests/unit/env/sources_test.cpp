// Several suppliers of one SKU, what they charge, and how they deliver.
#include <catch2/catch.hpp>

#include "env/action_spec.h"
#include "tests/support/event_log.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::testing;

namespace {

std::shared_ptr<const DemandPaths> no_demand(std::size_t days) {
  return path_of(std::vector<std::vector<std::int32_t>>(days, {0}));
}

/// A SKU without demand, from a cheap supplier every second day and a dear one at any time.
WarehouseSpec two_suppliers(std::int64_t days) {
  SkuSpec sku = backlog_sku("item", LawSpec{}, LawSpec{});
  sku.pack_size = 2;
  sku.costs.purchase_per_unit = 3;
  sku.sources = {{.supplier = "slow"}, {.supplier = "fast", .purchase_per_unit = 4.5, .pack_size = 1}};
  WarehouseSpec spec = warehouse_of({sku}, days);
  spec.suppliers.resize(2);
  spec.suppliers[0].id = "slow";
  spec.suppliers[0].lead_time_days = LawSpec::constant(3);
  spec.suppliers[0].review_period_days = 2;
  spec.suppliers[0].fixed_cost_per_order = 10;
  spec.suppliers[1].id = "fast";
  spec.suppliers[1].lead_time_days = LawSpec::constant(1);
  spec.suppliers[1].fixed_cost_per_order = 2;
  spec.suppliers[1].freight_per_unit = 0.25;
  return spec;
}

SourceModel priced(bool all_units) {
  SourceModel source;
  source.purchase_per_unit = 10;
  source.price_breaks = {{5, 8}, {10, 7}};
  source.discounts_all_units = all_units;
  return source;
}

/// Orders 4 a day, and writes down what arrives on which day.
std::vector<std::int64_t> arrival_days(const WarehouseSpec& spec) {
  struct Days : SimulationObserver {
    std::vector<std::int64_t> of_receipts;
    void on_receipt(const Simulator& now, std::int32_t, Quantity quantity) override {
      for (Quantity i = 0; i < quantity; ++i) of_receipts.push_back(now.day());
    }
  } days;
  Simulator simulator(build_warehouse(spec), no_demand(static_cast<std::size_t>(spec.horizon.days)));
  simulator.set_observer(&days);
  simulator.reset({});
  run_to_end(simulator, [](const Simulator&, std::int32_t) { return Quantity{4}; });
  return days.of_receipts;
}

}  // namespace

TEST_CASE("each source takes orders by its own calendar and delivers by its own lead time") {
  Simulator simulator(build_warehouse(two_suppliers(6)), no_demand(6));
  EventLog log;
  simulator.set_observer(&log);
  simulator.reset({});
  while (const auto decision = simulator.run_until_decision()) {
    CHECK(simulator.is_open(0, 0) == (decision->time.day() % 2 == 0));
    CHECK(simulator.is_open(0, 1));
    if (decision->time.day() != 2) continue;
    simulator.place_order(0, 0, 4);
    simulator.place_order(0, 1, 3);
    CHECK(simulator.state(0).on_order == 7);
  }
  const auto has = [&](const std::string& line) {
    return std::find(log.lines.begin(), log.lines.end(), line) != log.lines.end();
  };
  CHECK(has("day 2 start: item orders 4 due day 5 start"));
  CHECK(has("day 2 start: item orders 3 due day 3 start"));
  CHECK(has("day 3 start: item receives 3"));
  CHECK(has("day 5 start: item receives 4"));
  const Costs costs = costs_of(simulator.lifetime_ledger(0), simulator.model().skus[0].rates);
  CHECK(costs.purchase == Approx(4 * 3 + 3 * 4.5));
  CHECK(costs.fixed == Approx(10 + 2));
  CHECK(costs.freight == Approx(3 * 0.25));
}

TEST_CASE("a source that is closed takes no order") {
  Simulator simulator(build_warehouse(two_suppliers(6)), no_demand(6));
  simulator.reset({});
  simulator.run_until_decision();
  simulator.run_until_decision();
  REQUIRE(simulator.day() == 1);
  CHECK_THROWS_AS(simulator.place_order(0, 0, 4), InvariantError);
}

TEST_CASE("the batch shows each source's pipeline and which are open") {
  DecisionProcess process(decisions_of(two_suppliers(6), no_demand(6)), {});
  process.reset({});
  REQUIRE(process.advance());
  process.order(process.due(), std::vector<Quantity>{3, 1});  // 3 are rounded to packs of 2
  REQUIRE(process.advance());
  const DecisionBatch& batch = process.batch();
  REQUIRE(batch.sources == 2);
  CHECK(batch.open_sources[0] == 0b10);
  CHECK(batch.on_order[0] == 4);
  CHECK(batch.on_hand[0] == 1);
  REQUIRE(batch.pipeline_width == 2);
  CHECK(std::vector<Quantity>(batch.pipeline_by_source.begin(), batch.pipeline_by_source.end()) ==
        std::vector<Quantity>{4, 0, 0, 0});
  process.order(process.due(), std::vector<Quantity>{8, 0});
  CHECK(process.simulator().state(0).on_order == 4);  // the wish from the closed source is left out
}

TEST_CASE("price breaks hold for all units or for those beyond them") {
  CHECK(priced(true).price_of(4) == 40);
  CHECK(priced(true).price_of(5) == 40);
  CHECK(priced(true).price_of(12) == 84);
  CHECK(priced(false).price_of(4) == 40);
  CHECK(priced(false).price_of(5) == 48);
  CHECK(priced(false).price_of(12) == 4 * 10 + 5 * 8 + 3 * 7);
}

TEST_CASE("orders that may not cross wait for those before them") {
  SkuSpec sku = backlog_sku("item", LawSpec{}, discrete({1, 6}, {1, 1}));
  WarehouseSpec spec = warehouse_of({sku}, 60);
  const std::vector<std::int64_t> crossing = arrival_days(spec);
  spec.skus[0].supply.orders_cross = false;
  const std::vector<std::int64_t> in_turn = arrival_days(spec);
  CHECK(std::is_sorted(in_turn.begin(), in_turn.end()));
  std::int64_t sum_crossing = 0;
  std::int64_t sum_in_turn = 0;
  const std::size_t both = std::min(crossing.size(), in_turn.size());
  for (std::size_t i = 0; i < both; ++i) sum_crossing += crossing[i], sum_in_turn += in_turn[i];
  CHECK(sum_in_turn > sum_crossing);
}

TEST_CASE("partial deliveries bring the rest later") {
  SkuSpec sku = backlog_sku("item", LawSpec{}, LawSpec::constant(1));
  sku.supply.review_period_days = 20;
  sku.supply.partial_delivery = {1, 0.25, LawSpec::constant(3)};
  CHECK(arrival_days(warehouse_of({sku}, 10)) == std::vector<std::int64_t>{1, 4, 4, 4});
  sku.supply.lead_time_days = LawSpec::constant(0);
  CHECK(arrival_days(warehouse_of({sku}, 10)) == std::vector<std::int64_t>{0, 3, 3, 3});
  sku.supply.partial_delivery.delay_days = LawSpec::constant(0);
  CHECK(arrival_days(warehouse_of({sku}, 10)) == std::vector<std::int64_t>{0, 0, 0, 0});
}

TEST_CASE("what is on its way at the start arrives on its morning") {
  SkuSpec sku = backlog_sku("item", LawSpec{}, LawSpec::constant(3));
  sku.initial_pipeline = {2, 0, 1};
  Simulator simulator(build_warehouse(warehouse_of({sku}, 6)), no_demand(6));
  simulator.reset({});
  simulator.run_until_decision();
  CHECK(simulator.state(0).on_order == 3);
  std::vector<Quantity> ages(3);
  simulator.pipeline_by_age(0, ages);
  CHECK(ages == std::vector<Quantity>{1, 2, 0});  // due on day 3 and 1: as if ordered a day and two days ago
  run_to_end(simulator, nothing());
  CHECK(simulator.state(0).on_hand == 3);
  CHECK(simulator.lifetime_ledger(0).on_hand_time == 2 * 5 + 1 * 3);
}

TEST_CASE("holding on the way is paid by whoever is said to pay") {
  SkuSpec sku = backlog_sku("item", LawSpec{}, LawSpec::constant(4));
  sku.supply.review_period_days = 20;
  sku.costs.in_transit = InTransit::downstream;
  for (const Arrivals arrivals : {Arrivals::daily, Arrivals::orders}) {
    WarehouseSpec spec = warehouse_of({sku}, 10);
    spec.arrivals = arrivals;
    Simulator simulator(build_warehouse(spec), no_demand(10));
    simulator.reset({});
    run_to_end(simulator, [](const Simulator&, std::int32_t) { return Quantity{5}; });
    const double unit = arrivals == Arrivals::daily ? 1 : static_cast<double>(kMillisecondsPerDay);
    CHECK(static_cast<double>(simulator.lifetime_ledger(0).transit_time) / unit == 5 * 4);
    CHECK(costs_of(simulator.lifetime_ledger(0), simulator.model().skus[0].rates).holding ==
          Approx(5.0 * (4 + 6)));
  }
}

TEST_CASE("what comes at once has not been on its way") {
  SkuSpec sku = backlog_sku("item", LawSpec{}, LawSpec::constant(0));
  sku.supply.review_period_days = 20;
  sku.costs.in_transit = InTransit::downstream;
  const auto transit_time = [&] {
    Simulator simulator(build_warehouse(warehouse_of({sku}, 10)), no_demand(10));
    simulator.reset({});
    run_to_end(simulator, [](const Simulator&, std::int32_t) { return Quantity{4}; });
    CHECK(simulator.state(0).in_transit == 0);
    return simulator.lifetime_ledger(0).transit_time;
  };
  CHECK(transit_time() == 0);
  sku.supply.partial_delivery = {1, 0.25, LawSpec::constant(2)};
  CHECK(transit_time() == 3 * 2);
}

TEST_CASE("triggers ask after what they say") {
  const auto asked = [](Trigger trigger) {
    SkuSpec sku = backlog_sku("item", LawSpec{}, LawSpec::constant(1));
    sku.trigger_level = 2;
    WarehouseSpec spec = warehouse_of({sku}, 6);
    spec.review = Review::continuous;
    spec.trigger = trigger;
    Simulator simulator(build_warehouse(spec), path_of({{0}, {1}, {0}, {3}, {0}, {0}}));
    simulator.reset({});
    std::string days;
    while (const auto decision = simulator.run_until_decision()) {
      days += fmt::format("{} ", decision->time.day());
      simulator.place_order(0, 0,
                            legal_order_quantity(simulator.model().skus[0].regular(),
                                                 3 - simulator.state(0).inventory_position()));
    }
    return days;
  };
  CHECK(asked(Trigger::any) == "1 2 3 4 ");
  CHECK(asked(Trigger::demand) == "1 3 ");
  CHECK(asked(Trigger::receipt) == "");
  CHECK(asked(Trigger::position) == "1 3 ");
}

TEST_CASE("an action is one choice for each source") {
  const auto decisions = decisions_of(two_suppliers(6), no_demand(6));
  const ActionSpec spec(*decisions->warehouse,
                        {.kind = ActionKind::order_quantity, .maximum_by_source = {6, 2}});
  REQUIRE(spec.sources() == 2);
  REQUIRE(spec.actions() == 4 * 3);  // 0 … 3 packs of 2, and 0 … 2 units
  DecisionProcess process(decisions, {});
  process.reset({});
  REQUIRE(process.advance());
  std::vector<std::uint8_t> mask(12);
  CHECK(spec.decode(process.batch(), 0, 7, 0) == 3 * 2);  // 7 = 3 + 4 · 1
  CHECK(spec.decode(process.batch(), 0, 7, 1) == 1);
  spec.write_mask(process.batch(), 0, mask);
  CHECK(std::count(mask.begin(), mask.end(), 1) == 12);
  process.order(process.due(), std::vector<Quantity>{0, 0});
  REQUIRE(process.advance());  // day 1: the slow supplier takes no orders
  spec.write_mask(process.batch(), 0, mask);
  CHECK(mask == std::vector<std::uint8_t>{1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0});
}

TEST_CASE("order-up-to actions lift further sources first") {
  WarehouseSpec spec = two_suppliers(6);
  spec.skus[0].pack_size = 1;
  const auto decisions = decisions_of(spec, no_demand(6));
  const ActionSpec actions(*decisions->warehouse,
                           {.kind = ActionKind::order_up_to, .maximum_by_source = {10, 4}, .levels = 3});
  DecisionProcess process(decisions, {});
  process.reset({});
  REQUIRE(process.advance());
  CHECK(actions.decode(process.batch(), 0, 2, 0) == 10);
  CHECK(actions.decode(process.batch(), 0, 2 + 3 * 2, 1) == 4);
  CHECK(actions.decode(process.batch(), 0, 2 + 3 * 2, 0) == 6);
  CHECK_THROWS_WITH(ActionSpec(*decisions->warehouse, {.maximum_by_source = {10}}),
                    Catch::Contains("one for each of 2 sources"));
}
