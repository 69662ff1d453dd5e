// Rewards on a scale that suits every network: (reward − running mean) / running deviation, for each entity
// (row of an environment) on its own, because SKUs differ in money by orders of magnitude. Subtracting a
// constant a period changes no policy of a process that goes on; dividing by one does not either.
//
// Mean and deviation are those of all rewards since the start, and stand still once `settling_rewards` of an
// entity have been seen, so that values do not drift while they are learned.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "agents/learning/bytes.h"

namespace restock::learning {

class RewardNormaliser {
 public:
  RewardNormaliser(std::size_t entities, std::int64_t settling_rewards);

  /// rewards[rows]; row r belongs to entity r mod entities. Rows of environments that have only been
  /// restarted (restarted[environments], or empty) have earned nothing and do not count.
  void observe(std::span<const double> rewards, std::span<const std::uint8_t> restarted = {});
  /// Of one reward of an entity.
  float normalised(double reward, std::size_t entity) const noexcept {
    return static_cast<float>((reward - scales_[entity].mean) * scales_[entity].factor);
  }
  /// Of a sum of rewards with the given sum of weights (Σ γᵏ).
  float normalised_sum(double reward_sum, double weight_sum, std::size_t entity) const noexcept {
    return static_cast<float>((reward_sum - weight_sum * scales_[entity].mean) * scales_[entity].factor);
  }
  double mean(std::size_t entity) const noexcept { return scales_[entity].mean; }
  double deviation(std::size_t entity) const noexcept { return 1.0 / scales_[entity].factor; }

  void save(ByteWriter& writer) const;
  void load(ByteReader& reader);

 private:
  struct Scale {
    std::int64_t count = 0;
    double mean = 0;
    double squares = 0;  ///< Σ (reward − mean)²
    double factor = 1;   ///< 1 / deviation
  };
  std::vector<Scale> scales_;
  std::int64_t settling_rewards_;
};

}  // namespace restock::learning
