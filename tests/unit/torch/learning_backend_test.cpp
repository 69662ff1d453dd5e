// The learners through LibTorch on the CPU: the same moves as our own networks, the same checkpoints, and a
// clear answer where there is no CUDA device.
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "agents/learning/dqn/learner.h"
#include "agents/learning/ppo/learner.h"
#include "agents/learning/torch/backend.h"
#include "env/core/error.h"
#include "tests/unit/learning/samples.h"
#include "tests/support/tabular_env.h"

using namespace restock;
using namespace restock::learning;
using learning_test::TabularEnv;

namespace {

double largest_difference(const std::vector<float>& a, const std::vector<float>& b) {
  REQUIRE(a.size() == b.size());
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    largest = std::max(largest, static_cast<double>(std::abs(a[i] - b[i])));
  return largest;
}

std::unique_ptr<Learner> make_learner(const std::string& agent, const LearnerSetup& setup,
                                      std::int64_t steps) {
  if (agent == "ppo") {
    PpoConfig config;
    config.limits = {.steps = steps, .seconds = 1e6};
    config.streams = 32;
    config.hidden = {32};
    config.minibatch = 256;
    config.learning_rate = 3e-3;
    config.discount = 0.95;
    return std::make_unique<PpoLearner>(config, setup);
  }
  DqnConfig config;
  config.limits = {.steps = steps, .seconds = 1e6};
  config.streams = 32;
  config.hidden = {32};
  config.replay_warm_up = 500;
  config.updates_per_step = 2;
  config.replay_capacity = 5'000;
  return std::make_unique<DqnLearner>(config, setup);
}

}  // namespace

TEST_CASE("both backends evaluate and move the actor and critic alike", "[torch]") {
  const ActorCriticShape shape = learning_test::actor_critic_shape(6, 11);
  const AlignedFloats parameters = learning_test::actor_critic_parameters(shape);
  const auto data = learning_test::ppo_data(300, 6, 11);
  const auto torch = make_torch_backend("cpu");
  const auto ours = cpu_backend().make_actor_critic(shape, parameters);
  const auto theirs = torch->make_actor_critic(shape, parameters);
  std::vector<float> our_logits(300 * 16), their_logits(300 * 16), our_values(300), their_values(300);
  ours->evaluate(data.observations, our_logits, our_values);
  theirs->evaluate(data.observations, their_logits, their_values);
  CHECK(largest_difference(our_logits, their_logits) < 1e-5);
  CHECK(largest_difference(our_values, their_values) < 1e-5);
  theirs->evaluate_values(data.observations, their_values);
  CHECK(largest_difference(our_values, their_values) < 1e-5);

  std::vector<std::int32_t> order(300);
  std::iota(order.begin(), order.end(), 0);
  const OptimiserStep step{.learning_rate = 1e-3F, .maximum_gradient_norm = 0.5F};
  const PpoStatistics a = ours->learn(data.samples(), order, 128, {}, step);
  const PpoStatistics b = theirs->learn(data.samples(), order, 128, {}, step);
  CHECK(a.policy_loss == Approx(b.policy_loss).margin(1e-5));
  CHECK(a.value_loss == Approx(b.value_loss).margin(1e-5));
  CHECK(a.entropy == Approx(b.entropy).margin(1e-5));
  CHECK(a.clipped_share == Approx(b.clipped_share).margin(1e-5));
  CHECK(a.divergence == Approx(b.divergence).margin(1e-5));
  CHECK(a.gradient_norm == Approx(b.gradient_norm).margin(1e-4));
  std::vector<float> our_parameters, their_parameters;
  ours->copy_parameters(our_parameters);
  theirs->copy_parameters(their_parameters);
  CHECK(largest_difference(our_parameters, {parameters.begin(), parameters.end()}) > 1e-3);
  CHECK(largest_difference(our_parameters, their_parameters) < 2e-5);
}

