// The whole event engine against the plain one of reference_engine.h, in customers and other events.
#include <benchmark/benchmark.h>

#include "tools/bench/reference_engine.h"
#include "tools/bench/warehouse.h"

namespace restock::bench {

namespace {

/// About 200,000 events a replication, whatever the number of SKUs.
std::int64_t days_for(std::int64_t skus) {
  return std::max<std::int64_t>(4, 4'000 / skus);
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

BENCHMARK(plain)->Name("engine/plain")->Arg(1)->Arg(100)->Arg(1000)->Unit(benchmark::kMillisecond);
BENCHMARK(restock)->Name("engine/restock")->Arg(1)->Arg(100)->Arg(1000)->Unit(benchmark::kMillisecond);

}  // namespace

}  // namespace restock::bench
