#include "agents/learning/ppo/loss.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "agents/learning/masked_softmax.h"

namespace restock::learning {

namespace {

using RowValues = Eigen::Map<const Eigen::ArrayXf>;
using RowGradient = Eigen::Map<Eigen::ArrayXf>;

/// Gradient of the clipped surrogate with respect to log π(a), and its part of the sums.
float surrogate_gradient(const PpoLossRows& batch, const PpoLossOptions& options, int row,
                         float log_probability, PpoLossSums& sums) {
  const float log_ratio = log_probability - batch.old_log_probabilities[row];
  const float ratio = std::exp(log_ratio);
  const float advantage = batch.advantages[row];
  const float free = ratio * advantage;
  const float clipped = std::clamp(ratio, 1.0F - options.clip, 1.0F + options.clip) * advantage;
  const double share = batch.choice_share;
  sums.policy_loss -= share * static_cast<double>(std::min(free, clipped));
  sums.clipped_share += std::abs(ratio - 1.0F) > options.clip ? share : 0.0;
  sums.divergence += share * static_cast<double>(ratio - 1.0F - log_ratio);
  return free <= clipped ? -batch.choice_share * free : 0.0F;
}

void policy_row(const PpoLossRows& batch, const PpoLossOptions& options, int row,
                const float* log_probabilities, int stride, float* gradient, PpoLossSums& sums) {
  const int taken = batch.taken[row];
  const float surrogate = surrogate_gradient(batch, options, row, log_probabilities[taken], sums);
  const RowValues log_p(log_probabilities, stride);
  RowGradient g(gradient, stride);
  g = log_p.exp();
  for (int j = 0; j < stride; ++j)
    gradient[j] = log_probabilities[j] > kIllegalLogProbability ? gradient[j] : 0.0F;
  const float entropy = -(g * log_p).sum();
  sums.entropy += static_cast<double>(batch.choice_share * entropy);
  const float weight = options.entropy_weight * batch.choice_share;
  g *= weight * (log_p + entropy) - surrogate;
  gradient[taken] += surrogate;
}

void value_row(const PpoLossRows& batch, const PpoLossOptions& options, int row, float value, float* gradient,
               int stride, PpoLossSums& sums) {
  const float error = value - batch.value_targets[row];
  sums.value_loss += 0.5 * static_cast<double>(batch.row_share * error * error);
  std::fill_n(gradient, stride, 0.0F);
  gradient[0] = options.value_weight * batch.row_share * error;
}

}  // namespace

PpoLossSums ppo_loss(const PpoLossRows& batch, const PpoLossOptions& options, float* logits, int stride,
                     const float* values, int value_stride, float* logit_gradient, float* value_gradient) {
  PpoLossSums sums;
  masked_log_softmax(logits, batch.masks, batch.rows, batch.actions, stride, logits);
  for (int row = 0; row < batch.rows; ++row) {
    const std::ptrdiff_t offset = static_cast<std::ptrdiff_t>(row) * stride;
    if (count_legal(batch.masks + static_cast<std::ptrdiff_t>(row) * batch.actions, batch.actions) > 1) {
      policy_row(batch, options, row, logits + offset, stride, logit_gradient + offset, sums);
    } else {
      std::fill_n(logit_gradient + offset, stride, 0.0F);
    }
    const std::ptrdiff_t value_offset = static_cast<std::ptrdiff_t>(row) * value_stride;
    value_row(batch, options, row, values[value_offset], value_gradient + value_offset, value_stride, sums);
  }
  return sums;
}

}  // namespace restock::learning
