#include "agents/learning/learner.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>

#include "agents/learning/agent.h"
#include "agents/learning/dqn/learner.h"
#include "agents/learning/ppo/learner.h"
#include "env/core/error.h"
#include "tests/support/tabular_env.h"

using namespace restock;
using namespace restock::learning;
using learning_test::TabularEnv;
using learning_test::TabularProcess;

namespace {

PpoConfig quick_ppo(std::int64_t steps) {
  PpoConfig config;
  config.limits = {.steps = steps, .seconds = 1e6};
  config.streams = 32;
  config.hidden = {32};
  config.minibatch = 256;
  config.learning_rate = 3e-3;
  config.discount = 0.95;
  return config;
}

DqnConfig quick_dqn(std::int64_t steps) {
  DqnConfig config;
  config.limits = {.steps = steps, .seconds = 1e6};
  config.streams = 32;
  config.hidden = {32};
  config.discount = 0.95;
  config.updates_per_step = 2;
  config.minibatch = 64;
  config.target_rate = 0.02;
  config.replay_capacity = 20'000;
  config.replay_warm_up = 1'000;
  config.settling_rewards = 2'000;
  return config;
}

std::unique_ptr<Learner> make_learner(const std::string& agent, std::int64_t steps, VectorEnv& env,
                                      std::uint64_t seed = 1) {
  const LearnerSetup setup{.environments = &env, .typical_action = 1, .seed = seed};
  if (agent == "ppo") return std::make_unique<PpoLearner>(quick_ppo(steps), setup);
  return std::make_unique<DqnLearner>(quick_dqn(steps), setup);
}

void train(Learner& learner) {
  while (!learner.finished()) learner.advance({});
}

std::vector<std::int32_t> learned_policy(const Learner& learner, const TabularProcess& process) {
  std::vector<float> observations(process.states * process.states, 0.0F);
  for (std::size_t s = 0; s < process.states; ++s) observations[s * process.states + s] = 1.0F;
  std::vector<std::int32_t> policy(process.states);
  learner.policy_network().decide(observations, process.legal, policy);
  return policy;
}

/// By how much the policy falls short of the optimum, averaged over states, relative to the optimum.
double shortfall(const TabularProcess& process, const std::vector<std::int32_t>& policy, double discount) {
  const auto best =
      learning_test::policy_values(process, learning_test::optimal_policy(process, discount), discount);
  const auto found = learning_test::policy_values(process, policy, discount);
  double lost = 0, size = 0;
  for (std::size_t s = 0; s < process.states; ++s) {
    lost += best[s] - found[s];
    size += std::abs(best[s]);
  }
  return lost / size;
}

std::string bytes_of(const Learner& learner) {
  ByteWriter writer;
  learner.save(writer);
  return writer.bytes();
}

/// Two states, left for good or bad by the action: 0 pays 1 now and leads to the bad state (−3 whatever one
/// does), 1 pays nothing and leads to the good state.
TabularProcess tempting_process() {
  TabularProcess process(3, 2);  // 0: choice, 1: bad, 2: good
  for (std::size_t a = 0; a < 2; ++a) {
    process.p(0, a, a == 0 ? 1 : 2) = 1;
    process.p(1, a, 0) = 1;
    process.p(2, a, 0) = 1;
    process.reward[2 + a] = -3;
  }
  process.reward[0] = 1;
  return process;
}

}  // namespace

TEST_CASE("both agents find the optimal policy of a small stock", "[learning]") {
  const std::string agent = GENERATE("ppo", "dqn");
  const TabularProcess process = learning_test::small_stock();
  TabularEnv env(process, 32, 1, 50, 1);
  const auto learner = make_learner(agent, agent == "ppo" ? 400'000 : 200'000, env);
  train(*learner);
  CAPTURE(agent);
  CHECK(shortfall(process, learned_policy(*learner, process), 0.95) < 0.002);
}

TEST_CASE("rows of very different money share one network", "[learning]") {
  const std::string agent = GENERATE("ppo", "dqn");
  const TabularProcess process = learning_test::small_stock();
  TabularEnv env(process, 8, 4, 50, 1);  // rewards times 1, 10, 100, 1000
  const auto learner = make_learner(agent, agent == "ppo" ? 400'000 : 200'000, env);
  train(*learner);
  CAPTURE(agent);
  CHECK(shortfall(process, learned_policy(*learner, process), 0.95) < 0.005);
}

