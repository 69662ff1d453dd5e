// Stocking points that deliver to each other: what waits, who gets what, and lead times of zero.
#include <catch2/catch.hpp>

#include "tests/support/event_log.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::testing;

namespace {

/// A centre and stores, all without demand laws; the centre delivers in `lead_days`.
WarehouseSpec centre_and_stores(std::size_t stores, double lead_days, std::int64_t days,
                                Allocation allocation) {
  WarehouseSpec spec = warehouse_of({}, days);
  spec.locations.push_back({"centre", allocation});
  SkuSpec centre = backlog_sku("item", LawSpec{}, LawSpec::constant(2));
  centre.location = "centre";
  spec.skus.push_back(centre);
  for (std::size_t i = 1; i <= stores; ++i) {
    SkuSpec store = backlog_sku("item", LawSpec{}, LawSpec::constant(lead_days));
    store.location = fmt::format("store-{}", i);
    store.supply.from = "centre";
    spec.locations.push_back({.id = store.location});
    spec.skus.push_back(store);
  }
  return spec;
}

std::shared_ptr<const DemandPaths> nobody(std::size_t skus, std::size_t days) {
  return path_of(std::vector<std::vector<std::int32_t>>(days, std::vector<std::int32_t>(skus, 0)));
}

/// What stores 1 … n get at once where they ask for `asked` and the centre has `stock`.
std::vector<Quantity> shares(Allocation allocation, Quantity stock, const std::vector<Quantity>& asked) {
  WarehouseSpec spec = centre_and_stores(asked.size(), 0, 2, allocation);
  spec.skus[0].initial_on_hand = stock;
  Simulator simulator(build_warehouse(spec), nobody(asked.size() + 1, 2));
  simulator.reset({});
  simulator.run_until_decision();
  for (std::size_t i = asked.size(); i > 0; --i)  // the order of the calls must not matter
    simulator.place_order(static_cast<std::int32_t>(i), 0, asked[i - 1]);
  simulator.run_until_decision();
  std::vector<Quantity> got;
  for (std::size_t i = 1; i <= asked.size(); ++i)
    got.push_back(simulator.state(static_cast<std::int32_t>(i)).on_hand);
  return got;
}

}  // namespace

TEST_CASE("a centre that is short shares by its rule") {
  const std::vector<Quantity> asked{4, 8, 4};
  CHECK(shares(Allocation::proportional, 8, asked) == std::vector<Quantity>{2, 4, 2});
  CHECK(shares(Allocation::proportional, 7, asked) == std::vector<Quantity>{1, 4, 2});
  CHECK(shares(Allocation::priority, 7, asked) == std::vector<Quantity>{4, 3, 0});
  CHECK(shares(Allocation::first_come, 7, asked) == std::vector<Quantity>{4, 3, 0});  // asked at once
  CHECK(shares(Allocation::proportional, 20, asked) == asked);
}

TEST_CASE("first come is first served where the centre runs out for days") {
  for (const Allocation allocation : {Allocation::first_come, Allocation::priority}) {
    WarehouseSpec spec = centre_and_stores(2, 1, 6, allocation);
    Simulator simulator(build_warehouse(spec), nobody(3, 6));
    simulator.reset({});
    while (simulator.run_until_decision()) {
      if (simulator.day() == 0) simulator.place_order(2, 0, 5);
      if (simulator.day() == 1) simulator.place_order(1, 0, 5);
      if (simulator.day() == 1) simulator.place_order(0, 0, 6);  // arrives on day 3
      if (simulator.day() == 2) CHECK(simulator.state(0).owed == 10);
      if (simulator.day() == 2) CHECK(simulator.state(0).inventory_position() == -4);
    }
    const bool first = allocation == Allocation::first_come;
    CHECK(simulator.state(1).on_hand == (first ? 1 : 5));
    CHECK(simulator.state(2).on_hand == (first ? 5 : 1));
    CHECK(simulator.state(0).owed == 4);
    CHECK(simulator.lifetime_ledger(0).requested == 10);
    CHECK(simulator.lifetime_ledger(0).transferred == 6);
    CHECK(simulator.state(1).on_order + simulator.state(2).on_order == 4);
  }
}

