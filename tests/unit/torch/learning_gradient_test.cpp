// The hand-written gradients of the CPU networks against LibTorch's autograd in double precision, for every
// option of both losses.
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "agents/learning/dqn/cpu_q_network.h"
#include "agents/learning/ppo/cpu_actor_critic.h"
#include "agents/learning/torch/oracle.h"
#include "tests/unit/learning/samples.h"

using namespace restock;
using namespace restock::learning;

namespace {

/// The largest difference between the two, and the largest entry.
struct Distance {
  double difference = 0, size = 0;
};

Distance distance(std::span<const float> ours, const std::vector<double>& autograd) {
  REQUIRE(ours.size() == autograd.size());
  Distance result;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    result.difference = std::max(result.difference, std::abs(static_cast<double>(ours[i]) - autograd[i]));
    result.size = std::max(result.size, std::abs(autograd[i]));
  }
  return result;
}

}  // namespace

TEST_CASE("PPO's gradient is autograd's", "[torch]") {
  const PpoLossOptions options =
      GENERATE(PpoLossOptions{.clip = 0.2F, .entropy_weight = 0.01F, .value_weight = 0.5F},
               PpoLossOptions{.clip = 0.05F, .entropy_weight = 0.0F, .value_weight = 0.0F},
               PpoLossOptions{.clip = 1.0F, .entropy_weight = 0.5F, .value_weight = 1.0F},
               PpoLossOptions{.clip = 0.2F, .entropy_weight = 1.0F, .value_weight = 2.0F});
  const auto activation = GENERATE(Activation::tanh, Activation::relu);
  const auto data = learning_test::ppo_data(300, 6, 11);
  ActorCriticShape shape = learning_test::actor_critic_shape(6, 11);
  shape.actor.activation = shape.critic.activation = activation;
  const AlignedFloats parameters = learning_test::actor_critic_parameters(shape);
  std::vector<std::int32_t> indices(200);  // part of the samples, not in order
  for (std::size_t i = 0; i < 200; ++i) indices[i] = static_cast<std::int32_t>((7 * i) % 300);
  CpuActorCritic networks(shape, parameters);
  networks.accumulate(data.samples(), indices, options);
  const auto found = distance(networks.gradient(),
                              ppo_gradient_by_autograd(shape, parameters, data.samples(), indices, options));
  CHECK(found.difference < 1e-5);
  CHECK(found.size > 0.005);
}

TEST_CASE("the temporal difference gradient is autograd's", "[torch]") {
  const DqnLossOptions options{
      .kind = GENERATE(TemporalDifferenceLoss::squared, TemporalDifferenceLoss::huber),
      .huber_limit = 0.6F,
      .double_targets = GENERATE(true, false)};
  const bool dueling = GENERATE(true, false);
  const MlpShape shape{6, {24, 16}, dueling ? 12 : 11, GENERATE(Activation::tanh, Activation::relu)};
  const auto data = learning_test::dqn_data(200, 6, 11);
  const AlignedFloats parameters = learning_test::network_parameters(shape, 3);
  CpuQNetwork network(shape, dueling, parameters);
  network.accumulate(data.samples(), options);
  const auto found = distance(network.gradient(),
                              dqn_gradient_by_autograd(shape, dueling, parameters, data.samples(), options));
  CHECK(found.difference < 1e-5);
  CHECK(found.size > 0.005);
}
