// The queue of every textbook in the engine's own parts: customers come one by one, a Poisson process, and
// one picker works 0.9 of the time with exponential picking times. In lines picked.
#include <benchmark/benchmark.h>

#include "env/sim/simulator.h"

namespace restock::bench {

namespace {

constexpr std::int64_t kDays = 1'000;

/// Nine customers an hour, ten lines an hour, stock for ever.
std::shared_ptr<const WarehouseModel> one_picker() {
  SkuSpec sku;
  sku.id = "item";
  sku.demand = {"poisson", {{"mean", {9 * 24}}}};
  sku.costs.holding_per_unit_day = 0;
  sku.costs.shortage_per_unit = 0;
  sku.initial_on_hand = 100 * kDays * 24;
  sku.supply.lead_time_days = LawSpec::constant(1);
  sku.supply.review_period_days = 365;
  WarehouseSpec spec;
  spec.horizon.days = kDays;
  spec.arrivals = Arrivals::orders;
  spec.facility.pickers.number = 1;
  spec.facility.pickers.hours_per_line = {"exponential", {{"mean", {0.1}}}};
  spec.skus.push_back(sku);
  return build_warehouse(spec);
}

void pick(benchmark::State& state) {
  Simulator simulator(one_picker());
  std::int64_t lines = 0;
  for (auto _ : state) {
    simulator.reset({});
    while (simulator.run_until_decision()) {
    }
    lines += simulator.lifetime_ledger(0).lines_picked;
  }
  state.SetItemsProcessed(lines);
}

BENCHMARK(pick)->Name("engine/mm1")->Unit(benchmark::kMillisecond);

}  // namespace

}  // namespace restock::bench
