// Customers' lines: allocated at once, picked in due order within opening hours, late after their cut-off.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "env/sim/kpis.h"
#include "tests/support/event_log.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::testing;

namespace {

constexpr std::int64_t kHour = 3'600'000;

WarehouseSpec with_pickers(SkuSpec sku, std::int64_t days, std::int64_t pickers) {
  WarehouseSpec spec = warehouse_of({std::move(sku)}, days);
  spec.arrivals = Arrivals::orders;
  spec.facility.pickers.number = pickers;
  spec.facility.pickers.lines_per_hour = 1;
  return spec;
}

/// Picks and demand with their instants.
class Floorman final : public SimulationObserver {
 public:
  struct Event {
    std::int64_t time;
    Quantity units;
    bool is_late;
  };
  std::vector<Event> picks, demand;
  void on_floor(const Simulator& now, std::int32_t, FloorEvent event, Quantity units) override {
    if (event == FloorEvent::picked || event == FloorEvent::picked_late)
      picks.push_back({now.now().in_milliseconds(), units, event == FloorEvent::picked_late});
  }
  void on_demand(const Simulator& now, std::int32_t, Quantity demanded, Quantity) override {
    demand.push_back({now.now().in_milliseconds(), demanded, false});
  }
};

}  // namespace

TEST_CASE("one picker takes lines one after the other, day and night") {
  SkuSpec sku = lost_sales_sku("a", LawSpec{}, LawSpec::constant(1));
  sku.initial_on_hand = 100;
  Simulator simulator(build_warehouse(with_pickers(sku, 3, 1)), path_of({{30}, {0}, {0}}));
  Floorman floorman;
  simulator.set_observer(&floorman);
  simulator.reset({});
  run_to_end(simulator, nothing());
  REQUIRE(floorman.picks.size() == 30);
  std::int64_t free_at = 0;
  std::int64_t waited = 0;
  for (std::size_t i = 0; i < 30; ++i) {
    free_at = std::max(free_at, floorman.demand[i].time) + kHour;
    CHECK(floorman.picks[i].time == free_at);
    waited += free_at - floorman.demand[i].time;
  }
  const SkuLedger& ledger = simulator.lifetime_ledger(0);
  CHECK(ledger.shipped == 30);
  CHECK(ledger.served_at_once == 30);
  CHECK(ledger.line_time == waited);
  CHECK(ledger.allocated_time == waited);
  CHECK(ledger.picking_time == 30 * kHour);
  CHECK(ledger.lines_late == 0);
  const Kpis kpis = kpis_of_sku(simulator.model(), 0, ledger);
  CHECK(kpis.hours_to_pick == Approx(static_cast<double>(waited) / 30 / kHour));
  CHECK(kpis.picker_utilisation == Approx(30.0 / 72));
  CHECK(std::isnan(kpis.on_time_share));
  // Units are held until they are picked, on the shelf or not.
  CHECK(kpis.holding_cost_per_period * 3 * kMillisecondsPerDay ==
        Approx(static_cast<double>(ledger.on_hand_time + waited)));
}

TEST_CASE("lines wait for the opening and what closing time interrupts goes on the next day") {
  SkuSpec sku = lost_sales_sku("a", LawSpec{}, LawSpec::constant(1));
  sku.initial_on_hand = 100;
  WarehouseSpec spec = with_pickers(sku, 4, 2);
  spec.facility.pickers.lines_per_hour = kNotSet;
  spec.facility.pickers.hours_per_line = LawSpec::constant(3);
  spec.facility.pickers.hours = {"08:00", "12:00", {}};
  Simulator simulator(build_warehouse(spec), path_of({{40}, {0}, {0}, {0}}));
  Floorman floorman;
  simulator.set_observer(&floorman);
  simulator.reset({});
  run_to_end(simulator, nothing());
  // Two pickers, four hours a day: 11:00, 10:00 (1 + 2), 09:00 and 12:00 (2 + 1, 3), 11:00 …
  std::vector<std::int64_t> hours;
  for (const auto& pick : floorman.picks) hours.push_back(pick.time / kHour);
  CHECK(hours == std::vector<std::int64_t>{11, 11, 34, 34, 57, 57, 60, 60, 83, 83});
}

