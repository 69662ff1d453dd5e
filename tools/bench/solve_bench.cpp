// The exact solver on three of Zipkin's instances against a value iteration written for lost sales alone.
#include <benchmark/benchmark.h>

#include "agents/policies/exact/masses.h"
#include "agents/policies/exact/solve.h"
#include "tools/bench/plain_lost_sales.h"
#include "tools/bench/warehouse.h"

namespace {

using namespace restock;

constexpr double kTolerance = 1e-10;

std::shared_ptr<const DecisionModel> instance(bool is_geometric, int lead_time) {
  const LawSpec demand{is_geometric ? "geometric" : "poisson", {{"mean", {5}}}};
  auto model = std::make_shared<DecisionModel>();
  model->warehouse = build_warehouse(bench::zipkin(demand, lead_time, 39, 1000));
  return model;
}

void count(benchmark::State& state, double states, double state_actions, double sweeps) {
  state.SetItemsProcessed(state.iterations());
  using benchmark::Counter;
  state.counters["states"] = states;
  state.counters["states/s"] = Counter(states * sweeps, Counter::kIsIterationInvariantRate);
  state.counters["state_actions/s"] = Counter(state_actions * sweeps, Counter::kIsIterationInvariantRate);
}

void solve_restock(benchmark::State& state, bool is_geometric, int lead_time) {
  const auto model = instance(is_geometric, lead_time);
  exact::Result result;
  for (auto _ : state) result = exact::solve(model, {.tolerance = kTolerance});
  count(state, static_cast<double>(result.states), static_cast<double>(result.state_actions),
        static_cast<double>(result.sweeps));
}

void solve_plain(benchmark::State& state, bool is_geometric, int lead_time) {
  const auto model = instance(is_geometric, lead_time);
  const exact::Masses demand = exact::masses_of(model->warehouse->skus.front().demand.front());
  double states = 0;
  double state_actions = 0;
  double sweeps = 0;
  for (auto _ : state) {
    bench::PlainLostSales plain(demand, static_cast<std::size_t>(lead_time), 39);
    benchmark::DoNotOptimize(plain.solve(kTolerance));
    states = static_cast<double>(plain.states());
    state_actions = static_cast<double>(plain.state_actions());
    sweeps = static_cast<double>(plain.sweeps());
  }
  count(state, states, state_actions, sweeps);
}

BENCHMARK_CAPTURE(solve_restock, poisson_4, false, 4)
    ->Name("solve/restock/poisson_4")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(solve_plain, poisson_4, false, 4)
    ->Name("solve/plain/poisson_4")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(solve_restock, geometric_4, true, 4)
    ->Name("solve/restock/geometric_4")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(solve_plain, geometric_4, true, 4)
    ->Name("solve/plain/geometric_4")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(solve_restock, poisson_6, false, 6)
    ->Name("solve/restock/poisson_6")
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1);
BENCHMARK_CAPTURE(solve_plain, poisson_6, false, 6)
    ->Name("solve/plain/poisson_6")
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1);

}  // namespace
