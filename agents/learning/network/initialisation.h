// First weights: orthogonal matrices (Saxe, McClelland and Ganguli 2014) from keyed draws, so that the same
// seed gives the same network with every compiler and on every device.
#pragma once

#include <cstdint>
#include <span>

#include "agents/learning/network/mlp.h"

namespace restock::learning {

/// Fills the network's weights with orthogonal matrices times the gain and its biases with 0. Layer k of
/// network `network` draws from its own stream.
void initialise_orthogonal(const Mlp& mlp, std::uint64_t seed, std::uint64_t network, float hidden_gain,
                           float output_gain, std::span<float> parameters);

}  // namespace restock::learning
