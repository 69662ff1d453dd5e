// The weights of a policy's network as weights.safetensors: layer_0.weights [inputs × outputs],
// layer_0.biases [outputs], …
#pragma once

#include <string>
#include <vector>

#include "agents/learning/policy_network.h"

namespace restock::bundle {

std::string weights_bytes(const learning::PolicyNetwork& network);
/// widths: inputs, hidden layers, actions. Throws InputError where the bytes hold anything else than such a
/// network.
learning::PolicyNetwork read_weights(std::string_view bytes, const std::vector<int>& widths,
                                     learning::Activation activation, const std::string& file);

}  // namespace restock::bundle
