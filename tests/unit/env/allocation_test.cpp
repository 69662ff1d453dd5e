// Counts every call of malloc in this program, to show that a simulated day allocates nothing. Not with
// sanitizers, whose allocator must not be replaced.
#include <atomic>
#include <catch2/catch.hpp>
#include <cstdlib>

#include "env/vector_env.h"
#include "tests/support/event_log.h"
#include "tests/support/warehouses.h"

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

namespace {
std::atomic<std::size_t> allocations = 0;
}

extern "C" {
void* __libc_malloc(std::size_t size);  // NOLINT
void* malloc(std::size_t size) {
  ++allocations;
  return __libc_malloc(size);
}
}

using namespace restock;
using namespace restock::testing;

namespace {

WarehouseSpec several_suppliers() {
  std::vector<SkuSpec> skus;
  for (int i = 0; i < 6; ++i) {
    skus.push_back(lost_sales_sku("sku-" + std::to_string(i), poisson(3), discrete({0, 1, 3}, {1, 2, 2})));
    skus.back().supply.review_period_days = 1 + i % 3;
  }
  return warehouse_of(skus, 400, 100);
}

}  // namespace

TEST_CASE("simulated days allocate nothing") {
  Simulator simulator(build_warehouse(several_suppliers()));
  const auto run = [&](std::uint64_t replication) {
    simulator.reset({1, Split::train, replication});
    while (const auto decision = simulator.run_until_decision())
      for (const std::int32_t sku : decision->skus) simulator.place_order(sku, 0, 3);
  };
  run(0);
  const std::size_t before = allocations;
  run(1);
  const std::size_t during = allocations - before;
  const std::vector<int> something(100);
  CHECK(during == 0);
  CHECK(allocations > before + during);  // the counter counts
}

TEST_CASE("steps and resets of environments allocate nothing") {
  const auto decisions = decisions_of(several_suppliers());
  const auto model = std::make_shared<EnvModel>(EnvModel{
      decisions, ObservationSpec(*decisions->warehouse, {}, {}), ActionSpec(*decisions->warehouse, {})});
  for (const Autoreset autoreset : {Autoreset::same_step, Autoreset::next_step})
    for (const int threads : {1, 2}) {
      ReplenishmentVectorEnv env(model, {.environments = 3, .autoreset = autoreset, .threads = threads});
      StepBuffers buffers(env.dimensions());
      const std::vector<std::int32_t> actions(env.dimensions().rows(), 1);
      const std::vector<std::int32_t> none(env.dimensions().rows(), 0);
      env.reset(buffers);
      const std::size_t before = allocations;
      for (int step = 0; step < 1000; ++step) env.step(step % 2 == 0 ? actions : none, buffers);
      CHECK(allocations - before == 0);
    }
}

#endif
