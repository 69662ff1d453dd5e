// What learners step: 64 environments of Zipkin's instance (Poisson 5, lead time 4) with 16 actions, in the
// caller's thread; observation, mask and reward included. In steps, which are days.
#include <benchmark/benchmark.h>

#include "env/vector_env.h"

namespace restock::bench {

namespace {

std::shared_ptr<const EnvModel> zipkin() {
  SkuSpec sku;
  sku.id = "item";
  sku.demand = {"poisson", {{"mean", {5}}}};
  sku.costs.holding_per_unit_day = 1;
  sku.costs.shortage_per_unit = 9;
  sku.supply.lead_time_days = LawSpec::constant(4);
  WarehouseSpec spec;
  spec.horizon.days = 1'000;
  spec.skus.push_back(sku);
  auto decisions = std::make_shared<DecisionModel>();
  decisions->warehouse = build_warehouse(spec);
  auto model = std::make_shared<EnvModel>();
  model->observation = ObservationSpec(*decisions->warehouse, {}, {});
  model->action = ActionSpec(*decisions->warehouse, {.kind = ActionKind::order_quantity, .maximum = 15});
  model->decisions = std::move(decisions);
  return model;
}

void step(benchmark::State& state) {
  constexpr std::size_t kEnvironments = 64;
  ReplenishmentVectorEnv env(zipkin(), kEnvironments, 1, Split::train);
  StepBuffers buffers(env.dimensions());
  env.reset(buffers);
  const std::vector<std::int32_t> actions(kEnvironments, 5);
  for (auto _ : state) env.step(actions, buffers);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kEnvironments));
}

BENCHMARK(step)->Name("env/step")->Unit(benchmark::kMicrosecond);

}  // namespace

}  // namespace restock::bench
