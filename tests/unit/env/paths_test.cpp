// Demand from paths and demand from laws, and that neither depends on what a policy does.
#include <catch2/catch.hpp>
#include <map>

#include "env/core/error.h"
#include "tests/support/event_log.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::testing;

namespace {

class DemandLog final : public SimulationObserver {
 public:
  std::vector<std::pair<std::int64_t, Quantity>> demand;  ///< time, units
  void on_demand(const Simulator& simulator, std::int32_t, Quantity demanded, Quantity) override {
    demand.push_back({simulator.now().in_milliseconds(), demanded});
  }
};

std::vector<std::pair<std::int64_t, Quantity>> demand_under(const WarehouseSpec& spec, const Orders& orders,
                                                            RunKey run = {},
                                                            std::shared_ptr<const DemandPaths> paths = {}) {
  Simulator simulator(build_warehouse(spec), std::move(paths));
  DemandLog log;
  simulator.set_observer(&log);
  simulator.reset(run);
  run_to_end(simulator, orders);
  return log.demand;
}

}  // namespace

TEST_CASE("customers do not depend on the policy") {
  for (const Arrivals arrivals : {Arrivals::daily, Arrivals::orders})
    for (const Review review : {Review::periodic, Review::continuous}) {
      WarehouseSpec spec = zipkin(50, 0);
      spec.arrivals = arrivals;
      spec.review = review;
      spec.skus[0].order_size = arrivals == Arrivals::orders ? discrete({1, 2, 5}, {3, 2, 1}) : LawSpec();
      const auto demand = demand_under(spec, nothing());
      CHECK(demand.size() >= 50);
      CHECK(demand == demand_under(spec, order_up_to(29)));
      CHECK(demand == demand_under(spec, order_up_to(1000)));
      CHECK(demand != demand_under(spec, nothing(), {1, Split::tune, 0}));
      CHECK(demand != demand_under(spec, nothing(), {1, Split::evaluate, 1}));
      CHECK(demand != demand_under(spec, nothing(), {2, Split::evaluate, 0}));
    }
}

TEST_CASE("lead times do not depend on what was ordered on other days") {
  const SkuSpec sku =
      backlog_sku("a", poisson(5), LawSpec{"discrete_uniform", {{"minimum", {0}}, {"maximum", {9}}}});
  const WarehouseSpec spec = warehouse_of({sku}, 40);
  const auto due_days = [&](std::int64_t every) {
    std::map<std::int64_t, std::string> due;
    for (const std::string& line : story_of(spec, nullptr, [&](const Simulator&now, std::int32_t) {
           return now.day() % every == 0 ? 1 : 0;
         }))
      if (const std::size_t at = line.find(" due "); at != std::string::npos)
        due[std::stoll(line.substr(4))] = line.substr(at);
    return due;
  };
  const auto daily = due_days(1);
  REQUIRE(daily.size() == 40);
  for (const auto& [day, due] : due_days(3)) CHECK(daily.at(day) == due);
}

TEST_CASE("replication r replays path r modulo their number") {
  auto paths = std::make_shared<DemandPaths>();
  *paths = {.paths = 2, .days = 3, .skus = 1, .units = {1, 2, 3, 7, 8, 9}};
  const WarehouseSpec spec = warehouse_of({lost_sales_sku("a", poisson(1), LawSpec::constant(1))}, 3);
  const auto units = [&](std::uint64_t replication) {
    std::vector<Quantity> result;
    for (const auto& [time, demanded] : demand_under(spec, nothing(), {1, Split::train, replication}, paths))
      result.push_back(demanded);
    return result;
  };
  CHECK(units(0) == std::vector<Quantity>{1, 2, 3});
  CHECK(units(1) == std::vector<Quantity>{7, 8, 9});
  CHECK(units(4) == units(0));
}

TEST_CASE("paths that do not fit the warehouse are refused") {
  const auto model =
      build_warehouse(warehouse_of({lost_sales_sku("a", poisson(1), LawSpec::constant(1))}, 3));
  CHECK_NOTHROW(Simulator(model, path_of({{1}, {1}, {1}, {1}})));
  CHECK_THROWS_AS(Simulator(model, path_of({{1}, {1}})), InvariantError);
  CHECK_THROWS_AS(Simulator(model, path_of({{1, 1}, {1, 1}, {1, 1}})), InvariantError);
  WarehouseSpec without_law = warehouse_of({lost_sales_sku("a", LawSpec(), LawSpec::constant(1))}, 3);
  CHECK_THROWS_AS(Simulator(build_warehouse(without_law, {2})), InvariantError);
  CHECK_NOTHROW(Simulator(build_warehouse(without_law, {2}), path_of({{1}, {1}, {1}})));
}

TEST_CASE("single customers share the units of a path until none is left") {
  WarehouseSpec spec = warehouse_of({lost_sales_sku("a", poisson(1), LawSpec::constant(1))}, 4);
  spec.arrivals = Arrivals::orders;
  spec.skus[0].order_size = discrete({2, 3}, {1, 1});
  std::vector<Quantity> by_day(4);
  for (const auto& [time, units] : demand_under(spec, nothing(), {}, path_of({{7}, {0}, {1}, {20}}))) {
    by_day[static_cast<std::size_t>(time / kMillisecondsPerDay)] += units;
    CHECK((units >= 1 && units <= 3));
  }
  CHECK(by_day == std::vector<Quantity>{7, 0, 1, 20});
}
