// The loss of deep Q-learning: mean ℓ(Q(s, a) − y), with double targets (van Hasselt, Guez and Silver 2016,
// equation 4)
//   y = R + γⁿ Q'(s', argmax over legal a' of Q(s', a'))
// and dueling heads (Wang et al. 2016, equation 9): Q(s, a) = V(s) + A(s, a) − mean A(s, ·).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace restock::learning {

/// ℓ(δ): squared ½ δ²; Huber ½ δ² where |δ| <= κ, else κ (|δ| − ½ κ).
enum class TemporalDifferenceLoss { squared, huber };
std::span<const std::string_view> names_of(TemporalDifferenceLoss);

struct DqnLossOptions {
  TemporalDifferenceLoss kind = TemporalDifferenceLoss::squared;
  float huber_limit = 1.0F;  ///< κ
  bool double_targets =
      true;  ///< the online network chooses the next action; otherwise the target network does
};

/// Turns a head's outputs [rows × stride] into values: column j < actions holds A(s, j), column `actions`
/// V(s). In place.
void combine_dueling(float* head, int rows, int actions, int stride);

/// Targets of `rows` transitions. next_online is read where targets are double; both [rows × stride] hold
/// values.
void dqn_targets(const float* next_online, const float* next_target, const std::uint8_t* next_masks, int rows,
                 int actions, int stride, bool double_targets, const float* returns,
                 const float* bootstrap_discounts, float* targets);

/// Sum over the rows of share · ℓ. head_gradient [rows × stride] becomes its derivative with respect to the
/// head's outputs.
double dqn_loss(const float* values, const std::int32_t* taken, const float* targets, int rows, int actions,
                int stride, bool dueling, const DqnLossOptions& options, float share, float* head_gradient);

}  // namespace restock::learning
