#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "agents/learning/network/initialisation.h"
#include "agents/learning/ppo/cpu_actor_critic.h"
#include "tests/unit/learning/samples.h"

using namespace restock;
using namespace restock::learning;
using learning_test::PpoData;

namespace {

/// The loss in double from the definition, given outputs of the networks.
double reference_loss(const PpoData& data, const PpoLossOptions& options, CpuActorCritic& networks) {
  const std::size_t rows = data.taken.size();
  const std::size_t stride = static_cast<std::size_t>(padded(data.actions));
  std::vector<float> logits(rows * stride), values(rows);
  networks.evaluate(data.observations, logits, values);
  double mean = 0, squares = 0, choices = 0;
  const auto legal = [&](std::size_t row, int j) {
    return data.masks[row * static_cast<std::size_t>(data.actions) + static_cast<std::size_t>(j)] != 0;
  };
  const auto has_choice = [&](std::size_t row) {
    int count = 0;
    for (int j = 0; j < data.actions; ++j) count += legal(row, j) ? 1 : 0;
    return count > 1;
  };
  for (std::size_t row = 0; row < rows; ++row) {
    if (!has_choice(row)) continue;
    ++choices;
    mean += static_cast<double>(data.advantages[row]);
    squares += std::pow(static_cast<double>(data.advantages[row]), 2);
  }
  mean /= choices;
  const double deviation = std::sqrt(squares / choices - mean * mean);
  double loss = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    const double error = static_cast<double>(values[row] - data.value_targets[row]);
    loss += static_cast<double>(options.value_weight) * 0.5 * error * error / static_cast<double>(rows);
    if (!has_choice(row)) continue;
    double sum = 0;
    for (int j = 0; j < data.actions; ++j)
      if (legal(row, j))
        sum += std::exp(static_cast<double>(logits[row * stride + static_cast<std::size_t>(j)]));
    double entropy = 0;
    for (int j = 0; j < data.actions; ++j) {
      if (!legal(row, j)) continue;
      const double log_p =
          static_cast<double>(logits[row * stride + static_cast<std::size_t>(j)]) - std::log(sum);
      entropy -= std::exp(log_p) * log_p;
    }
    const double log_taken =
        static_cast<double>(logits[row * stride + static_cast<std::size_t>(data.taken[row])]) - std::log(sum);
    const double ratio = std::exp(log_taken - static_cast<double>(data.old_log_probabilities[row]));
    const double advantage = (static_cast<double>(data.advantages[row]) - mean) / deviation;
    const double clip = static_cast<double>(options.clip);
    const double surrogate = std::min(ratio * advantage, std::clamp(ratio, 1 - clip, 1 + clip) * advantage);
    loss -= (surrogate + static_cast<double>(options.entropy_weight) * entropy) / choices;
  }
  return loss;
}

}  // namespace

TEST_CASE("the gradient of PPO's loss is its derivative", "[learning]") {
  const PpoData data = learning_test::ppo_data(150, 6, 5);  // more than one chunk of rows
  const PpoLossOptions options{.clip = 0.1F, .entropy_weight = 0.02F, .value_weight = 0.7F};
  const ActorCriticShape shape = learning_test::actor_critic_shape(6, 5);
  const AlignedFloats parameters = learning_test::actor_critic_parameters(shape);
  CpuActorCritic networks(shape, parameters);
  std::vector<std::int32_t> all(data.taken.size());
  std::iota(all.begin(), all.end(), 0);
  const PpoLossSums sums = networks.accumulate(data.samples(), all, options);
  CHECK(sums.clipped_share > 0.1);
  CHECK(sums.clipped_share < 0.9);
  const double loss = sums.policy_loss - 0.02 * sums.entropy + 0.7 * sums.value_loss;
  CHECK(loss == Approx(reference_loss(data, options, networks)).epsilon(1e-5));
  const std::vector<float> gradient(networks.gradient().begin(), networks.gradient().end());
  double distance = 0, size = 0;
  for (std::size_t at = 0; at < parameters.size(); at += 7) {
    if (gradient[at] == 0.0F) continue;
    AlignedFloats up = parameters, down = parameters;
    up[at] += 1e-3F;
    down[at] -= 1e-3F;
    CpuActorCritic above(shape, up), below(shape, down);
    const double slope = (reference_loss(data, options, above) - reference_loss(data, options, below)) /
                         static_cast<double>(up[at] - down[at]);
    distance += std::abs(slope - static_cast<double>(gradient[at]));
    size += std::abs(slope);
  }
  CHECK(distance <
        0.01 * size);  // rows may cross the clip within a step; the test against autograd is the sharp one
  CHECK(size > 1);
}

TEST_CASE("rows with one legal action teach the critic only", "[learning]") {
  PpoData data = learning_test::ppo_data(40, 6, 5);
  std::fill(data.masks.begin(), data.masks.end(), std::uint8_t{0});
  for (std::size_t row = 0; row < 40; ++row) {
    data.masks[row * 5] = 1;
    data.taken[row] = 0;
  }
  const ActorCriticShape shape = learning_test::actor_critic_shape(6, 5);
  CpuActorCritic networks(shape, learning_test::actor_critic_parameters(shape));
  std::vector<std::int32_t> all(40);
  std::iota(all.begin(), all.end(), 0);
  networks.accumulate(data.samples(), all, {});
  const std::size_t actor_end = Mlp(shape.actor).end_parameter();
  double actor = 0, critic = 0;
  for (std::size_t i = 0; i < networks.gradient().size(); ++i)
    (i < actor_end ? actor : critic) += std::abs(static_cast<double>(networks.gradient()[i]));
  CHECK(actor == 0);
  CHECK(critic > 0);
}
