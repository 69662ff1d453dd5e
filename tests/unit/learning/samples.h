// Made-up minibatches and networks for tests of losses and gradients, shared with the tests against autograd.
#pragma once

#include <cmath>
#include <vector>

#include "agents/learning/backend.h"
#include "agents/learning/network/initialisation.h"
#include "env/core/keyed_random.h"

namespace restock::learning_test {

using namespace restock::learning;

struct PpoData {
  int actions = 0;
  AlignedFloats observations;
  std::vector<std::uint8_t> masks;
  std::vector<std::int32_t> taken;
  std::vector<float> old_log_probabilities, advantages, value_targets;

  PpoSamples samples() const {
    return {observations, masks, taken, old_log_probabilities, advantages, value_targets};
  }
};

inline float symmetric(const Stream& draws, std::size_t row, std::uint64_t k) {
  return static_cast<float>(2 * draws.uniform(static_cast<std::int64_t>(row), k) - 1);
}

/// About a third of the actions illegal; in every seventh row all but one.
inline std::vector<std::uint8_t> some_masks(std::size_t rows, int actions, std::uint64_t seed) {
  const Stream draws({seed, Split::train, 0}, Purpose::minibatch, 3);
  const auto n = static_cast<std::size_t>(actions);
  std::vector<std::uint8_t> masks(rows * n);
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t j = 0; j < n; ++j)
      masks[row * n + j] = row % 7 != 3 && draws.uniform(static_cast<std::int64_t>(row), j) < 0.67;
    masks[row * n + draws.below(n, static_cast<std::int64_t>(row), 999)] = 1;
  }
  return masks;
}

inline PpoData ppo_data(std::size_t rows, int inputs, int actions) {
  const Stream draws({4, Split::train, 0}, Purpose::minibatch, 1);
  PpoData data{actions,
               AlignedFloats(rows * static_cast<std::size_t>(inputs)),
               some_masks(rows, actions, 4),
               {},
               {},
               {},
               {}};
  for (std::size_t i = 0; i < data.observations.size(); ++i) data.observations[i] = symmetric(draws, i, 0);
  for (std::size_t row = 0; row < rows; ++row) {
    std::int32_t taken = static_cast<std::int32_t>(
        draws.below(static_cast<std::uint64_t>(actions), static_cast<std::int64_t>(row), 1));
    while (data.masks[row * static_cast<std::size_t>(actions) + static_cast<std::size_t>(taken)] == 0)
      taken = (taken + 1) % actions;
    data.taken.push_back(taken);
    data.old_log_probabilities.push_back(-1.2F + 0.5F * symmetric(draws, row, 2));
    data.advantages.push_back(0.3F + 2 * symmetric(draws, row, 3));
    data.value_targets.push_back(1.5F * symmetric(draws, row, 4));
  }
  return data;
}

inline ActorCriticShape actor_critic_shape(int inputs, int actions) {
  return {{inputs, {24, 16}, actions, Activation::tanh}, {inputs, {24, 16}, 1, Activation::tanh}};
}

inline AlignedFloats actor_critic_parameters(const ActorCriticShape& shape) {
  const Mlp actor(shape.actor);
  const Mlp critic(shape.critic, actor.end_parameter());
  AlignedFloats parameters(critic.end_parameter(), 0.0F);
  initialise_orthogonal(actor, 1, 0, 1.4F, 0.8F, parameters);
  initialise_orthogonal(critic, 1, 1, 1.4F, 1.0F, parameters);
  return parameters;
}

struct DqnData {
  AlignedFloats observations, next_observations;
  std::vector<std::int32_t> taken;
  std::vector<float> returns, bootstrap_discounts;
  std::vector<std::uint8_t> next_masks;

  DqnSamples samples() const {
    return {observations, taken, returns, bootstrap_discounts, next_observations, next_masks};
  }
};

inline DqnData dqn_data(std::size_t rows, int inputs, int actions) {
  const Stream draws({6, Split::train, 0}, Purpose::minibatch, 2);
  const std::size_t floats = rows * static_cast<std::size_t>(inputs);
  DqnData data{AlignedFloats(floats), AlignedFloats(floats), {}, {}, {}, some_masks(rows, actions, 6)};
  for (std::size_t i = 0; i < floats; ++i) {
    data.observations[i] = symmetric(draws, i, 0);
    data.next_observations[i] = symmetric(draws, i, 1);
  }
  for (std::size_t row = 0; row < rows; ++row) {
    const auto at = static_cast<std::int64_t>(row);
    data.taken.push_back(static_cast<std::int32_t>(draws.below(static_cast<std::uint64_t>(actions), at, 2)));
    data.returns.push_back(2 * symmetric(draws, row, 3));
    data.bootstrap_discounts.push_back(row % 5 == 0 ? 0.0F : 0.9F);
  }
  return data;
}

inline AlignedFloats network_parameters(const MlpShape& shape, std::uint64_t seed) {
  const Mlp mlp(shape);
  AlignedFloats parameters(mlp.end_parameter(), 0.0F);
  initialise_orthogonal(mlp, seed, 0, 1.4F, 0.9F, parameters);
  return parameters;
}

}  // namespace restock::learning_test
