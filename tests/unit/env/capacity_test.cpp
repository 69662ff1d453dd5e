// Room in the warehouse: what does not fit costs, goes back or waits.
#include <catch2/catch.hpp>

#include "env/sim/kpis.h"
#include "tests/support/environments.h"
#include "tests/support/event_log.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::testing;

namespace {

SkuSpec sku_of(const std::string& id, double volume_m3, LawSpec lead_time = LawSpec::constant(0)) {
  SkuSpec sku = lost_sales_sku(id, LawSpec{}, std::move(lead_time));
  sku.volume_m3 = volume_m3;
  return sku;
}

WarehouseSpec with_room(std::vector<SkuSpec> skus, std::int64_t days, double capacity_m3, OverflowRule rule) {
  WarehouseSpec spec = warehouse_of(std::move(skus), days);
  spec.facility.capacity_m3 = capacity_m3;
  spec.facility.overflow.rule = rule;
  if (rule == OverflowRule::cost) spec.facility.overflow.cost_per_m3_day = 6;
  return spec;
}

Orders on_days(std::vector<Quantity> quantities) {
  return [quantities](const Simulator& now, std::int32_t) {
    return quantities[static_cast<std::size_t>(now.day())];
  };
}

}  // namespace

TEST_CASE("what lies above the capacity costs at the close, shared by volume to the last cubic centimetre") {
  // 7 units of 0.1 and 10 of 0.03 m³ lie where 0.4 m³ fit: 0.6 above it; 4 and 9 on the second day: 0.27
  // above.
  SkuSpec large = sku_of("large", 0.1);
  large.initial_on_hand = 7;
  SkuSpec small = sku_of("small", 0.03);
  small.initial_on_hand = 10;
  const WarehouseSpec spec = with_room({large, small}, 2, 0.4, OverflowRule::cost);
  Simulator simulator(build_warehouse(spec), path_of({{0, 0}, {3, 1}}));
  simulator.reset({});
  run_to_end(simulator, nothing());
  const SkuLedger a = simulator.lifetime_ledger(0);
  const SkuLedger b = simulator.lifetime_ledger(1);
  CHECK(a.overflow_time + b.overflow_time == 600'000 + 270'000);
  CHECK(b.overflow_time == 600'000 * 3 / 10 + 270'000 * 27 / 67);
  const std::vector<SkuLedger> ledgers{a, b};
  const Kpis kpis = kpis_of(simulator.model(), ledgers);
  CHECK(kpis.overflow_cost_per_period == Approx(6 * 0.87 / 2));
  CHECK(kpis.capacity_used == Approx((1.0 + 0.67) / 2 / 0.4));
  CHECK(kpis_of_sku(simulator.model(), 1, b).capacity_used == Approx((0.3 + 0.27) / 2 / 0.4));
}