TEST_CASE("units pass through stages without lead time in one instant") {
  WarehouseSpec spec = centre_and_stores(1, 0, 4, Allocation::first_come);
  spec.skus[0].supply.lead_time_days = LawSpec::constant(0);
  Simulator simulator(build_warehouse(spec), path_of({{0, 3}, {0, 2}, {0, 0}, {0, 1}}));
  EventLog log;
  simulator.set_observer(&log);
  simulator.reset({});
  run_to_end(simulator, [](const Simulator& now, std::int32_t sku) {
    return sku == 1 ? std::max<Quantity>(0, 3 - now.state(1).inventory_position())
                    : Quantity{now.day() == 0 ? 10 : 0};
  });
  CHECK(simulator.lifetime_ledger(1).served_at_once == 6);
  CHECK(simulator.state(0).on_hand == 10 - 3 - 3 - 2);
  CHECK(log.lines[0] == "day 0 start: item@centre orders 10 due day 0 start");
}

TEST_CASE("customers of a centre come before what it owes to stores") {
  WarehouseSpec spec = centre_and_stores(1, 1, 5, Allocation::first_come);
  Simulator simulator(build_warehouse(spec), path_of({{3, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}}));
  simulator.reset({});
  while (simulator.run_until_decision()) {
    if (simulator.day() == 0) simulator.place_order(1, 0, 4);
    if (simulator.day() == 0) simulator.place_order(0, 0, 5);  // arrives on day 2
  }
  CHECK(simulator.lifetime_ledger(0).shipped == 3);
  CHECK(simulator.lifetime_ledger(0).transferred == 2);
  CHECK(simulator.state(0).owed == 2);
}

TEST_CASE("more requests than can be told apart are still all kept") {
  WarehouseSpec spec = centre_and_stores(1, 1, 200, Allocation::first_come);
  Simulator simulator(build_warehouse(spec), nobody(2, 200));
  simulator.reset({});
  while (simulator.run_until_decision()) {
    simulator.place_order(1, 0, 2);
    if (simulator.day() == 150) simulator.place_order(0, 0, 500);
  }
  CHECK(simulator.lifetime_ledger(0).transferred == 400);
  CHECK(simulator.state(1).on_hand == 2 * 199);
}

TEST_CASE("a network in a circle and unknown places are refused") {
  WarehouseSpec spec = centre_and_stores(1, 1, 5, Allocation::first_come);
  spec.skus[0].supply.from = "store-1";
  CHECK_THROWS_WITH(build_warehouse(spec), Catch::Contains("circle"));
  spec.skus[0].supply.from = "nowhere";
  CHECK_THROWS_WITH(build_warehouse(spec), Catch::Contains("does not keep it"));
}

TEST_CASE("each location has a floor of its own") {
  WarehouseSpec spec = centre_and_stores(2, 1, 6, Allocation::first_come);
  for (SkuSpec& sku : spec.skus) sku.volume_m3 = 1;
  for (const std::size_t location : {1U, 2U}) {
    spec.locations[location].facility.capacity_m3 = 3;
    spec.locations[location].facility.overflow.cost_per_m3_day = 10;
  }
  spec.skus[0].initial_on_hand = 50;
  const auto model = build_warehouse(spec);
  CHECK(model->facilities.size() == 2);
  CHECK(model->skus[0].facility == -1);
  Simulator simulator(model, nobody(3, 6));
  simulator.reset({});
  while (simulator.run_until_decision())
    if (simulator.day() == 0) simulator.place_order(1, 0, 4), simulator.place_order(2, 0, 3);
  const auto overflow = [&](std::int32_t sku) {
    return costs_of(simulator.lifetime_ledger(sku), model->skus[static_cast<std::size_t>(sku)].rates)
        .overflow;
  };
  CHECK(overflow(0) == 0);
  CHECK(overflow(1) == Approx(10.0 * 5));  // one unit too many at five closes
  CHECK(overflow(2) == 0);
}