TEST_CASE("a line is late when it is picked after the cut-off of the day on which it is due") {
  // Picked within an hour, by enough pickers from 08:00 to 20:00, Mondays to Fridays; day 4 is a Friday.
  SkuSpec sku = lost_sales_sku("a", LawSpec{}, LawSpec::constant(1));
  sku.initial_on_hand = 1000;
  sku.costs.late_per_unit = 2;
  WarehouseSpec spec = with_pickers(sku, 8, 500);
  spec.facility.pickers.hours = {"08:00", "20:00", {"mon", "tue", "wed", "thu", "fri"}};
  spec.facility.dispatch.cut_off = "16:00";
  Simulator simulator(build_warehouse(spec), path_of({{0}, {0}, {0}, {0}, {200}, {50}, {50}, {0}}));
  Floorman floorman;
  simulator.set_observer(&floorman);
  simulator.reset({});
  run_to_end(simulator, nothing());
  REQUIRE(floorman.picks.size() == 300);
  // Late are those that came on Friday between 15:00 and 16:00.
  const std::int64_t friday = 4 * kMillisecondsPerDay;
  const auto late = std::count_if(floorman.demand.begin(), floorman.demand.end(), [&](const auto& customer) {
    return customer.time > friday + 15 * kHour && customer.time < friday + 16 * kHour;
  });
  CHECK(late > 2);
  const SkuLedger& ledger = simulator.lifetime_ledger(0);
  CHECK(ledger.lines_late == late);
  CHECK(ledger.units_late == late);
  const Kpis kpis = kpis_of_sku(simulator.model(), 0, ledger);
  CHECK(kpis.on_time_share == Approx(1 - static_cast<double>(late) / 300));
  CHECK(kpis.late_cost_per_period == Approx(2.0 * static_cast<double>(late) / 8));
}

TEST_CASE("lines that a receipt frees are older than today's and are picked first") {
  // Nothing on the shelf on day 0, 30 units on day 1: three who waited, then those of the day.
  SkuSpec sku = backlog_sku("a", LawSpec{}, LawSpec::constant(0));
  sku.supply.order_time = "23:59";
  sku.order_size = LawSpec::constant(2);
  WarehouseSpec spec = with_pickers(sku, 4, 1);
  spec.facility.pickers.lines_per_hour = 0.25;
  spec.facility.dispatch.cut_off = "16:00";
  Simulator simulator(build_warehouse(spec), path_of({{6}, {8}, {0}, {0}}));
  Floorman floorman;
  simulator.set_observer(&floorman);
  simulator.reset({});
  run_to_end(simulator, [](const Simulator& now, std::int32_t) {
    return now.day() == 0 ? Quantity{3} : Quantity{now.day() == 1 ? 11 : 0};
  });
  CHECK(simulator.lifetime_ledger(0).shipped == 14);
  // The three units of day 0 are a line and a half; the other half comes with the receipt of day 1.
  std::vector<Quantity> units;
  for (const auto& pick : floorman.picks) units.push_back(pick.units);
  CHECK(units == std::vector<Quantity>{2, 1, 1, 2, 2, 2, 2, 2});
  CHECK(simulator.lifetime_ledger(0).lines_picked == 8);
}

