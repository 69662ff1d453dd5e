// Deep Q-learning (Mnih et al. 2015) over many rows at once: double, dueling, n-step, soft target updates.
#pragma once

#include <memory>
#include <vector>

#include "agents/learning/agent.h"
#include "agents/learning/dqn/config.h"
#include "agents/learning/dqn/exploration.h"
#include "agents/learning/dqn/n_step.h"
#include "agents/learning/dqn/replay.h"
#include "agents/learning/network/aligned.h"
#include "agents/learning/reward_normaliser.h"

namespace restock::learning {

class DqnLearner final : public Learner {
 public:
  DqnLearner(const DqnConfig& config, const LearnerSetup& setup);

  bool finished() const override { return clock_.finished(); }
  Progress progress() const override { return clock_.progress(); }
  void advance(const LearningObserver& observer) override;
  PolicyNetwork policy_network() const override;
  void save(ByteWriter& writer) const override;
  void load(ByteReader& reader) override;

 private:
  /// One minibatch, gathered from the replay.
  struct Batch {
    AlignedFloats observations, next_observations;
    std::vector<std::uint8_t> next_masks;
    std::vector<std::int32_t> taken;
    std::vector<float> returns, bootstrap_discounts;
  };
  double collect();
  void choose_actions();
  void learn();
  void gather();
  void report(double reward_sum, const LearningObserver& observer);

  DqnConfig config_;
  ProgressClock clock_;
  Streams streams_;
  std::uint64_t seed_;
  MlpShape shape_;
  std::unique_ptr<QNetwork> network_;
  RewardNormaliser normaliser_;
  NStepCollector collector_;
  ReplayBuffer replay_;
  Batch batch_;
  AlignedFloats preferences_;
  std::vector<std::int32_t> actions_;
  std::vector<float> discount_powers_;  ///< γᵏ, k = 0 … return_steps
  std::int64_t time_ = 0;     ///< steps of the vector of environments so far; names exploration's draws
  std::int64_t updates_ = 0;  ///< so far; names the draws of minibatches
};

/// The registry's entry.
std::unique_ptr<Agent> make_dqn_agent();

}  // namespace restock::learning