TEST_CASE("both backends evaluate and move the Q network alike", "[torch]") {
  const bool dueling = GENERATE(true, false);
  const MlpShape shape{6, {24, 16}, dueling ? 12 : 11, Activation::relu};
  const AlignedFloats parameters = learning_test::network_parameters(shape, 3);
  const auto data = learning_test::dqn_data(200, 6, 11);
  const auto torch = make_torch_backend("cpu");
  const auto ours = cpu_backend().make_q_network(shape, dueling, parameters);
  const auto theirs = torch->make_q_network(shape, dueling, parameters);
  std::vector<float> a(200 * 16), b(200 * 16);
  ours->evaluate(data.observations, a);
  theirs->evaluate(data.observations, b);
  CHECK(largest_difference(a, b) < 1e-5);
  const OptimiserStep step{.learning_rate = 1e-3F, .maximum_gradient_norm = 1.0F};
  for (int update = 0; update < 5; ++update) {
    ours->learn(data.samples(), {}, step, {.target = 0.1F, .average = 0.5F});
    theirs->learn(data.samples(), {}, step, {.target = 0.1F, .average = 0.5F});
  }
  const DqnStatistics mine = ours->take_statistics(), other = theirs->take_statistics();
  CHECK(mine.loss == Approx(other.loss).epsilon(1e-4));
  CHECK(mine.mean_value == Approx(other.mean_value).margin(1e-4));
  CHECK(mine.gradient_norm == Approx(other.gradient_norm).epsilon(1e-4));
  ours->copy_average_parameters(a);
  theirs->copy_average_parameters(b);
  CHECK(largest_difference(a, b) < 5e-5);
}

TEST_CASE("training goes on from one backend to the other", "[torch]") {
  const std::string agent = GENERATE("ppo", "dqn");
  const auto torch = make_torch_backend("cpu");
  TabularEnv first_env(learning_test::small_stock(), 32, 1, 50, 1),
      second_env(learning_test::small_stock(), 32, 1, 50, 1);
  const auto first =
      make_learner(agent, {.environments = &first_env, .typical_action = 1, .backend = torch.get()}, 8'192);
  const auto second = make_learner(agent, {.environments = &second_env, .typical_action = 1}, 8'192);
  for (int round = 0; round < 2; ++round) first->advance({});
  ByteWriter writer;
  first->save(writer);
  ByteReader reader(writer.bytes(), "memory");
  second->load(reader);
  reader.finish();
  CHECK(largest_difference(first->policy_network().layers()[0].weights,
                           second->policy_network().layers()[0].weights) == 0);
  first->advance({});
  second->advance({});
  CHECK(largest_difference(first->policy_network().layers()[0].weights,
                           second->policy_network().layers()[0].weights) < 1e-3);
}

TEST_CASE("a learner through LibTorch finds the best order of a small stock", "[torch]") {
  const auto torch = make_torch_backend("cpu");
  const auto process = learning_test::small_stock();
  TabularEnv env(process, 32, 1, 50, 1);
  const auto learner =
      make_learner("ppo", {.environments = &env, .typical_action = 1, .backend = torch.get()}, 100'000);
  while (!learner->finished()) learner->advance({});
  std::vector<float> observations(process.states * process.states, 0.0F);
  for (std::size_t s = 0; s < process.states; ++s) observations[s * process.states + s] = 1.0F;
  std::vector<std::int32_t> policy(process.states);
  learner->policy_network().decide(observations, process.legal, policy);
  const auto best = learning_test::optimal_policy(process, 0.95);
  CHECK(policy[0] == best[0]);
  CHECK(policy[6] == 0);
}

TEST_CASE("a device that is not there is answered plainly", "[torch]") {
  CHECK_THROWS_WITH(make_torch_backend("gpu"), Catch::Contains("'gpu'") && Catch::Contains("cpu, cuda"));
  CHECK(make_torch_backend("cpu")->device() == "cpu");
  std::string answer;
  try {
    answer = make_torch_backend("cuda")->device();  // on a machine that has one
  } catch (const InputError& error) {
    answer = error.what();
  }
  CHECK_THAT(answer, Catch::Equals("cuda") ||
                         (Catch::Contains("no CUDA device was found") && Catch::Contains("device cpu")));
  CHECK_THROWS_AS(make_torch_backend("cuda:99"), InputError);
}
