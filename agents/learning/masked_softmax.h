// The law of an action, softmax over the legal ones: log p_j = z_j − log Σ_legal exp z_k. Illegal actions
// have probability 0 and log-probability kIllegalLogProbability (finite, so that products with 0 stay 0).
#pragma once

#include <cstdint>

namespace restock::learning {

inline constexpr float kIllegalLogProbability = -1e30F;

/// logits and log_probabilities: [rows × stride], columns from `actions` on are ignored and written as
/// illegal. masks: [rows × actions], 1 where legal; at least one legal action a row. The two may be the same
/// array.
void masked_log_softmax(const float* logits, const std::uint8_t* masks, int rows, int actions, int stride,
                        float* log_probabilities);

/// The legal action whose share of [0, 1) holds `uniform`.
int sample_action(const float* log_probabilities, int actions, double uniform);

/// The legal action with the largest value, the first of equals; 0 where none is legal.
int best_action(const float* values, const std::uint8_t* mask, int actions);

/// Number of legal actions.
int count_legal(const std::uint8_t* mask, int actions);

}  // namespace restock::learning
