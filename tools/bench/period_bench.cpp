// The period kernel on Zipkin's instance (lost sales, Poisson 5, lead time 4, base-stock): simulated days a
// second, hash included, against the event engine's daily mode through the virtual Policy interface.
#include <benchmark/benchmark.h>

#include "agents/policies/parameters.h"
#include "env/core/parallel.h"
#include "env/evaluation.h"
#include "env/period/device.h"
#include "env/period/run.h"
#include "tools/bench/warehouse.h"

namespace restock::bench {

namespace {

constexpr std::int64_t kDays = 100'000;

WarehouseSpec zipkin_spec() {
  return zipkin({"poisson", {{"mean", {5}}}}, 4, 9, kDays);
}

std::shared_ptr<const DecisionModel> zipkin_model() {
  auto model = std::make_shared<DecisionModel>();
  model->warehouse = build_warehouse(zipkin_spec());
  return model;
}

std::unique_ptr<Policy> base_stock() {
  return policies::make_policy({"base_stock", {"item"}, {{29, 0}}});
}

period::Sku zipkin_sku() {
  const SkuModel model = zipkin_model()->warehouse->skus.front();
  period::Sku sku;
  sku.days = kDays;
  sku.demand.emplace_back(model.demand.front());
  sku.lead_time.emplace_back(model.regular().lead_time.front());
  sku.rule = period::OrderUpTo<Quantity>{29, kMaximumQuantity};
  return sku;
}

void one(benchmark::State& state) {
  const period::Sku sku = zipkin_sku();
  RunKey run;
  for (auto _ : state) {
    benchmark::DoNotOptimize(period::run_one(sku, run));
    ++run.replication;
  }
  state.SetItemsProcessed(state.iterations() * kDays);
  state.counters["bytes"] = static_cast<double>(period::bytes_alone(sku));
}

void lockstep(benchmark::State& state) {
  const period::Sku sku = zipkin_sku();
  std::vector<period::Outcome> outcomes(static_cast<std::size_t>(period::lockstep_lanes()));
  RunKey run;
  for (auto _ : state) {
    std::fill(outcomes.begin(), outcomes.end(), period::Outcome());
    period::run_lockstep(sku, run, outcomes);
    run.replication += outcomes.size();
  }
  state.SetItemsProcessed(state.iterations() * kDays * period::lockstep_lanes());
  state.counters["bytes"] = static_cast<double>(period::bytes_in_lockstep(sku));
}

void event_engine(benchmark::State& state) {
  const auto model = zipkin_model();
  const auto policy = base_stock();
  RunKey run;
  for (auto _ : state) {
    benchmark::DoNotOptimize(simulate_once(model, *policy, run, nullptr));
    ++run.replication;
  }
  state.SetItemsProcessed(state.iterations() * kDays);
}

/// evaluate(), which chooses the kernel by itself: 256 replications, in wall time.
void threads(benchmark::State& state) {
  const auto model = zipkin_model();
  const auto policy = base_stock();
  const EvaluationConfig config{.replications = 256, .threads = static_cast<int>(state.range(0))};
  for (auto _ : state) benchmark::DoNotOptimize(evaluate(model, *policy, config));
  state.SetItemsProcessed(state.iterations() * kDays * config.replications);
}

void device(benchmark::State& state) {
  const period::Device device = period::find_device();
  if (!device.is_there) return state.SkipWithError(("no CUDA device: " + device.name).c_str());
  const period::Sku sku = zipkin_sku();
  std::vector<period::Outcome> outcomes(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) period::run_on_device(sku, {}, outcomes);
  state.SetItemsProcessed(state.iterations() * kDays * state.range(0));
}

BENCHMARK(event_engine)->Name("period/event_engine")->Unit(benchmark::kMillisecond);
BENCHMARK(one)->Name("period/one")->Unit(benchmark::kMillisecond);
BENCHMARK(lockstep)->Name("period/lockstep")->Unit(benchmark::kMillisecond);
BENCHMARK(threads)->Name("period/threads")->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(device)->Name("period/device")->Arg(1 << 17)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace

}  // namespace restock::bench
