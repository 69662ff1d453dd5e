// What learners step: 64 environments of Zipkin's instance (Poisson 5, lead time 4) with 16 actions, in the
// caller's thread; observation, mask and reward included. In steps, which are days.
#include <benchmark/benchmark.h>

#include "env/vector_env.h"
#include "tools/bench/warehouse.h"

namespace restock::bench {

namespace {

std::shared_ptr<const EnvModel> environment_model() {
  auto decisions = std::make_shared<DecisionModel>();
  decisions->warehouse = build_warehouse(zipkin({"poisson", {{"mean", {5}}}}, 4, 9, 1'000));
  auto model = std::make_shared<EnvModel>();
  model->observation = ObservationSpec(*decisions->warehouse, {}, {});
  model->action = ActionSpec(*decisions->warehouse, {.kind = ActionKind::order_quantity, .maximum = 15});
  model->decisions = std::move(decisions);
  return model;
}

void step(benchmark::State& state) {
  constexpr std::size_t kEnvironments = 64;
  ReplenishmentVectorEnv env(environment_model(), kEnvironments, 1, Split::train);
  StepBuffers buffers(env.dimensions());
  env.reset(buffers);
  const std::vector<std::int32_t> actions(kEnvironments, 5);
  for (auto _ : state) env.step(actions, buffers);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kEnvironments));
}

BENCHMARK(step)->Name("env/step")->Unit(benchmark::kMicrosecond);

}  // namespace

}  // namespace restock::bench
