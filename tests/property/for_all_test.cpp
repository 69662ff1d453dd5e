// The searcher itself: what it tries is varied, and what it finds is simple.
#include "tests/property/for_all.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "scenarios/resolved.h"
#include "tests/property/random_scenario.h"

using namespace restock;
using namespace restock::property;

TEST_CASE("a failing scenario shrinks to what makes it fail") {
  const auto failure = find_failure(1, 300, [](const Scenario& scenario) {
    for (const SkuSpec& sku : scenario.warehouse.skus)
      expect(!(sku.unmet_demand == UnmetDemand::backlog && sku.pack_size > 1), "packs of {} wait",
             sku.pack_size);
  });
  REQUIRE(failure);
  CHECK(failure->message == "packs of 4 wait");
  CHECK(failure->simplifications > 0);
  const WarehouseSpec& simple = failure->scenario.warehouse;
  REQUIRE(simple.skus.size() == 1);
  CHECK(simple.skus[0].unmet_demand == UnmetDemand::backlog);
  CHECK(simple.skus[0].pack_size == 4);
  CHECK(simple.skus[0].demand.name == "constant");
  CHECK(simple.skus[0].supply.lead_time_days.parameters[0].values[0] == 0);
  CHECK(simple.horizon.days == 8);
  CHECK(simple.arrivals == Arrivals::daily);
  CHECK(simple.suppliers.empty());
}

TEST_CASE("a failure that needs one particular scenario stays that scenario") {
  Choices choose(7);
  const std::string only = scenarios::resolved_yaml(random_scenario(choose));
  const auto failure = find_failure(1, 20, [&](const Scenario& scenario) {
    expect(scenarios::resolved_yaml(scenario) != only, "this one");
  });
  REQUIRE(failure);
  CHECK(failure->seed == 7);
  CHECK(scenarios::resolved_yaml(failure->scenario) == only);
}

TEST_CASE("nothing is found where a property holds") {
  CHECK_FALSE(find_failure(1, 50, [](const Scenario&) {}));
}

TEST_CASE("the scenarios that are tried differ in every choice") {
  std::map<std::string, int> seen;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    Choices choose(seed);
    const Scenario scenario = random_scenario(choose);
    const WarehouseSpec& warehouse = scenario.warehouse;
    ++seen[warehouse.arrivals == Arrivals::daily ? "daily" : "orders"];
    ++seen[warehouse.review == Review::periodic ? "periodic" : "continuous"];
    ++seen[fmt::format("{} SKUs", warehouse.skus.size())];
    ++seen[fmt::format("action {}", static_cast<int>(scenario.action.kind))];
    if (!warehouse.locations.empty()) ++seen["network"];
    for (const SupplierSpec& supplier : warehouse.suppliers) {
      if (supplier.id == "shared") ++seen["shared supplier"];
      if (supplier.joint_order.constrains()) ++seen["joint orders"];
    }
    for (const SkuSpec& sku : warehouse.skus) {
      ++seen[sku.unmet_demand == UnmetDemand::lost ? "lost" : "backlog"];
      if (sku.demand.is_set()) ++seen["demand " + sku.demand.name];
      if (sku.supply.lead_time_days.is_set()) ++seen["lead time " + sku.supply.lead_time_days.name];
      if (sku.sources.size() > 1) ++seen["two suppliers"];
      ++seen[sku.pack_size == 1 ? "units" : "packs"];
      if (sku.costs.shortage == ShortageRule::lost_margin) ++seen["lost margin"];
    }
  }
  CHECK(seen.size() == 2 + 2 + 4 + 3 + 1 + 2 + 11 + 6 + 2 + 1 + 3);
  for (const auto& [what, count] : seen) {
    CAPTURE(what, count);
    CHECK(count >= 20);
  }
}
