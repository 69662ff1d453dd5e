#include "agents/learning/torch/actor_critic.h"

#include <algorithm>
#include <array>

namespace restock::learning {

TorchActorCritic::TorchActorCritic(const ActorCriticShape& shape, std::span<const float> parameters,
                                   at::Device device)
    : device_(device),
      shape_(shape),
      actor_(shape.actor),
      critic_(shape.critic, actor_.end_parameter()),
      parameters_(tensors::make_parameters(parameters, device)),
      adam_(parameters_) {}

void TorchActorCritic::evaluate(std::span<const float> observations, std::span<float> logits,
                                std::span<float> values) {
  const at::NoGradGuard no_gradient;
  const auto rows = static_cast<std::int64_t>(values.size());
  const at::Tensor inputs = tensors::to_device(observations, {rows, shape_.actor.inputs}, device_);
  const at::Tensor found = tensors::forward(actor_, parameters_, inputs);
  const std::int64_t padding = actor_.padded_outputs() - shape_.actor.outputs;
  const at::Tensor both = at::cat({at::constant_pad_nd(found, {0, padding}).flatten(),
                                   tensors::forward(critic_, parameters_, inputs).flatten()});
  const at::Tensor host = both.to(at::kCPU).contiguous();
  const float* from = host.data_ptr<float>();
  std::copy_n(from, logits.size(), logits.data());
  std::copy_n(from + logits.size(), values.size(), values.data());
}

void TorchActorCritic::evaluate_values(std::span<const float> observations, std::span<float> values) {
  const at::NoGradGuard no_gradient;
  const auto rows = static_cast<std::int64_t>(values.size());
  const at::Tensor inputs = tensors::to_device(observations, {rows, shape_.critic.inputs}, device_);
  tensors::to_host(tensors::forward(critic_, parameters_, inputs).flatten(), values);
}

PpoStatistics TorchActorCritic::learn(const PpoSamples& samples, std::span<const std::int32_t> order,
                                      int minibatch, const PpoLossOptions& loss, const OptimiserStep& step) {
  const auto batch = tensors::PpoTensors::upload(samples, shape_, device_);
  const auto count = static_cast<std::int64_t>(order.size());
  const at::Tensor indices = tensors::to_device(order, {count}, device_);
  at::Tensor sums = at::zeros({6}, at::TensorOptions(at::kFloat).device(device_));
  std::int64_t minibatches = 0;
  for (std::int64_t first = 0; first < count; first += minibatch, ++minibatches) {
    const auto part =
        batch.select(indices.narrow(0, first, std::min<std::int64_t>(minibatch, count - first)));
    const at::Tensor logits = tensors::forward(actor_, parameters_, part.observations);
    const at::Tensor values = tensors::forward(critic_, parameters_, part.observations).flatten();
    const tensors::PpoLoss result = tensors::ppo_loss(logits, values, part, loss);
    result.loss.backward();
    const at::Tensor norm = adam_.step(parameters_, step);
    sums += at::cat({result.statistics, norm.reshape({1})});
  }
  std::array<float, 6> means{};
  tensors::to_host(sums / static_cast<double>(minibatches), means);
  return {.policy_loss = means[0],
          .value_loss = means[1],
          .entropy = means[2],
          .clipped_share = means[3],
          .divergence = means[4],
          .gradient_norm = means[5]};
}

void TorchActorCritic::copy_parameters(std::vector<float>& parameters) const {
  parameters.resize(static_cast<std::size_t>(parameters_.numel()));
  tensors::to_host(parameters_, parameters);
}

void TorchActorCritic::save(ByteWriter& writer) const {
  writer.section("actor and critic");
  tensors::save_tensor(parameters_, writer);
  adam_.save(writer);
}

void TorchActorCritic::load(ByteReader& reader) {
  reader.section("actor and critic");
  tensors::load_tensor(parameters_, reader);
  adam_.load(reader);
}

}  // namespace restock::learning
