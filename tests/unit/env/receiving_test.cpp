// From the arrival of an order to the shelf: docks with opening hours, unloading, put-away.
#include <catch2/catch.hpp>
#include <cmath>

#include "env/sim/kpis.h"
#include "tests/support/event_log.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::testing;

namespace {

constexpr std::int64_t kHour = 3'600'000;

/// Orders are placed at midnight and arrive at 03:00 of the same day.
SkuSpec sku_of(const std::string& id) {
  return lost_sales_sku(id, LawSpec{}, LawSpec::constant(0.125));
}

WarehouseSpec with_docks(std::vector<SkuSpec> skus, std::int64_t days, std::int64_t docks) {
  WarehouseSpec spec = warehouse_of(std::move(skus), days);
  spec.arrivals = Arrivals::orders;
  spec.facility.docks.number = docks;
  spec.facility.docks.units_per_hour = 2;
  spec.facility.docks.hours = {"06:00", "14:00", {"mon", "tue", "wed", "thu", "fri"}};
  return spec;
}

std::shared_ptr<const DemandPaths> no_demand(std::int64_t days, std::int64_t skus) {
  return path_of(std::vector(static_cast<std::size_t>(days),
                             std::vector<std::int32_t>(static_cast<std::size_t>(skus), 0)));
}

Orders on_day_0(std::vector<Quantity> quantities) {
  return [quantities](const Simulator& now, std::int32_t sku) {
    return now.day() == 0 ? quantities[static_cast<std::size_t>(sku)] : Quantity{0};
  };
}

std::vector<std::string> without_closes(std::vector<std::string> lines) {
  std::erase_if(lines,
                [](const std::string& line) { return line.find("close of day") != std::string::npos; });
  return lines;
}

}  // namespace

TEST_CASE("orders queue for a dock, are unloaded in opening hours and put away") {
  WarehouseSpec spec = with_docks({sku_of("a"), sku_of("b"), sku_of("c")}, 3, 1);
  spec.facility.put_away_hours = LawSpec::constant(1);
  CHECK(without_closes(story_of(spec, no_demand(3, 3), on_day_0({6, 10, 4}))) ==
        std::vector<std::string>{
            "day 0 start: a orders 6 due day 0 03:00", "day 0 start: b orders 10 due day 0 03:00",
            "day 0 start: c orders 4 due day 0 03:00", "day 0 03:00: a 6 arrive", "day 0 03:00: b 10 arrive",
            "day 0 03:00: c 4 arrive", "day 0 09:00: a 6 unloaded", "day 0 10:00: a receives 6",
            "day 0 14:00: b 10 unloaded", "day 0 15:00: b receives 10", "day 1 08:00: c 4 unloaded",
            "day 1 09:00: c receives 4"});
}

TEST_CASE("work that closing time interrupts goes on at the next opening") {
  WarehouseSpec spec = with_docks({sku_of("a"), sku_of("b")}, 6, 2);
  spec.horizon.start = "2026-01-08";  // a Thursday
  CHECK(without_closes(story_of(spec, no_demand(6, 2), on_day_0({30, 34}))) ==
        std::vector<std::string>{
            "day 0 start: a orders 30 due day 0 03:00", "day 0 start: b orders 34 due day 0 03:00",
            "day 0 03:00: a 30 arrive", "day 0 03:00: b 34 arrive", "day 1 13:00: a 30 unloaded",
            "day 1 13:00: a receives 30", "day 4 07:00: b 34 unloaded", "day 4 07:00: b receives 34"});
}

TEST_CASE("until it lies on the shelf an order is open, and what it took is counted") {
  WarehouseSpec spec = with_docks({sku_of("a"), sku_of("b")}, 3, 1);
  Simulator simulator(build_warehouse(spec), no_demand(3, 2));
  simulator.reset({});
  const auto place = [&](Quantity a, Quantity b) {
    REQUIRE(simulator.run_until_decision());
    simulator.place_order(0, 0, a);
    simulator.place_order(1, 0, b);
  };
  place(12, 8);
  place(0, 0);
  CHECK(simulator.state(0).on_order == 0);
  CHECK(simulator.state(1).on_order == 8);
  CHECK(simulator.state(1).inventory_position() == 8);
  std::vector<Quantity> open(2);
  simulator.pipeline_by_age(1, open);
  CHECK(open == std::vector<Quantity>{8, 0});
  place(0, 0);
  CHECK(simulator.state(1).on_hand == 8);
  CHECK_FALSE(simulator.run_until_decision());
  const SkuLedger a = simulator.lifetime_ledger(0);
  const SkuLedger b = simulator.lifetime_ledger(1);
  CHECK(a.unloading_time == 6 * kHour);
  CHECK(b.unloading_time == 4 * kHour);
  CHECK(a.receiving_time == 9 * kHour);   // 03:00 … 12:00
  CHECK(b.receiving_time == 29 * kHour);  // two hours on the first day, two on the second
  const std::vector<SkuLedger> ledgers{a, b};
  const Kpis kpis = kpis_of(simulator.model(), ledgers);
  CHECK(kpis.hours_to_shelf == Approx(19));
  CHECK(kpis.dock_utilisation == Approx(10.0 / 24));
}

