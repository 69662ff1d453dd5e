// A trained network as it decides: of the legal actions the one with the largest output. What the outputs
// mean besides (log-odds, advantages) plays no part in that. Plain data: it can be copied, saved and
// exported.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "agents/learning/bytes.h"
#include "agents/learning/network/mlp.h"

namespace restock::learning {

/// One layer without padding: outputs = f(inputs · weights + biases).
struct PlainLayer {
  int inputs = 0;
  int outputs = 0;
  std::vector<float> weights;  ///< [inputs × outputs]
  std::vector<float> biases;   ///< [outputs]
};

class PolicyNetwork {
 public:
  /// The first `actions` outputs of the network stand for the actions. parameters: laid out as Mlp(shape).
  PolicyNetwork(const MlpShape& shape, int actions, std::span<const float> parameters);
  /// From layers as an export holds them; inputs of each layer are the outputs of the one before.
  PolicyNetwork(const std::vector<PlainLayer>& layers, Activation activation);

  int inputs() const noexcept { return mlp_.shape().inputs; }
  int actions() const noexcept { return actions_; }
  Activation activation() const noexcept { return mlp_.shape().activation; }
  /// The layers an export writes; the last one has one output an action.
  std::vector<PlainLayer> layers() const;

  /// The network that gives for x what this one gives for (x − shift) · factor, one of each an input.
  PolicyNetwork with_scaled_inputs(std::span<const float> shift, std::span<const float> factor) const;

  /// outputs[rows × actions] of observations[rows × inputs]. Thread-safe.
  void outputs(std::span<const float> observations, std::span<float> outputs) const;
  /// Best legal action of each row. masks[rows × actions], chosen[rows]. Thread-safe.
  void decide(std::span<const float> observations, std::span<const std::uint8_t> masks,
              std::span<std::int32_t> chosen) const;

  void save(ByteWriter& writer) const;
  static PolicyNetwork load(ByteReader& reader);

 private:
  template <class Use>
  void for_each_chunk(std::span<const float> observations, const Use& use) const;

  Mlp mlp_;
  int actions_;
  AlignedFloats parameters_;
};

}  // namespace restock::learning
