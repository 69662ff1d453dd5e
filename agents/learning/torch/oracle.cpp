#include "agents/learning/torch/oracle.h"

#include <algorithm>

#include "agents/learning/torch/tensors.h"

namespace restock::learning {

namespace {

const at::Device kCpu(at::kCPU);

at::Tensor in_double(const at::Tensor& tensor) {
  return tensor.to(at::kDouble);
}

at::Tensor double_parameters(std::span<const float> parameters) {
  const auto count = static_cast<std::int64_t>(parameters.size());
  at::Tensor flat = in_double(tensors::to_device(parameters, {count}, kCpu));
  flat.set_requires_grad(true);
  return flat;
}

std::vector<double> gradient_of(const at::Tensor& loss, const at::Tensor& parameters) {
  loss.backward();
  const at::Tensor gradient = parameters.grad().contiguous();
  const double* first = gradient.data_ptr<double>();
  return {first, first + gradient.numel()};
}

}  // namespace

std::vector<double> ppo_gradient_by_autograd(const ActorCriticShape& shape, std::span<const float> parameters,
                                             const PpoSamples& samples, std::span<const std::int32_t> indices,
                                             const PpoLossOptions& options) {
  const Mlp actor(shape.actor);
  const Mlp critic(shape.critic, actor.end_parameter());
  const at::Tensor flat = double_parameters(parameters);
  const auto count = static_cast<std::int64_t>(indices.size());
  auto batch =
      tensors::PpoTensors::upload(samples, shape, kCpu).select(tensors::to_device(indices, {count}, kCpu));
  for (at::Tensor* part :
       {&batch.observations, &batch.old_log_probabilities, &batch.advantages, &batch.value_targets}) {
    *part = in_double(*part);
  }
  const at::Tensor logits = tensors::forward(actor, flat, batch.observations);
  const at::Tensor values = tensors::forward(critic, flat, batch.observations).flatten();
  return gradient_of(tensors::ppo_loss(logits, values, batch, options).loss, flat);
}

std::vector<double> dqn_gradient_by_autograd(const MlpShape& shape, bool dueling,
                                             std::span<const float> parameters, const DqnSamples& samples,
                                             const DqnLossOptions& options) {
  const Mlp mlp(shape);
  const at::Tensor flat = double_parameters(parameters);
  auto batch = tensors::DqnTensors::upload(samples, shape, shape.outputs - (dueling ? 1 : 0), kCpu);
  for (at::Tensor* part :
       {&batch.observations, &batch.returns, &batch.bootstrap_discounts, &batch.next_observations}) {
    *part = in_double(*part);
  }
  return gradient_of(tensors::dqn_loss(mlp, dueling, flat, flat.detach(), batch, options).loss, flat);
}

}  // namespace restock::learning