TEST_CASE("with single customers the overflow is a time integral") {
  SkuSpec sku = sku_of("a", 0.1, LawSpec::constant(0.25));
  sku.supply.review_period_days = 100;
  WarehouseSpec spec = with_room({sku}, 3, 0.5, OverflowRule::cost);
  spec.arrivals = Arrivals::orders;
  Simulator simulator(build_warehouse(spec), path_of({{0}, {0}, {0}}));
  simulator.reset({});
  run_to_end(simulator, on_days({9, 0, 0}));
  // 0.4 m³ too many from 06:00 of day 0 on.
  CHECK(simulator.lifetime_ledger(0).overflow_time == 400'000 * 11 / 4);
}

TEST_CASE("units that do not fit go back, but not those that customers wait for") {
  SkuSpec sku = sku_of("a", 0.1);
  sku.unmet_demand = UnmetDemand::backlog;
  sku.costs.purchase_per_unit = 2;
  CHECK(story_of(with_room({sku}, 3, 0.5, OverflowRule::refuse), path_of({{3}, {4}, {0}}),
                 on_days({0, 10, 2})) ==
        std::vector<std::string>{"day 0 end: a sells 0 of 3", "day 0 end: close of day 0",
                                 "day 1 start: a orders 10 due day 1 start", "day 1 start: a 2 refused",
                                 "day 1 start: a receives 8", "day 1 end: a sells 4 of 4",
                                 "day 1 end: close of day 1", "day 2 start: a orders 2 due day 2 start",
                                 "day 2 start: a receives 2", "day 2 end: a sells 0 of 0",
                                 "day 2 end: close of day 2"});
  Simulator simulator(build_warehouse(with_room({sku}, 3, 0.5, OverflowRule::refuse)),
                      path_of({{3}, {4}, {0}}));
  simulator.reset({});
  run_to_end(simulator, on_days({0, 10, 2}));
  CHECK(simulator.lifetime_ledger(0).refused == 2);
  CHECK(simulator.state(0).on_order == 0);
  // Charged at the order, and not credited.
  CHECK(costs_of(simulator.lifetime_ledger(0), simulator.model().skus[0].rates).purchase == Approx(24));
}

TEST_CASE("receipts wait on the dock, in parts, and those first who came first") {
  // Room for five of a or of b. On day 0 come 7 of a, on day 1 two of b.
  const SkuSpec a = sku_of("a", 0.1);
  const SkuSpec b = sku_of("b", 0.1);
  const Orders orders = [](const Simulator& now, std::int32_t sku) {
    return sku == 0 && now.day() == 0 ? Quantity{7} : Quantity{sku == 1 && now.day() == 1 ? 2 : 0};
  };
  const WarehouseSpec spec = with_room({a, b}, 4, 0.5, OverflowRule::wait);
  CHECK(story_of(spec, path_of({{0, 0}, {1, 0}, {2, 0}, {0, 0}}), orders) ==
        std::vector<std::string>{"day 0 start: a orders 7 due day 0 start",
                                 "day 0 start: a receives 5",
                                 "day 0 start: a 2 without room",
                                 "day 0 end: a sells 0 of 0",
                                 "day 0 end: b sells 0 of 0",
                                 "day 0 end: close of day 0",
                                 "day 1 start: b orders 2 due day 1 start",
                                 "day 1 start: b 2 without room",
                                 "day 1 end: a sells 1 of 1",
                                 "day 1 end: b sells 0 of 0",
                                 "day 1 end: close of day 1",
                                 "day 2 start: a receives 1",
                                 "day 2 end: a sells 2 of 2",
                                 "day 2 end: b sells 0 of 0",
                                 "day 2 end: close of day 2",
                                 "day 3 start: a receives 1",
                                 "day 3 start: b receives 1",
                                 "day 3 end: a sells 0 of 0",
                                 "day 3 end: b sells 0 of 0",
                                 "day 3 end: close of day 3"});
  Simulator simulator(build_warehouse(spec), path_of({{0, 0}, {1, 0}, {2, 0}, {0, 0}}));
  simulator.reset({});
  for (int day = 0; day < 4; ++day) {
    REQUIRE(simulator.run_until_decision());
    for (std::int32_t sku = 0; sku < 2; ++sku) simulator.place_order(sku, 0, orders(simulator, sku));
  }
  CHECK(simulator.state(1).on_order == 1);
  std::vector<Quantity> open(3);
  simulator.pipeline_by_age(1, open);
  CHECK(open == std::vector<Quantity>{0, 1, 0});  // still the order of day 1
  CHECK(simulator.lifetime_ledger(0).receipts == 1);
  CHECK(simulator.lifetime_ledger(0).receiving_time == 3 * kMillisecondsPerDay);
}

TEST_CASE("with single customers a receipt goes to the shelf as soon as one leaves it") {
  SkuSpec sku = sku_of("a", 0.5);
  sku.demand = poisson(20);
  sku.initial_on_hand = 1;
  WarehouseSpec spec = with_room({sku}, 1, 0.5, OverflowRule::wait);
  spec.arrivals = Arrivals::orders;
  Simulator simulator(build_warehouse(spec));
  simulator.reset({});
  run_to_end(simulator, on_days({4}));
  CHECK(simulator.lifetime_ledger(0).served_at_once == 5);
  CHECK(simulator.lifetime_ledger(0).received == 4);
}

TEST_CASE("policies see how much of the room is in use") {
  SkuSpec a = sku_of("a", 0.1, LawSpec::constant(1));
  a.demand = LawSpec::constant(1);
  a.initial_on_hand = 4;
  WarehouseSpec spec = with_room({a}, 2, 0.8, OverflowRule::refuse);
  const auto decisions = decisions_of(spec);
  DecisionProcess process(decisions, {.beyond_horizon = true});
  process.reset({});
  REQUIRE(process.advance());
  CHECK(process.batch().capacity_used[0] == 0.5);
  process.order(process.due(), std::vector<Quantity>{20});
  REQUIRE(process.advance());  // 3 and 5 of 20
  CHECK(process.batch().capacity_used[0] == 1);
  const ObservationSpec observation(*decisions->warehouse, {"capacity_used"}, {});
  std::vector<float> seen(1);
  observation.write(process.batch(), seen);
  CHECK(seen[0] == 1);
  process.order(process.due(), std::vector<Quantity>{20});
  std::vector<std::byte> bytes;
  REQUIRE_FALSE(process.advance());  // the morning after: 7 and one of 20
  process.observe(std::vector<std::int32_t>{0});
  CHECK(process.batch().capacity_used[0] == 1);
  CHECK(process.batch().on_hand[0] == 8);
  CHECK(process.batch().on_order[0] == 0);
  process.save(bytes);
  DecisionProcess again(decisions, {.beyond_horizon = true});
  again.restore(bytes);
  again.observe(std::vector<std::int32_t>{0});
  CHECK(again.batch().capacity_used[0] == 1);
  CHECK_THROWS(ObservationSpec(*decisions_of(warehouse_of({a}, 2))->warehouse, {"capacity_used"}, {}));
}
