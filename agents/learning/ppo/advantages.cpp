#include "agents/learning/ppo/advantages.h"

namespace restock::learning {

void estimate_advantages(const RolloutValues& rollout, float discount, float lambda,
                         std::span<float> advantages, std::span<float> value_targets) {
  const std::size_t rows = rollout.rows;
  const std::size_t total = rollout.rewards.size();
  for (std::size_t first = total; first > 0;) {
    first -= rows;
    const bool last_step = first + rows == total;
    for (std::size_t row = 0; row < rows; ++row) {
      const std::size_t i = first + row;
      const bool ended = rollout.ended[i] != 0;
      const float following = last_step ? rollout.last_values[row] : rollout.values[i + rows];
      const float next_value = ended ? rollout.final_values[i] : following;
      const float next_advantage = ended || last_step ? 0.0F : advantages[i + rows];
      const float surprise = rollout.rewards[i] + discount * next_value - rollout.values[i];
      advantages[i] = surprise + discount * lambda * next_advantage;
      value_targets[i] = advantages[i] + rollout.values[i];
    }
  }
}

}  // namespace restock::learning
