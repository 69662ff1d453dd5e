#include "agents/learning/masked_softmax.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <limits>

namespace restock::learning {

namespace {

using RowValues = Eigen::Map<Eigen::ArrayXf>;

/// z minus its largest legal value; illegal where masked. So exp never overflows.
void shift_row(const float* logits, const std::uint8_t* mask, int actions, int stride, float* shifted) {
  float largest = -std::numeric_limits<float>::infinity();
  for (int j = 0; j < actions; ++j) largest = mask[j] != 0 ? std::max(largest, logits[j]) : largest;
  for (int j = 0; j < actions; ++j) shifted[j] = mask[j] != 0 ? logits[j] - largest : kIllegalLogProbability;
  for (int j = actions; j < stride; ++j) shifted[j] = kIllegalLogProbability;
}

}  // namespace

void masked_log_softmax(const float* logits, const std::uint8_t* masks, int rows, int actions, int stride,
                        float* log_probabilities) {
  for (int row = 0; row < rows; ++row) {
    float* out = log_probabilities + static_cast<std::ptrdiff_t>(row) * stride;
    shift_row(logits + static_cast<std::ptrdiff_t>(row) * stride,
              masks + static_cast<std::ptrdiff_t>(row) * actions, actions, stride, out);
    const RowValues z(out, stride);
    const float log_sum = std::log(z.exp().sum());
    for (int j = 0; j < actions; ++j) out[j] = out[j] > kIllegalLogProbability ? out[j] - log_sum : out[j];
  }
}

int sample_action(const float* log_probabilities, int actions, double uniform) {
  auto left = static_cast<float>(uniform);
  int last_legal = 0;
  for (int j = 0; j < actions; ++j) {
    if (log_probabilities[j] <= kIllegalLogProbability) continue;
    last_legal = j;
    left -= std::exp(log_probabilities[j]);
    if (left < 0.0F) return j;
  }
  return last_legal;
}

int best_action(const float* values, const std::uint8_t* mask, int actions) {
  int best = -1;
  for (int j = 0; j < actions; ++j) {
    if (mask[j] != 0 && (best < 0 || values[j] > values[best])) best = j;
  }
  return std::max(best, 0);
}

int count_legal(const std::uint8_t* mask, int actions) {
  int count = 0;
  for (int j = 0; j < actions; ++j) count += mask[j] != 0 ? 1 : 0;
  return count;
}

}  // namespace restock::learning
