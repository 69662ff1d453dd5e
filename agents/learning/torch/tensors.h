// Networks, losses and Adam as tensor expressions over one flat parameter tensor, laid out as network/mlp.h
// says. Internal to this folder: it shows LibTorch's types.
#pragma once

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <span>

#include "agents/learning/backend.h"

namespace restock::learning::tensors {

/// The network's outputs [rows × outputs], without padding.
at::Tensor forward(const Mlp& mlp, const at::Tensor& parameters, const at::Tensor& inputs);

/// A host array as a tensor on `device`; a copy.
at::Tensor to_device(std::span<const float> values, at::IntArrayRef sizes, at::Device device);
at::Tensor to_device(std::span<const std::int32_t> values, at::IntArrayRef sizes,
                     at::Device device);  ///< as int64
at::Tensor to_device(std::span<const std::uint8_t> flags, at::IntArrayRef sizes,
                     at::Device device);  ///< as bool
void to_host(const at::Tensor& tensor, std::span<float> values);

/// A minibatch of PPO on the device, advantages not yet normalised.
struct PpoTensors {
  at::Tensor observations, masks, taken, old_log_probabilities, advantages, value_targets;

  static PpoTensors upload(const PpoSamples& samples, const ActorCriticShape& shape, at::Device device);
  PpoTensors select(const at::Tensor& indices) const;
};

/// The loss to minimise, and policy loss, value loss, entropy, share clipped and divergence in one tensor
/// [5].
struct PpoLoss {
  at::Tensor loss, statistics;
};
PpoLoss ppo_loss(const at::Tensor& logits, const at::Tensor& values, const PpoTensors& batch,
                 const PpoLossOptions& options);

/// Transitions on the device.
struct DqnTensors {
  at::Tensor observations, taken, returns, bootstrap_discounts, next_observations, next_masks;

  static DqnTensors upload(const DqnSamples& samples, const MlpShape& shape, int actions, at::Device device);
};

/// Values of actions [rows × actions].
at::Tensor action_values(const Mlp& mlp, bool dueling, const at::Tensor& parameters,
                         const at::Tensor& observations);

/// Loss, and loss and mean value in one tensor [2]. Target values carry no gradient.
struct DqnLoss {
  at::Tensor loss, statistics;
};
DqnLoss dqn_loss(const Mlp& mlp, bool dueling, const at::Tensor& online, const at::Tensor& target,
                 const DqnTensors& batch, const DqnLossOptions& options);

/// network/adam.h on the device: nothing in a step waits for the device.
class FlatAdam {
 public:
  explicit FlatAdam(const at::Tensor& parameters);
  /// Moves `parameters` along its gradient, which it sets to zero. Gives the gradient's norm, a tensor.
  at::Tensor step(at::Tensor& parameters, const OptimiserStep& step);
  void save(ByteWriter& writer) const;
  void load(ByteReader& reader);

 private:
  at::Tensor first_moment_, second_moment_;
  at::Tensor steps_;  ///< in double
};

/// Flat parameters that autograd follows.
at::Tensor make_parameters(std::span<const float> values, at::Device device);
void save_tensor(const at::Tensor& tensor, ByteWriter& writer);
void load_tensor(at::Tensor& tensor, ByteReader& reader);

}  // namespace restock::learning::tensors
