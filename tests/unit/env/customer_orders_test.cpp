// Orders of several lines: what is asked of each SKU stays as it is, and comes together.
#include <catch2/catch.hpp>
#include <map>

#include "env/core/error.h"
#include "env/sim/kpis.h"
#include "tests/support/event_log.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::testing;

namespace {

WarehouseSpec shop(LawSpec lines_per_order) {
  WarehouseSpec spec = warehouse_of({lost_sales_sku("pen", poisson(20), LawSpec::constant(1)),
                                     lost_sales_sku("ink", poisson(9), LawSpec::constant(1)),
                                     lost_sales_sku("pad", poisson(7), LawSpec::constant(1))},
                                    40);
  spec.arrivals = Arrivals::orders;
  spec.demand.lines_per_order = std::move(lines_per_order);
  return spec;
}

/// Lines by instant and location, in the order of time, and units by SKU and day.
class Orders final : public SimulationObserver {
 public:
  std::map<std::pair<std::int64_t, std::int32_t>, std::vector<bool>> lines;  ///< whether they were served
  std::map<std::pair<std::int32_t, std::int64_t>, Quantity> units;
  void on_demand(const Simulator& now, std::int32_t sku, Quantity demanded, Quantity served) override {
    const std::int32_t location = now.model().skus[static_cast<std::size_t>(sku)].location;
    lines[{now.now().in_milliseconds(), location}].push_back(served == demanded);
    units[{sku, now.day()}] += demanded;
  }
};

struct Outcome {
  Orders orders;
  std::int64_t customer_orders = 0;
  std::int64_t whole_orders = 0;
};

Outcome outcome_of(const WarehouseSpec& spec, Quantity level = 12) {
  Outcome outcome;
  Simulator simulator(build_warehouse(spec));
  simulator.set_observer(&outcome.orders);
  simulator.reset({});
  run_to_end(simulator, order_up_to(level));
  for (std::size_t sku = 0; sku < spec.skus.size(); ++sku) {
    outcome.customer_orders += simulator.lifetime_ledger(static_cast<std::int32_t>(sku)).customer_orders;
    outcome.whole_orders += simulator.lifetime_ledger(static_cast<std::int32_t>(sku)).whole_orders;
  }
  return outcome;
}

}  // namespace

TEST_CASE("lines that come together leave each SKU's demand as it is") {
  const Outcome alone = outcome_of(shop({}));
  const Outcome together = outcome_of(shop(discrete({1, 2, 5}, {1, 1, 1})));
  CHECK(alone.orders.units == together.orders.units);
  CHECK(alone.orders.lines != together.orders.lines);
  CHECK(alone.customer_orders == 0);
}

TEST_CASE("an order has as many lines as its law says, but for the day's last at a location") {
  WarehouseSpec spec = shop(LawSpec::constant(3));
  spec.locations = {{"north"}, {"south"}};
  for (std::size_t sku = 0; sku < 3; ++sku) spec.skus[sku].location = sku == 1 ? "south" : "north";
  const Outcome outcome = outcome_of(spec);
  std::map<std::pair<std::int64_t, std::int32_t>, int> smaller;  // by day and location
  for (const auto& [place, lines] : outcome.orders.lines) {
    CHECK(lines.size() <= 3);
    if (lines.size() < 3) ++smaller[{place.first / kMillisecondsPerDay, place.second}];
  }
  CHECK(!smaller.empty());
  for (const auto& [place, orders] : smaller) CHECK(orders == 1);
  CHECK(outcome.customer_orders == static_cast<std::int64_t>(outcome.orders.lines.size()));
}

TEST_CASE("an order is whole if all its lines are served from stock") {
  const Outcome outcome = outcome_of(shop(discrete({1, 2, 5}, {1, 1, 1})), 9);
  std::int64_t whole = 0;
  for (const auto& [place, lines] : outcome.orders.lines)
    whole += std::all_of(lines.begin(), lines.end(), [](bool served) { return served; });
  CHECK(outcome.whole_orders == whole);
  CHECK(whole > 50);
  CHECK(outcome.customer_orders > whole + 50);
}

TEST_CASE("an order of no line is refused") {
  CHECK_THROWS_WITH(build_warehouse(shop(poisson(2))), Catch::Contains("lines_per_order can be 0"));
}