TEST_CASE("stock that waits for a picker takes room") {
  SkuSpec sku = lost_sales_sku("a", LawSpec{}, LawSpec::constant(1));
  sku.initial_on_hand = 10;
  sku.volume_m3 = 0.1;
  WarehouseSpec spec = with_pickers(sku, 2, 1);
  spec.facility.pickers.hours = {"23:00", "", {"sun"}};
  spec.facility.capacity_m3 = 0.6;
  spec.facility.overflow.cost_per_m3_day = 6;
  Simulator simulator(build_warehouse(spec), path_of({{5}, {5}}));
  simulator.reset({});
  run_to_end(simulator, nothing());
  CHECK(simulator.floor().allocated(0) == 10);
  CHECK(simulator.floor().capacity_used(0) == Approx(1 / 0.6));
  CHECK(simulator.lifetime_ledger(0).overflow_time == 800'000);
  CHECK(kpis_of_sku(simulator.model(), 0, simulator.lifetime_ledger(0)).capacity_used == Approx(1 / 0.6));
}

TEST_CASE("a pick in progress ends anew in a fork, given the work that has been done") {
  // A customer on Monday; hours uniform on 24 … 60, without a pause; looked at on Wednesday morning.
  SkuSpec sku = lost_sales_sku("a", LawSpec::constant(1), LawSpec::constant(1));
  sku.pattern.weekday_factors = {1, 0, 0, 0, 0, 0, 0};
  sku.initial_on_hand = 5;
  WarehouseSpec spec = with_pickers(sku, 6, 5);
  spec.facility.pickers.lines_per_hour = kNotSet;
  spec.facility.pickers.hours_per_line = {"uniform", {{"minimum", {24}}, {"maximum", {60}}}};
  Simulator simulator(build_warehouse(spec));
  Floorman floorman;
  simulator.set_observer(&floorman);
  for (std::uint64_t replication = 0;; ++replication) {
    simulator.reset({1, Split::evaluate, replication});
    floorman.demand.clear();
    for (int i = 0; i < 3; ++i) REQUIRE(simulator.run_until_decision());
    if (simulator.floor().allocated(0) > 0) break;
  }
  const double passed = 48 - static_cast<double>(floorman.demand.at(0).time) / kHour;
  REQUIRE(passed > 24);
  std::vector<std::byte> state;
  simulator.save(state);
  double sum = 0;
  constexpr int kForks = 3'000;
  for (std::uint64_t id = 0; id < kForks; ++id) {
    simulator.fork(state, id);
    floorman.picks.clear();
    while (floorman.picks.empty()) REQUIRE(simulator.run_until_decision());
    sum += static_cast<double>(floorman.picks[0].time) / kHour - 48;
  }
  const double longest = 60 - passed;
  CHECK(std::abs(sum / kForks - longest / 2) < 4 * longest / std::sqrt(12.0 * kForks));
}

TEST_CASE("lines that wait are saved and restored with the rest") {
  SkuSpec sku = backlog_sku("a", poisson(40), LawSpec::constant(0.5));
  sku.order_size = discrete({1, 3}, {2, 1});
  WarehouseSpec spec = with_pickers(sku, 30, 2);
  spec.facility.pickers.lines_per_hour = kNotSet;
  spec.facility.pickers.hours_per_line = exponential(1.15);
  const auto model = build_warehouse(spec);
  Simulator straight(model);
  straight.reset({});
  for (int i = 0; i < 12; ++i) {
    REQUIRE(straight.run_until_decision());
    straight.place_order(0, 0, std::max<Quantity>(0, 90 - straight.state(0).inventory_position()));
  }
  REQUIRE(straight.floor().allocated(0) > 5);
  std::vector<std::byte> bytes;
  straight.save(bytes);
  Simulator again(model);
  again.restore(bytes);
  run_to_end(straight, order_up_to(90));
  run_to_end(again, order_up_to(90));
  CHECK(straight.ledger_hash() == again.ledger_hash());
  again.fork(bytes, 1);
  run_to_end(again, order_up_to(90));
  CHECK(straight.ledger_hash() != again.ledger_hash());
  bytes.push_back(std::byte{0});
  CHECK_THROWS(again.restore(bytes));
}
