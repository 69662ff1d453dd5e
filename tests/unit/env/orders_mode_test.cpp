// arrivals: orders. Every customer has a time of the day, and stock is charged by the millisecond.
#include <catch2/catch.hpp>
#include <cmath>

#include "env/sim/kpis.h"
#include "tests/support/event_log.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::testing;

namespace {

constexpr std::int64_t kDay = kMillisecondsPerDay;

WarehouseSpec single_customers(SkuSpec sku, std::int64_t days, Review review = Review::continuous) {
  WarehouseSpec spec = warehouse_of({std::move(sku)}, days);
  spec.arrivals = Arrivals::orders;
  spec.review = review;
  return spec;
}

struct Arrival {
  std::int64_t time;
  Quantity change;  ///< of the inventory level: receipts minus demand
};

/// What moves the stock, as an observer sees it.
class Movements final : public SimulationObserver {
 public:
  std::vector<Arrival> list;
  void on_receipt(const Simulator& now, std::int32_t, Quantity quantity) override {
    list.push_back({now.now().in_milliseconds(), quantity});
  }
  void on_demand(const Simulator& now, std::int32_t, Quantity demanded, Quantity) override {
    list.push_back({now.now().in_milliseconds(), -demanded});
  }
};

}  // namespace

TEST_CASE("time integrals of stock and backlog are those of the movements") {
  SkuSpec sku = backlog_sku("a", poisson(6), exponential(0.7));
  sku.initial_on_hand = 3;
  sku.order_size = discrete({1, 4}, {2, 1});
  Simulator simulator(build_warehouse(single_customers(sku, 20)));
  Movements movements;
  simulator.set_observer(&movements);
  simulator.reset({});
  run_to_end(simulator, order_up_to(12));

  Quantity level = 3;
  std::int64_t since = 0;
  std::int64_t on_hand_time = 0;
  std::int64_t backlog_time = 0;
  movements.list.push_back({20 * kDay, 0});
  for (const Arrival& arrival : movements.list) {
    on_hand_time += std::max<Quantity>(level, 0) * (arrival.time - since);
    backlog_time += std::max<Quantity>(-level, 0) * (arrival.time - since);
    level += arrival.change;
    since = arrival.time;
  }
  const SkuLedger ledger = simulator.lifetime_ledger(0);
  CHECK(movements.list.size() > 150);
  CHECK(backlog_time > 0);
  CHECK(ledger.on_hand_time == on_hand_time);
  CHECK(ledger.backlog_time == backlog_time);
  const Kpis kpis = kpis_of_sku(simulator.model(), 0, ledger);
  CHECK(kpis.average_on_hand == Approx(static_cast<double>(on_hand_time) / (20.0 * kDay)));
  CHECK(kpis.holding_cost_per_period == Approx(kpis.average_on_hand));
  CHECK(kpis.shortage_cost_per_period == Approx(9 * kpis.average_backlog));
}

TEST_CASE("stock that nobody touches is held for whole days") {
  SkuSpec sku = lost_sales_sku("a", poisson(0), LawSpec::constant(1));
  sku.initial_on_hand = 2;
  Simulator simulator(build_warehouse(single_customers(sku, 3)));
  simulator.reset({});
  CHECK_FALSE(simulator.run_until_decision());
  CHECK(simulator.lifetime_ledger(0).on_hand_time == 2 * 3 * kDay);
}

TEST_CASE("continuous review asks after every customer and every receipt, once an instant") {
  SkuSpec sku = backlog_sku("a", poisson(4), LawSpec::constant(0.5));
  sku.initial_on_hand = 2;
  Simulator simulator(build_warehouse(single_customers(sku, 10)));
  Movements movements;
  simulator.set_observer(&movements);
  simulator.reset({});
  std::vector<std::int64_t> asked;
  while (const auto decision = simulator.run_until_decision()) {
    asked.push_back(decision->time.in_milliseconds());
    CHECK(decision->skus.size() == 1);
    simulator.place_order(0, 0, std::max<Quantity>(0, 2 - simulator.state(0).inventory_position()));
  }
  std::vector<std::int64_t> moved;
  for (const Arrival& arrival : movements.list)
    if (moved.empty() || moved.back() != arrival.time) moved.push_back(arrival.time);
  CHECK(asked == moved);
}

