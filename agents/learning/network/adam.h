// Adam (Kingma and Ba 2015, algorithm 1) on one flat vector, after clipping the gradient's global norm
// (Pascanu, Mikolov and Bengio 2013).
#pragma once

#include <cstdint>
#include <span>

#include "agents/learning/bytes.h"
#include "agents/learning/network/aligned.h"

namespace restock::learning {

class Adam {
 public:
  explicit Adam(std::size_t parameters);

  /// Moves the parameters against the gradient, whose norm is first scaled down to at most `maximum_norm`,
  /// and sets the gradient to zero. Returns the norm before clipping. Nothing moves where the norm is no
  /// finite number.
  float step(std::span<float> parameters, std::span<float> gradient, float learning_rate, float maximum_norm);

  /// Steps that have moved the parameters.
  std::int64_t steps() const noexcept { return steps_; }
  void save(ByteWriter& writer) const;
  void load(ByteReader& reader);

 private:
  AlignedFloats first_moment_;
  AlignedFloats second_moment_;
  std::int64_t steps_ = 0;
};

/// The constants of the algorithm, shared with the LibTorch learners.
inline constexpr double kAdamBeta1 = 0.9;
inline constexpr double kAdamBeta2 = 0.999;
inline constexpr float kAdamEpsilon = 1e-5F;  ///< as PPO's reference implementation has it

}  // namespace restock::learning
