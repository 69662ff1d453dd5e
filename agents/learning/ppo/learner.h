// Proximal policy optimisation (Schulman et al. 2017) over many rows at once, with a separate critic.
#pragma once

#include <memory>
#include <vector>

#include "agents/learning/agent.h"
#include "agents/learning/network/aligned.h"
#include "agents/learning/ppo/config.h"
#include "agents/learning/reward_normaliser.h"

namespace restock::learning {

class PpoLearner final : public Learner {
 public:
  PpoLearner(const PpoConfig& config, const LearnerSetup& setup);

  bool finished() const override { return clock_.finished(); }
  Progress progress() const override { return clock_.progress(); }
  void advance(const LearningObserver& observer) override;
  PolicyNetwork policy_network() const override;
  void save(ByteWriter& writer) const override;
  void load(ByteReader& reader) override;

 private:
  /// What one round saw and did, [rollout_length × rows], time first.
  struct Rollout {
    AlignedFloats observations;
    /// restarted: the step has only started an episode (next-step autoreset); no sample to learn from.
    std::vector<std::uint8_t> masks, ended, restarted;
    std::vector<std::int32_t> taken;
    std::vector<float> log_probabilities, values, rewards, final_values, advantages, value_targets;
  };
  void collect();
  void act(std::size_t first);
  void record_outcome(std::size_t first);
  void record_ends(std::size_t first);
  void estimate();
  PpoStatistics learn();
  void shuffle();

  PpoConfig config_;
  ProgressClock clock_;
  Streams streams_;
  std::uint64_t seed_;
  ActorCriticShape shape_;
  std::unique_ptr<ActorCritic> networks_;
  RewardNormaliser normaliser_;
  Rollout rollout_;
  AlignedFloats logits_;
  std::vector<float> scratch_values_;
  std::vector<std::int32_t> order_;
  std::int64_t time_ = 0;    ///< steps of the vector of environments so far; names exploration's draws
  std::int64_t epochs_ = 0;  ///< so far; names the draws of minibatches
};

/// The registry's entry.
std::unique_ptr<Agent> make_ppo_agent();

}  // namespace restock::learning