TEST_CASE("lead times are kept to the millisecond, from the instant of the order") {
  SkuSpec sku = backlog_sku("a", poisson(4), LawSpec::constant(0.25));
  Simulator simulator(build_warehouse(single_customers(sku, 5)));
  class Check final : public SimulationObserver {
   public:
    std::vector<std::int64_t> due, received;
    void on_order(const Simulator& now, std::int32_t, std::int32_t, Quantity, SimTime at) override {
      CHECK((at - now.now()).in_milliseconds() == kDay / 4);
      due.push_back(at.in_milliseconds());
    }
    void on_receipt(const Simulator& now, std::int32_t, Quantity) override {
      received.push_back(now.now().in_milliseconds());
    }
  } check;
  simulator.set_observer(&check);
  simulator.reset({});
  run_to_end(simulator, order_up_to(3));
  REQUIRE(check.received.size() > 10);
  check.due.resize(check.received.size());
  CHECK(check.received == check.due);
}

TEST_CASE("periodic review happens at midnight, before the customers of the day") {
  SkuSpec sku = lost_sales_sku("a", poisson(5), LawSpec::constant(0));
  sku.supply.review_period_days = 2;
  Simulator simulator(build_warehouse(single_customers(sku, 6, Review::periodic)));
  simulator.reset({});
  std::vector<std::int64_t> asked;
  while (const auto decision = simulator.run_until_decision())
    asked.push_back(decision->time.in_milliseconds());
  CHECK(asked == std::vector<std::int64_t>{0, 2 * kDay, 4 * kDay});
}

TEST_CASE("customers come at any time of the day, as many as the law says") {
  WarehouseSpec spec =
      single_customers(lost_sales_sku("a", poisson(20), LawSpec::constant(1)), 5000, Review::periodic);
  Simulator simulator(build_warehouse(spec));
  Movements movements;
  simulator.set_observer(&movements);
  simulator.reset({});
  run_to_end(simulator, nothing());
  const double n = static_cast<double>(movements.list.size());
  CHECK(std::abs(n - 100'000) < 4 * std::sqrt(100'000));
  double sum = 0;
  double early = 0;
  std::int64_t last = 0;
  bool ordered = true;
  for (const Arrival& arrival : movements.list) {
    ordered = ordered && arrival.time >= last;
    last = arrival.time;
    const double share = static_cast<double>(arrival.time % kDay) / static_cast<double>(kDay);
    sum += share;
    early += share < 0.1;
  }
  CHECK(ordered);
  CHECK(std::abs(sum / n - 0.5) < 4 * std::sqrt(1 / 12.0 / n));
  CHECK(std::abs(early / n - 0.1) < 4 * std::sqrt(0.09 / n));
}

TEST_CASE("a shelf that was empty for a part of the day is reported as such") {
  SkuSpec sku = lost_sales_sku("a", poisson(1), LawSpec::constant(0.25));
  sku.initial_on_hand = 1;
  WarehouseSpec spec = single_customers(sku, 3);
  Simulator simulator(build_warehouse(spec), path_of({{1}, {0}, {0}}));
  class Flags final : public SimulationObserver {
   public:
    std::vector<bool> empty;
    void on_day_close(const Simulator& now, std::int64_t) override { empty.push_back(now.stocked_out(0)); }
  } flags;
  simulator.set_observer(&flags);
  simulator.reset({});
  run_to_end(simulator, order_up_to(1));
  // The order came a quarter of a day after the only customer: at this seed on the same day.
  CHECK(flags.empty == std::vector<bool>{true, false, false});
  CHECK(simulator.state(0).on_hand == 1);
}
