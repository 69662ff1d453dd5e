// Units that vanish unseen: the record differs from the shelf until a count.
#include <catch2/catch.hpp>
#include <cmath>

#include "env/sim/kpis.h"
#include "tests/support/event_log.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::testing;

namespace {

WarehouseSpec with_shrinkage(SkuSpec sku, std::int64_t days, LawSpec share, std::int64_t count_every = 0) {
  WarehouseSpec spec = warehouse_of({std::move(sku)}, days);
  spec.facility.shrinkage.share_per_day = std::move(share);
  spec.facility.cycle_count.every_days = count_every;
  return spec;
}

}  // namespace

TEST_CASE("what vanishes is missing on the shelf and stays in the record until a count") {
  SkuSpec sku = lost_sales_sku("a", LawSpec{}, LawSpec::constant(0));
  sku.initial_on_hand = 16;
  sku.unit_cost = 3;
  const WarehouseSpec spec = with_shrinkage(sku, 4, LawSpec::constant(0.5), 3);
  Simulator simulator(build_warehouse(spec), path_of({{0}, {4}, {3}, {0}}));
  EventLog log;
  simulator.set_observer(&log);
  simulator.reset({});
  std::vector<Quantity> record, shelf, position;
  while (simulator.run_until_decision()) {
    record.push_back(simulator.state(0).recorded_on_hand());
    position.push_back(simulator.state(0).inventory_position());
    shelf.push_back(simulator.state(0).on_hand);
  }
  CHECK(log.lines == std::vector<std::string>{"day 0 end: a sells 0 of 0", "day 0 end: a 8 vanish",
                                              "day 0 end: close of day 0", "day 1 end: a sells 4 of 4",
                                              "day 1 end: a 2 vanish", "day 1 end: close of day 1",
                                              "day 2 end: a sells 2 of 3", "day 2 end: a 10 written off",
                                              "day 2 end: close of day 2", "day 3 end: a sells 0 of 0",
                                              "day 3 end: close of day 3"});
  CHECK(shelf == std::vector<Quantity>{16, 8, 2, 0});
  CHECK(record == std::vector<Quantity>{16, 16, 12, 0});
  CHECK(position == record);
  const SkuLedger& ledger = simulator.lifetime_ledger(0);
  CHECK(ledger.vanished == 10);
  CHECK(ledger.written_off == 10);
  CHECK(ledger.lost == 1);
  const Kpis kpis = kpis_of_sku(simulator.model(), 0, ledger);
  CHECK(kpis.shrinkage_cost_per_period == Approx(10 * 3.0 / 4));
  CHECK(kpis.written_off_per_period == 2.5);
}

TEST_CASE("policies see the record") {
  SkuSpec sku = lost_sales_sku("a", LawSpec::constant(0), LawSpec::constant(0));
  sku.initial_on_hand = 10;
  sku.shelf_life_days = 5;
  const auto decisions = decisions_of(with_shrinkage(sku, 3, LawSpec::constant(0.5)));
  DecisionProcess process(decisions, {.beyond_horizon = true});
  process.reset({});
  for (int day = 0; day < 3; ++day) {
    REQUIRE(process.advance());
    CHECK(process.batch().on_hand[0] == 10);
    CHECK(process.batch().inventory_position(0) == 10);
    CHECK(process.batch().stock_by_remaining_life[static_cast<std::size_t>(4 - day)] == 10);
  }
  CHECK(process.simulator().state(0).on_hand < 5);
  REQUIRE_FALSE(process.advance());
  process.observe(std::vector<std::int32_t>{0});
  CHECK(process.batch().on_hand[0] == 10);
}

TEST_CASE("who throws away what has expired finds out what is missing of it") {
  SkuSpec sku = lost_sales_sku("a", LawSpec{}, LawSpec::constant(0));
  sku.initial_on_hand = 10;
  sku.shelf_life_days = 2;
  Simulator simulator(build_warehouse(with_shrinkage(sku, 3, LawSpec::constant(0.5))),
                      path_of({{0}, {0}, {0}}));
  simulator.reset({});
  run_to_end(simulator, nothing());
  CHECK(simulator.lifetime_ledger(0).vanished == 5);
  CHECK(simulator.lifetime_ledger(0).expired == 5);
  CHECK(simulator.lifetime_ledger(0).written_off == 5);
  CHECK(simulator.state(0).recorded_on_hand() == 0);
}

TEST_CASE("of n units a share p vanishes in a day on average, whatever is rounded") {
  // Nobody buys, nothing comes: after t days 40 (1 − p)^t are expected to be left, for rounding is unbiased.
  SkuSpec sku = lost_sales_sku("a", LawSpec::constant(0), LawSpec::constant(0));
  sku.initial_on_hand = 40;
  const LawSpec law = GENERATE(as<LawSpec>{}, LawSpec::constant(0.03), discrete({0, 0.3}, {9, 1}));
  Simulator simulator(build_warehouse(with_shrinkage(sku, 15, law)));
  double sum = 0;
  double squares = 0;
  constexpr int kReplications = 20'000;
  for (std::uint64_t replication = 0; replication < kReplications; ++replication) {
    simulator.reset({1, Split::evaluate, replication});
    run_to_end(simulator, nothing());
    const auto left = static_cast<double>(simulator.state(0).on_hand);
    sum += left;
    squares += left * left;
  }
  const double mean = sum / kReplications;
  const double error = std::sqrt((squares / kReplications - mean * mean) / kReplications);
  const double expected = 40 * std::pow(0.97, 15);
  CAPTURE(mean, error, expected);
  CHECK(std::abs(mean - expected) < 4 * error);
  CHECK(error < 0.005 * expected);
}
