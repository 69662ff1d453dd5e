// The loss of proximal policy optimisation (Schulman et al. 2017, equations 7 and 9), to be minimised:
//   −mean min(ρ A, clip(ρ, 1−ε, 1+ε) A) − c_H mean H(π) + c_V ½ mean (V − R)²,   ρ = π(a)/π_old(a)
// The first two means run over rows with a choice (two legal actions or more), the last over all rows.
#pragma once

#include <cstdint>

namespace restock::learning {

struct PpoLossOptions {
  float clip = 0.2F;             ///< ε
  float entropy_weight = 0.01F;  ///< c_H
  float value_weight = 0.5F;     ///< c_V
};

/// Part of a minibatch. Arrays of `rows` entries; masks[rows × actions].
struct PpoLossRows {
  int rows = 0;
  int actions = 0;
  const std::int32_t* taken = nullptr;
  const std::uint8_t* masks = nullptr;
  const float* old_log_probabilities = nullptr;
  const float* advantages = nullptr;
  const float* value_targets = nullptr;
  float choice_share = 0;  ///< 1 / rows with a choice in the whole minibatch; 0 where there are none
  float row_share = 0;     ///< 1 / rows in the whole minibatch
};

/// What these rows add to the minibatch's means.
struct PpoLossSums {
  double policy_loss = 0;
  double entropy = 0;
  double value_loss = 0;     ///< ½ mean (V − R)²
  double clipped_share = 0;  ///< share of rows whose ratio lies outside the clip range
  double divergence = 0;     ///< estimate of KL(π_old, π): mean (ρ − 1 − log ρ)
};

/// logits and logit_gradient [rows × stride]; values and value_gradient [rows × value_stride], used in column
/// 0 only. Padding columns of the gradients are written as 0. `logits` is overwritten by log-probabilities.
PpoLossSums ppo_loss(const PpoLossRows& batch, const PpoLossOptions& options, float* logits, int stride,
                     const float* values, int value_stride, float* logit_gradient, float* value_gradient);

}  // namespace restock::learning
