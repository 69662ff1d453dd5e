// Order calendars, deliveries that fall short, and suppliers that are out of action.
#include <catch2/catch.hpp>

#include "env/observation_spec.h"
#include "env/sim/supplier_spec.h"
#include "tests/support/event_log.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::testing;

namespace {

SkuSpec fed_by_path(LawSpec lead_time_days) {
  return backlog_sku("item", LawSpec{}, std::move(lead_time_days));
}

std::vector<std::string> orders_only(const std::vector<std::string>& story) {
  std::vector<std::string> orders;
  for (const std::string& line : story)
    if (line.find("orders") != std::string::npos) orders.push_back(line);
  return orders;
}

Orders always(Quantity quantity) {
  return [quantity](const Simulator&, std::int32_t) { return quantity; };
}

}  // namespace

TEST_CASE("weekdays and times of day are read") {
  CHECK(weekdays_of({}) == 0);
  CHECK(weekdays_of({"mon", "sun", "mon"}) == 0b100'0001);
  CHECK(milliseconds_of_clock("00:00") == 0);
  CHECK(milliseconds_of_clock("14:05") == (14 * 60 + 5) * 60'000);
  for (const char* wrong : {"", "24:00", "12:60", "1:00", "12-30", "ab:cd", "012:00"})
    CHECK(milliseconds_of_clock(wrong) == -1);
}

TEST_CASE("orders are placed on the supplier's weekdays") {
  SkuSpec sku = fed_by_path(LawSpec::constant(1));
  sku.supply.order_days = {"wed", "sat"};  // day 0 is a Monday
  const WarehouseSpec spec = warehouse_of({sku}, 10);
  CHECK(orders_only(story_of(spec, path_of(std::vector<std::vector<std::int32_t>>(10, {0})), always(3))) ==
        std::vector<std::string>{"day 2 start: item orders 3 due day 3 start",
                                 "day 5 start: item orders 3 due day 6 start",
                                 "day 9 start: item orders 3 due day 10 start"});
  CHECK(build_warehouse(spec)->skus[0].regular().protection_interval_days == 1 + 4);  // Saturday to Wednesday
}

TEST_CASE("reviews come at their time of day where customers come one by one") {
  SkuSpec sku = backlog_sku("item", LawSpec::constant(0), LawSpec::constant(0.5));
  sku.supply.review_period_days = 2;
  sku.supply.order_time = "14:00";
  WarehouseSpec spec = warehouse_of({sku}, 3);
  spec.arrivals = Arrivals::orders;
  CHECK(orders_only(story_of(spec, nullptr, always(1))) ==
        std::vector<std::string>{"day 0 14:00: item orders 1 due day 1 02:00",
                                 "day 2 14:00: item orders 1 due day 3 02:00"});
}

TEST_CASE("a delivery may fall short of its order, and what is missing is not waited for") {
  SkuSpec sku = fed_by_path(LawSpec::constant(1));
  sku.supply.yield = LawSpec::constant(0.75);
  Simulator simulator(build_warehouse(warehouse_of({sku}, 3)), path_of({{0}, {5}, {0}}));
  EventLog log;
  simulator.set_observer(&log);
  simulator.reset({});
  run_to_end(simulator, order_up_to(10));
  CHECK(log.lines[0] == "day 0 start: item orders 10 due day 1 start");
  CHECK(log.lines[3] == "day 1 start: item receives 8");
  CHECK(log.lines[4] == "day 1 start: item orders 2 due day 2 start");
  const SkuLedger& ledger = simulator.lifetime_ledger(0);
  CHECK(ledger.short_delivered > 0);
  CHECK(ledger.ordered == ledger.received + ledger.short_delivered + simulator.state(0).on_order);
}

TEST_CASE("an order of an outage starts on its way when the supplier is back") {
  SkuSpec sku = fed_by_path(LawSpec::constant(1));
  sku.supply.outages = {LawSpec::constant(3), LawSpec::constant(2)};  // out on the days 3, 4, 8, 9
  const WarehouseSpec spec = warehouse_of({sku}, 7);
  CHECK(orders_only(story_of(spec, path_of(std::vector<std::vector<std::int32_t>>(7, {0})), always(1))) ==
        std::vector<std::string>{
            "day 0 start: item orders 1 due day 1 start", "day 1 start: item orders 1 due day 2 start",
            "day 2 start: item orders 1 due day 3 start", "day 3 start: item orders 1 due day 6 start",
            "day 4 start: item orders 1 due day 6 start", "day 5 start: item orders 1 due day 6 start",
            "day 6 start: item orders 1 due day 7 start"});
}

TEST_CASE("SKUs of one supplier share its outages, and others have their own") {
  const LawSpec often = exponential(3), spell = exponential(2);
  SupplierSpec shared;
  shared.id = "shared";
  shared.lead_time_days = LawSpec::constant(1);
  shared.outages = {often, spell};
  SkuSpec a = fed_by_path({}), b = fed_by_path({}), c = fed_by_path(LawSpec::constant(1));
  b.id = "other";
  c.id = "alone";
  a.supplier = b.supplier = shared.id;
  c.supply.outages = {often, spell};
  WarehouseSpec spec = warehouse_of({a, b, c}, 200);
  spec.suppliers = {shared};
  const auto model = build_warehouse(spec);
  CHECK(model->suppliers.size() == 2);
  Simulator simulator(model, path_of(std::vector<std::vector<std::int32_t>>(200, {0, 0, 0})));
  simulator.reset({});
  int out = 0, differ = 0;
  while (simulator.run_until_decision()) {
    out += simulator.is_out(0);
    differ += simulator.is_out(0) != simulator.is_out(1);
  }
  CHECK(out > 40);
  CHECK(out < 130);
  CHECK(differ > 20);
}

TEST_CASE("an outage that comes every day is refused") {
  SkuSpec sku = fed_by_path(LawSpec::constant(1));
  sku.supply.outages = {LawSpec::constant(0.5), LawSpec::constant(2)};
  CHECK_THROWS_WITH(build_warehouse(warehouse_of({sku}, 7)), Catch::Contains("days_between"));
}

TEST_CASE("policies may see which suppliers are out of action") {
  SkuSpec sku = backlog_sku("item", LawSpec{}, LawSpec{});
  sku.sources = {{.supplier = "fails"}, {.supplier = "works"}};
  WarehouseSpec spec = warehouse_of({sku}, 9);
  spec.suppliers.resize(2);
  spec.suppliers[0].id = "fails";
  spec.suppliers[1].id = "works";
  spec.suppliers[0].lead_time_days = spec.suppliers[1].lead_time_days = LawSpec::constant(1);
  spec.suppliers[0].outages = {LawSpec::constant(3), LawSpec::constant(2)};
  const auto decisions = decisions_of(spec, path_of(std::vector<std::vector<std::int32_t>>(9, {0})));
  const ObservationSpec observation(*decisions->warehouse, {"supplier_out"}, {});
  REQUIRE(observation.width() == 2);
  DecisionProcess process(decisions, {});
  process.reset({});
  std::string out;
  while (process.advance()) {
    std::vector<float> seen(2);
    observation.write(process.batch(), seen);
    out += seen[0] == 1 ? '1' : '0';
    CHECK(seen[1] == 0);
    process.order(process.due(), std::vector<Quantity>{0, 0});
  }
  CHECK(out == "000110001");
}
