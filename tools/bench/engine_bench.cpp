// The whole event engine against the plain one of reference_engine.h, and the day-synchronous replay of the
// same warehouse, in customers and other events.
#include <benchmark/benchmark.h>

#include "agents/policies/parameters.h"
#include "env/period_evaluation.h"
#include "tools/bench/reference_engine.h"
#include "tools/bench/warehouse.h"

namespace restock::bench {

namespace {

/// About 200,000 events a replication, but not less than 20 days.
std::int64_t days_for(std::int64_t skus) {
  return std::max<std::int64_t>(20, 4'000 / skus);
}

void plain(benchmark::State& state) {
  const auto model = customer_warehouse(state.range(0), days_for(state.range(0)));
  ReferenceEngine engine(model);
  for (auto _ : state) engine.run({}, kCustomerLevel);
  state.SetItemsProcessed(state.iterations() * engine.events());
}

void restock(benchmark::State& state) {
  const auto model = customer_warehouse(state.range(0), days_for(state.range(0)));
  ReferenceEngine counter(model);
  counter.run({}, kCustomerLevel);
  Simulator simulator(model);
  for (auto _ : state) run_engine(simulator, {}, kCustomerLevel);
  state.SetItemsProcessed(state.iterations() * counter.events());
  std::vector<std::byte> bytes;
  simulator.save(bytes);
  state.counters["bytes"] = static_cast<double>(bytes.size());
}

/// What evaluate() chooses for this warehouse.
void replay(benchmark::State& state) {
  auto model = std::make_shared<DecisionModel>();
  model->warehouse = customer_warehouse(state.range(0), days_for(state.range(0)));
  policies::PolicyParameters parameters{"base_stock", {}, {}};
  for (const SkuModel& sku : model->warehouse->skus) {
    parameters.skus.push_back(sku.id);
    parameters.values.push_back({static_cast<double>(kCustomerLevel), 0});
  }
  const auto kernel = PeriodEvaluation::of(model, *policies::make_policy(parameters));
  ReferenceEngine counter(model->warehouse);
  counter.run({}, kCustomerLevel);
  ReplicationResult result;
  for (auto _ : state) kernel->run({}, {&result, 1});
  state.SetItemsProcessed(state.iterations() * counter.events());
}

BENCHMARK(replay)->Name("engine/replay")->Arg(1)->Arg(100)->Arg(1000)->Unit(benchmark::kMillisecond);
BENCHMARK(plain)->Name("engine/plain")->Arg(1)->Arg(100)->Arg(1000)->Unit(benchmark::kMillisecond);
BENCHMARK(restock)->Name("engine/restock")->Arg(1)->Arg(100)->Arg(1000)->Unit(benchmark::kMillisecond);

}  // namespace

}  // namespace restock::bench
