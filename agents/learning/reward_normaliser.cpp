#include "agents/learning/reward_normaliser.h"

#include <cmath>

namespace restock::learning {

RewardNormaliser::RewardNormaliser(std::size_t entities, std::int64_t settling_rewards)
    : scales_(entities), settling_rewards_(settling_rewards) {}

// Welford 1962.
void RewardNormaliser::observe(std::span<const double> rewards, std::span<const std::uint8_t> restarted) {
  for (std::size_t row = 0; row < rewards.size(); ++row) {
    if (!restarted.empty() && restarted[row / scales_.size()] != 0) continue;
    Scale& scale = scales_[row % scales_.size()];
    if (scale.count >= settling_rewards_) continue;
    const double before = rewards[row] - scale.mean;
    ++scale.count;
    scale.mean += before / static_cast<double>(scale.count);
    scale.squares += before * (rewards[row] - scale.mean);
  }
  for (Scale& scale : scales_) {
    const double deviation =
        std::sqrt(scale.squares / static_cast<double>(scale.count > 0 ? scale.count : 1));
    scale.factor = deviation > 1e-12 ? 1.0 / deviation : 1.0;
  }
}

void RewardNormaliser::save(ByteWriter& writer) const {
  writer.section("reward normaliser");
  writer.values(std::span<const Scale>(scales_));
}

void RewardNormaliser::load(ByteReader& reader) {
  reader.section("reward normaliser");
  reader.values(std::span<Scale>(scales_));
}

}  // namespace restock::learning