TEST_CASE("what is received serves those who wait when it lies on the shelf, not when it arrives") {
  SkuSpec sku = backlog_sku("a", LawSpec{}, LawSpec::constant(0));
  WarehouseSpec spec = with_docks({sku}, 2, 1);
  Simulator simulator(build_warehouse(spec), path_of({{3}, {0}}));
  simulator.reset({});
  REQUIRE(simulator.run_until_decision());
  simulator.place_order(0, 0, 4);  // at the dock at once, without lead time; on the shelf at 08:00
  REQUIRE(simulator.run_until_decision());
  CHECK(simulator.state(0).on_hand == 1);
  CHECK(simulator.lifetime_ledger(0).receiving_time == 8 * kHour);
}

TEST_CASE("a review is asked once for a receipt, when it lies on the shelf") {
  SkuSpec sku = backlog_sku("a", poisson(3), LawSpec::constant(0.1));
  WarehouseSpec spec = with_docks({sku}, 20, 1);
  spec.review = Review::continuous;
  Simulator simulator(build_warehouse(spec));
  class Instants final : public SimulationObserver {
   public:
    std::vector<std::int64_t> list;
    void on_receipt(const Simulator& now, std::int32_t, Quantity) override { add(now); }
    void on_demand(const Simulator& now, std::int32_t, Quantity, Quantity) override { add(now); }

   private:
    void add(const Simulator& now) {
      if (list.empty() || list.back() != now.now().in_milliseconds())
        list.push_back(now.now().in_milliseconds());
    }
  } instants;
  simulator.set_observer(&instants);
  simulator.reset({});
  std::vector<std::int64_t> asked;
  while (const auto decision = simulator.run_until_decision()) {
    asked.push_back(decision->time.in_milliseconds());
    simulator.place_order(0, 0, std::max<Quantity>(0, 2 - simulator.state(0).inventory_position()));
  }
  CHECK(asked == instants.list);
  CHECK(simulator.lifetime_ledger(0).received > 20);
}

namespace {

/// Hours until the open order of SKU 0 is due, in a fork.
double hours_left(Simulator& simulator, const std::vector<std::byte>& state, std::uint64_t id) {
  simulator.fork(state, id);
  double hours = -1;
  simulator.for_each_open_order(0, [&](const OpenOrder&, SimTime due) {
    hours = static_cast<double>((due - simulator.now()).in_milliseconds()) / static_cast<double>(kHour);
  });
  return hours;
}

/// A SKU ordered at midnight, and one that is looked at at noon.
WarehouseSpec looked_at_at_noon() {
  SkuSpec ordered = sku_of("a");
  SkuSpec other = sku_of("b");
  for (SkuSpec* const sku : {&ordered, &other}) sku->demand = poisson(0);
  other.supply.order_time = "12:00";
  WarehouseSpec spec = with_docks({ordered, other}, 3, 1);
  spec.facility.docks.units_per_hour = kNotSet;
  return spec;
}

/// The state at noon, while the order is still at the dock or being put away.
std::vector<std::byte> state_at_noon(Simulator& simulator) {
  std::vector<std::byte> state;
  for (std::uint64_t replication = 0; state.empty(); ++replication) {
    simulator.reset({1, Split::evaluate, replication});
    simulator.run_until_decision();
    simulator.place_order(0, 0, 5);
    simulator.run_until_decision();
    if (simulator.state(0).on_order > 0) simulator.save(state);
  }
  return state;
}

void check_uniform(Simulator& simulator, double least, double most) {
  const std::vector<std::byte> state = state_at_noon(simulator);
  double sum = 0;
  constexpr int kForks = 4'000;
  for (std::uint64_t id = 0; id < kForks; ++id) {
    const double hours = hours_left(simulator, state, id);
    CHECK((hours > least - 1e-6 && hours < most + 1e-6));
    sum += hours;
  }
  const double error = (most - least) / std::sqrt(12.0 * kForks);
  CHECK(std::abs(sum / kForks - (least + most) / 2) < 4 * error);
}

}  // namespace

TEST_CASE("unloading that goes on ends anew in a fork, given the work that has been done") {
  // 6 to 13 hours of work, 6 of which are done at noon.
  WarehouseSpec spec = looked_at_at_noon();
  spec.facility.docks.hours = {"06:00", "", {}};
  spec.facility.docks.hours_per_receipt = {"uniform", {{"minimum", {4}}, {"maximum", {13}}}};
  Simulator simulator(build_warehouse(spec));
  check_uniform(simulator, 0, 7);
}

TEST_CASE("put-away that goes on ends anew in a fork, given how long it has lasted") {
  // Since 03:00.
  WarehouseSpec spec = looked_at_at_noon();
  spec.facility.docks = {};
  spec.facility.put_away_hours = {"uniform", {{"minimum", {5}}, {"maximum", {14}}}};
  Simulator simulator(build_warehouse(spec));
  check_uniform(simulator, 0, 5);
}
