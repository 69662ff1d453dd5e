// Where a learner's networks live and are trained: on the CPU by our own code, or through LibTorch on a
// device. The algorithm is the same; a backend does what touches weights. Calls are few and large (a whole
// vector of environments, an epoch, a minibatch), so that their being virtual costs nothing.
//
// All backends keep parameters in one flat vector of the same layout (network/mlp.h), so that checkpoints and
// policies move freely between them.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "agents/learning/bytes.h"
#include "agents/learning/dqn/loss.h"
#include "agents/learning/network/mlp.h"
#include "agents/learning/ppo/loss.h"

namespace restock::learning {

/// How parameters move.
struct OptimiserStep {
  float learning_rate = 0;
  float maximum_gradient_norm = 0;
};

/// Samples of a rollout, one entry each; observations[count × inputs], masks[count × actions].
struct PpoSamples {
  std::span<const float> observations;
  std::span<const std::uint8_t> masks;
  std::span<const std::int32_t> taken;
  std::span<const float> old_log_probabilities;
  std::span<const float> advantages;
  std::span<const float> value_targets;
};

/// Means over the minibatches of an epoch.
struct PpoStatistics {
  double policy_loss = 0, value_loss = 0, entropy = 0, clipped_share = 0, divergence = 0, gradient_norm = 0;
};

/// The shapes of an actor (one output an action) and of a separate critic (one output).
struct ActorCriticShape {
  MlpShape actor;
  MlpShape critic;
};

/// Actor and critic with their optimiser. Parameters: the actor's, then the critic's.
class ActorCritic {
 public:
  virtual ~ActorCritic() = default;
  /// logits[rows × padded(actions)], values[rows].
  virtual void evaluate(std::span<const float> observations, std::span<float> logits,
                        std::span<float> values) = 0;
  /// values[rows].
  virtual void evaluate_values(std::span<const float> observations, std::span<float> values) = 0;
  /// One pass over the samples in the given order, in minibatches (the last may be smaller). Advantages are
  /// normalised in each.
  virtual PpoStatistics learn(const PpoSamples& samples, std::span<const std::int32_t> order, int minibatch,
                              const PpoLossOptions& loss, const OptimiserStep& step) = 0;
  virtual void copy_parameters(std::vector<float>& parameters) const = 0;
  virtual void save(ByteWriter& writer) const = 0;
  virtual void load(ByteReader& reader) = 0;
};

/// Transitions, one entry each. `next` is where the n-step return bootstraps from.
struct DqnSamples {
  std::span<const float> observations;
  std::span<const std::int32_t> taken;
  std::span<const float> returns;
  std::span<const float> bootstrap_discounts;  ///< γⁿ; 0 after a termination
  std::span<const float> next_observations;
  std::span<const std::uint8_t> next_masks;
};

/// How fast the two followers of the online network move in each update: x ← x + rate · (online − x).
struct FollowerRates {
  float target = 0;   ///< of the network that values the next state
  float average = 1;  ///< of the network that decides, once trained; 1: the online network itself
};

/// Means over updates.
struct DqnStatistics {
  double loss = 0, mean_value = 0, gradient_norm = 0;
};

/// Online network with its optimiser, the target network, and the average over time that is handed out as the
/// policy.
class QNetwork {
 public:
  virtual ~QNetwork() = default;
  /// Whatever orders the actions as their values do [rows × padded(outputs)]: values, or advantages of a
  /// dueling network.
  virtual void evaluate(std::span<const float> observations, std::span<float> preferences) = 0;
  /// One step down the loss of these samples; then the followers move.
  virtual void learn(const DqnSamples& samples, const DqnLossOptions& loss, const OptimiserStep& step,
                     const FollowerRates& rates) = 0;
  /// Of the updates since the last call; apart from learn() so that a device need not be waited for.
  virtual DqnStatistics take_statistics() = 0;
  virtual void copy_average_parameters(std::vector<float>& parameters) const = 0;
  virtual void save(ByteWriter& writer) const = 0;
  virtual void load(ByteReader& reader) = 0;
};

class Backend {
 public:
  virtual ~Backend() = default;
  virtual std::string device() const = 0;
  virtual std::unique_ptr<ActorCritic> make_actor_critic(const ActorCriticShape& shape,
                                                         std::span<const float> parameters) const = 0;
  virtual std::unique_ptr<QNetwork> make_q_network(const MlpShape& shape, bool dueling,
                                                   std::span<const float> parameters) const = 0;
};

/// Our own networks, one thread.
const Backend& cpu_backend();

}  // namespace restock::learning