// Every episode is truncated after one step: only the value of the final observation says that action 1 is
// better. With next-step autoreset every other step only starts an episode: taken for a step of the process,
// it would say that the bad state costs nothing.
TEST_CASE("truncated episodes bootstrap from their final observation", "[learning]") {
  const std::string agent = GENERATE("ppo", "dqn");
  const Autoreset autoreset = GENERATE(Autoreset::same_step, Autoreset::next_step);
  const TabularProcess process = tempting_process();
  TabularEnv env(process, 32, 1, 1, 1, autoreset);
  const auto learner = make_learner(agent, 100'000, env);
  train(*learner);
  CAPTURE(agent, names_of(autoreset)[static_cast<std::size_t>(autoreset)]);
  CHECK(learned_policy(*learner, process)[0] == 1);
}

// The same process where reaching the bad state ends everything: its cost is never paid, so temptation is
// right.
TEST_CASE("terminated episodes bootstrap nothing", "[learning]") {
  const std::string agent = GENERATE("ppo", "dqn");
  TabularProcess process = tempting_process();
  process.ends[1] = 1;
  process.ends[2] = 1;
  process.reward[2] = process.reward[3] = -1000;
  TabularEnv env(process, 32, 1, 1'000'000, 1);
  const auto learner = make_learner(agent, 60'000, env);
  train(*learner);
  CAPTURE(agent);
  CHECK(learned_policy(*learner, process)[0] == 0);
}

TEST_CASE("the same seed gives the same weights, another seed others", "[learning]") {
  const std::string agent = GENERATE("ppo", "dqn");
  const auto weights = [&](std::uint64_t seed) {
    TabularEnv env(learning_test::small_stock(), 32, 1, 50, 1);
    const auto learner = make_learner(agent, 20'000, env, seed);
    train(*learner);
    return learner->policy_network().layers()[0].weights;
  };
  const auto first = weights(1);
  CHECK(first == weights(1));
  CHECK(first != weights(2));
}

TEST_CASE("training that was saved and resumed ends with the weights of training left alone", "[learning]") {
  const std::string agent = GENERATE("ppo", "dqn");
  const auto make_env = [] { return TabularEnv(learning_test::small_stock(), 32, 1, 50, 1); };
  TabularEnv straight_env = make_env(), first_env = make_env(), second_env = make_env();
  const auto straight = make_learner(agent, 40'000, straight_env);
  const auto first = make_learner(agent, 40'000, first_env);
  train(*straight);
  for (int round = 0; round < 9; ++round) first->advance({});
  const std::string file = "learner_test_" + agent + ".checkpoint";
  save_checkpoint(*first, file);
  const auto second = make_learner(agent, 40'000, second_env, 1);
  load_checkpoint(*second, file);
  std::remove(file.c_str());
  CHECK(second->progress().steps == first->progress().steps);
  train(*second);
  const auto expected = straight->policy_network().layers(), found = second->policy_network().layers();
  for (std::size_t k = 0; k < expected.size(); ++k) {
    CHECK(expected[k].weights == found[k].weights);
    CHECK(expected[k].biases == found[k].biases);
  }
}

TEST_CASE("a checkpoint of another agent, another network or cut short is refused", "[learning]") {
  TabularEnv env(learning_test::small_stock(), 32, 1, 50, 1);
  const auto ppo = make_learner("ppo", 40'000, env);
  const auto dqn = make_learner("dqn", 40'000, env);
  const auto load = [](Learner& learner, const std::string& bytes) {
    ByteReader reader(bytes, "some.checkpoint");
    learner.load(reader);
  };
  CHECK_THROWS_WITH(load(*dqn, bytes_of(*ppo)),
                    Catch::Contains("some.checkpoint") && Catch::Contains("'ppo'"));
  PpoConfig wide = quick_ppo(40'000);
  wide.hidden = {40};
  PpoLearner other(wide, {.environments = &env, .typical_action = 1});
  CHECK_THROWS_WITH(load(other, bytes_of(*ppo)), Catch::Contains("another configuration"));
  const std::string whole = bytes_of(*ppo);
  for (const std::size_t length : {std::size_t{0}, std::size_t{5}, whole.size() / 2, whole.size() - 1})
    CHECK_THROWS_AS(load(*ppo, whole.substr(0, length)), InputError);
}

TEST_CASE("training ends after its steps, and the learning rate has fallen to zero by then", "[learning]") {
  const std::string agent = GENERATE("ppo", "dqn");
  TabularEnv env(learning_test::small_stock(), 32, 1, 50, 1);
  const auto learner = make_learner(agent, 20'000, env);
  double last_rate = 1, last_fraction = 0;
  int rounds = 0;
  while (!learner->finished()) {
    learner->advance([&](const Progress& progress, std::span<const Metric> metrics) {
      CHECK(progress.fraction > last_fraction);
      last_fraction = progress.fraction;
      bool has_cost = false;
      for (const Metric& metric : metrics) {
        CHECK(std::isfinite(metric.value));
        if (metric.name == "learning_rate") last_rate = metric.value;
        if (metric.name == "cost_per_step") has_cost = metric.value > 0;
      }
      CHECK(has_cost);
    });
    ++rounds;
  }
  CHECK(last_rate == 0);
  CHECK(last_fraction == 1);
  CHECK(learner->progress().steps >= 20'000);
  CHECK(rounds == (agent == "ppo" ? 20 : 10));  // 1,024 and 2,048 steps a round
}

TEST_CASE("training ends after its seconds", "[learning]") {
  PpoConfig config = quick_ppo(1'000'000'000'000);
  config.limits.seconds = 0.05;
  TabularEnv env(learning_test::small_stock(), 32, 1, 50, 1);
  PpoLearner learner(config, {.environments = &env, .typical_action = 1});
  train(learner);
  CHECK(learner.progress().seconds >= 0.05);
  CHECK(learner.progress().fraction == 1);
}

TEST_CASE("first decisions lie around the typical action", "[learning]") {
  const std::string agent = GENERATE("ppo", "dqn");
  TabularEnv env(learning_test::small_stock(), 32, 1, 50, 1);
  for (std::size_t typical = 0; typical < 4; ++typical) {
    const LearnerSetup setup{.environments = &env, .typical_action = typical};
    const auto learner = make_agent(agent)->make_learner(setup);
    CHECK(learned_policy(*learner, learning_test::small_stock())[0] == static_cast<std::int32_t>(typical));
  }
}

TEST_CASE("an unknown agent is answered with the ones there are", "[learning]") {
  CHECK_THROWS_WITH(make_agent("pp0"), Catch::Contains("'pp0'") && Catch::Contains("did you mean 'ppo'") &&
                                           Catch::Contains("dqn"));
  CHECK(make_agent("dqn")->name() == "dqn");
}
