// Counts every call of malloc in this program, to show that learning allocates nothing once it runs. Not with
// sanitizers, whose allocator must not be replaced.
#include <catch2/catch.hpp>
#include <cstdlib>

#include "agents/learning/dqn/learner.h"
#include "agents/learning/ppo/learner.h"
#include "tests/support/tabular_env.h"

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

namespace {
std::size_t allocations = 0;
}

extern "C" {
void* __libc_malloc(std::size_t size);                           // NOLINT
void* __libc_memalign(std::size_t alignment, std::size_t size);  // NOLINT
void* malloc(std::size_t size) {
  ++allocations;
  return __libc_malloc(size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
  ++allocations;
  return __libc_memalign(alignment, size);
}
}

using namespace restock;
using namespace restock::learning;

TEST_CASE("a round of learning allocates nothing", "[learning]") {
  const std::string agent = GENERATE("ppo", "dqn");
  learning_test::TabularEnv env(learning_test::small_stock(), 16, 1, 50, 1);
  const LearnerSetup setup{.environments = &env, .typical_action = 1};
  PpoConfig ppo;
  ppo.streams = 16;
  DqnConfig dqn;
  dqn.streams = 16;
  dqn.replay_warm_up = 100;
  std::unique_ptr<Learner> learner;
  if (agent == "ppo") {
    learner = std::make_unique<PpoLearner>(ppo, setup);
  } else {
    learner = std::make_unique<DqnLearner>(dqn, setup);
  }
  learner->advance({});
  const std::size_t before = allocations;
  for (int round = 0; round < 3; ++round) learner->advance({});
  const std::size_t during = allocations - before;
  const std::vector<int> something(100);
  const std::size_t with_vector = allocations - before;
  CAPTURE(agent);
  CHECK(during == 0);
  CHECK(with_vector > 0);  // the counter counts
}

#endif
