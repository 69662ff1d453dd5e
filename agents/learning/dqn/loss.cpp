#include "agents/learning/dqn/loss.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "agents/learning/masked_softmax.h"

namespace restock::learning {

std::span<const std::string_view> names_of(TemporalDifferenceLoss) {
  static constexpr std::array<std::string_view, 2> names{"squared", "huber"};
  return names;
}

namespace {

double loss_of(float error, const DqnLossOptions& options) {
  const double size = std::abs(static_cast<double>(error));
  const double limit = options.huber_limit;
  if (options.kind == TemporalDifferenceLoss::squared || size <= limit) return 0.5 * size * size;
  return limit * (size - 0.5 * limit);
}

float derivative_of(float error, const DqnLossOptions& options) {
  if (options.kind == TemporalDifferenceLoss::squared) return error;
  return std::clamp(error, -options.huber_limit, options.huber_limit);
}

}  // namespace

void combine_dueling(float* head, int rows, int actions, int stride) {
  for (int row = 0; row < rows; ++row) {
    float* outputs = head + static_cast<std::ptrdiff_t>(row) * stride;
    float sum = 0;
    for (int j = 0; j < actions; ++j) sum += outputs[j];
    const float shift = outputs[actions] - sum / static_cast<float>(actions);
    for (int j = 0; j < actions; ++j) outputs[j] += shift;
  }
}

void dqn_targets(const float* next_online, const float* next_target, const std::uint8_t* next_masks, int rows,
                 int actions, int stride, bool double_targets, const float* returns,
                 const float* bootstrap_discounts, float* targets) {
  const float* chooser = double_targets ? next_online : next_target;
  for (int row = 0; row < rows; ++row) {
    const std::ptrdiff_t offset = static_cast<std::ptrdiff_t>(row) * stride;
    const int next =
        best_action(chooser + offset, next_masks + static_cast<std::ptrdiff_t>(row) * actions, actions);
    targets[row] = returns[row] + bootstrap_discounts[row] * next_target[offset + next];
  }
}

double dqn_loss(const float* values, const std::int32_t* taken, const float* targets, int rows, int actions,
                int stride, bool dueling, const DqnLossOptions& options, float share, float* head_gradient) {
  double loss = 0;
  for (int row = 0; row < rows; ++row) {
    const std::ptrdiff_t offset = static_cast<std::ptrdiff_t>(row) * stride;
    const float error = values[offset + taken[row]] - targets[row];
    const float slope = share * derivative_of(error, options);
    loss += static_cast<double>(share) * loss_of(error, options);
    float* gradient = head_gradient + offset;
    std::fill_n(gradient, stride, 0.0F);
    if (dueling) {
      std::fill_n(gradient, actions, -slope / static_cast<float>(actions));
      gradient[actions] = slope;
    }
    gradient[taken[row]] += slope;
  }
  return loss;
}

}  // namespace restock::learning
