// Generalised advantage estimation (Schulman et al. 2016, equation 16) over a rollout of many rows:
//   δ_t = r_t + γ V(s_{t+1}) − V(s_t),   A_t = δ_t + γ λ A_{t+1}
// Where an episode ended after step t, V(s_{t+1}) is the value of its final observation (truncation) or 0
// (termination), and A_{t+1}, which belongs to the next episode, is left out.
#pragma once

#include <cstdint>
#include <span>

namespace restock::learning {

/// All arrays [steps × rows], time first, but last_values[rows].
struct RolloutValues {
  std::size_t rows = 0;
  std::span<const float> rewards;
  std::span<const float> values;
  /// 1 where the row's episode ended after the step.
  std::span<const std::uint8_t> ended;
  /// Read where ended: V of the final observation, or 0 after a termination.
  std::span<const float> final_values;
  /// V of what the rows see after the last step.
  std::span<const float> last_values;
};

/// Writes advantages and value targets (advantage + value) [steps × rows].
void estimate_advantages(const RolloutValues& rollout, float discount, float lambda,
                         std::span<float> advantages, std::span<float> value_targets);

}  // namespace restock::learning
