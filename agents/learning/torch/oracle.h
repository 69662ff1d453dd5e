// LibTorch's autograd as the judge of hand-written gradients: the same losses, written down once more as
// tensor expressions in double precision.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "agents/learning/backend.h"

namespace restock::learning {

/// Gradient of PPO's loss over the minibatch `indices`, laid out as the parameters.
std::vector<double> ppo_gradient_by_autograd(const ActorCriticShape& shape, std::span<const float> parameters,
                                             const PpoSamples& samples, std::span<const std::int32_t> indices,
                                             const PpoLossOptions& options);

/// Gradient of the temporal difference loss of all samples; the target network has the same parameters.
std::vector<double> dqn_gradient_by_autograd(const MlpShape& shape, bool dueling,
                                             std::span<const float> parameters, const DqnSamples& samples,
                                             const DqnLossOptions& options);

}  // namespace restock::learning
