// Which quantities are ordered, how lead times are drawn, and how orders cross.
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "env/core/error.h"
#include "tests/support/event_log.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::testing;

namespace {

SourceModel limits(Quantity pack, Quantity minimum, Quantity maximum) {
  SourceModel source;
  source.pack_size = pack;
  source.minimum_order_quantity = minimum;
  source.maximum_order_quantity = maximum;
  return source;
}

}  // namespace

TEST_CASE("orders are rounded up to whole packs and the minimum, and down to the maximum") {
  const SourceModel single = limits(1, 0, 0);
  CHECK(legal_order_quantity(single, 0) == 0);
  CHECK(legal_order_quantity(single, -3) == 0);
  CHECK(legal_order_quantity(single, 7) == 7);
  const SourceModel packs = limits(6, 10, 0);
  CHECK(legal_order_quantity(packs, 0) == 0);
  CHECK(legal_order_quantity(packs, 1) == 12);
  CHECK(legal_order_quantity(packs, 12) == 12);
  CHECK(legal_order_quantity(packs, 13) == 18);
  const SourceModel bounded = limits(6, 10, 20);
  CHECK(legal_order_quantity(bounded, 17) == 18);
  CHECK(legal_order_quantity(bounded, 19) == 18);
  CHECK(legal_order_quantity(bounded, 1000) == 18);
}

TEST_CASE("no wanted quantity overflows") {
  constexpr Quantity most = std::numeric_limits<Quantity>::max();
  const Quantity ordered = legal_order_quantity(limits(7, 0, 0), most);
  CHECK(ordered > 0);
  CHECK(ordered % 7 == 0);
  CHECK(ordered <= kMaximumQuantity + 7);
  CHECK(legal_order_quantity(limits(1, 0, 50), most) == 50);
}

TEST_CASE("a quantity that is not legal is refused by the simulator") {
  SkuSpec sku = lost_sales_sku("a", poisson(1), LawSpec::constant(1));
  sku.pack_size = 6;
  sku.maximum_order_quantity = 12;
  Simulator simulator(build_warehouse(warehouse_of({sku}, 5)));
  simulator.reset({});
  REQUIRE(simulator.run_until_decision());
  CHECK_THROWS_AS(simulator.place_order(0, 0, 5), InvariantError);
  CHECK_THROWS_AS(simulator.place_order(0, 0, 18), InvariantError);
  CHECK_THROWS_AS(simulator.place_order(0, 0, -6), InvariantError);
  simulator.place_order(0, 0, 0);
  CHECK(simulator.lifetime_ledger(0).orders == 0);
  simulator.place_order(0, 0, 12);
  CHECK(simulator.lifetime_ledger(0).orders == 1);
  CHECK(simulator.state(0).on_order == 12);
}

TEST_CASE("orders with random lead times may cross, and all arrive") {
  const SkuSpec sku = backlog_sku("a", poisson(5), discrete({1, 5}, {1, 1}));
  Simulator simulator(build_warehouse(warehouse_of({sku}, 200)));
  EventLog log;
  simulator.set_observer(&log);
  simulator.reset({});
  Quantity next = 1;  // quantities name the orders
  run_to_end(simulator, [&](const Simulator& now, std::int32_t) { return now.day() < 190 ? next++ : 0; });
  std::vector<Quantity> received;
  for (const std::string& line : log.lines)
    if (const std::size_t at = line.find("receives "); at != std::string::npos)
      received.push_back(std::stoll(line.substr(at + 9)));
  CHECK(received.size() == 190);
  CHECK_FALSE(std::is_sorted(received.begin(), received.end()));
  CHECK(std::set<Quantity>(received.begin(), received.end()).size() == 190);
  CHECK(simulator.state(0).on_order == 0);
}

TEST_CASE("lead times follow their law, whether one order a day is placed or many") {
  class Days final : public SimulationObserver {
   public:
    std::map<std::int64_t, double> count;
    double orders = 0;
    void on_order(const Simulator& now, std::int32_t, std::int32_t, Quantity, SimTime due) override {
      ++count[(due - now.now()).in_milliseconds() / kMillisecondsPerDay];
      ++orders;
    }
  };
  for (const Review review : {Review::periodic, Review::continuous}) {
    WarehouseSpec spec = warehouse_of({backlog_sku("a", poisson(3), discrete({0, 1, 4}, {2, 1, 1}))}, 10'000);
    spec.arrivals = Arrivals::orders;
    spec.review = review;
    Simulator simulator(build_warehouse(spec));
    Days days;
    simulator.set_observer(&days);
    simulator.reset({});
    run_to_end(simulator, [](const Simulator&, std::int32_t) { return Quantity{1}; });
    CHECK(days.orders >= (review == Review::periodic ? 10'000 : 30'000));
    REQUIRE(days.count.size() == 3);
    const auto z = [&](std::int64_t lead_time, double p) {
      return (days.count[lead_time] - days.orders * p) / std::sqrt(days.orders * p * (1 - p));
    };
    CHECK(std::abs(z(0, 0.5)) < 4);
    CHECK(std::abs(z(1, 0.25)) < 4);
    CHECK(std::abs(z(4, 0.25)) < 4);
  }
}

TEST_CASE("an order due after the horizon stays on order, however long it takes") {
  SkuSpec sku = lost_sales_sku("a", poisson(1), LawSpec::constant(365));
  WarehouseSpec spec = warehouse_of({sku}, 200'000);
  spec.skus[0].supply.review_period_days = 365;
  Simulator simulator(build_warehouse(spec));
  simulator.reset({});
  std::int64_t decisions = 0;
  while (simulator.run_until_decision()) {
    ++decisions;
    simulator.place_order(0, 0, 1);
  }
  CHECK(simulator.lifetime_ledger(0).orders == decisions);
  CHECK(simulator.state(0).on_order == 1);
  CHECK(simulator.lifetime_ledger(0).days == 200'000);
}

TEST_CASE("fast movers with continuous review and daily demand need few open orders") {
  WarehouseSpec spec = warehouse_of({backlog_sku("a", poisson(500'000), LawSpec::constant(10))}, 30);
  spec.review = Review::continuous;
  Simulator simulator(build_warehouse(spec));
  simulator.reset({});
  run_to_end(simulator, order_up_to(6'000'000));
  CHECK(simulator.lifetime_ledger(0).orders == 30);
}

TEST_CASE("a warehouse with more open orders than the queue has places is refused as such") {
  std::vector<SkuSpec> skus;
  for (int i = 0; i < 3000; ++i)
    skus.push_back(lost_sales_sku("sku-" + std::to_string(i), poisson(1), LawSpec::constant(365)));
  CHECK_THROWS_AS(build_warehouse(warehouse_of(skus, 400)), InputError);
}
