#include "agents/learning/torch/q_network.h"

#include <algorithm>
#include <array>

namespace restock::learning {

TorchQNetwork::TorchQNetwork(const MlpShape& shape, bool dueling, std::span<const float> parameters,
                             at::Device device)
    : device_(device),
      mlp_(shape),
      dueling_(dueling),
      parameters_(tensors::make_parameters(parameters, device)),
      target_(parameters_.detach().clone()),
      average_(target_.clone()),
      adam_(parameters_),
      sums_(at::zeros({3}, at::TensorOptions(at::kFloat).device(device))) {}

void TorchQNetwork::evaluate(std::span<const float> observations, std::span<float> preferences) {
  const at::NoGradGuard no_gradient;
  const std::int64_t width = mlp_.shape().inputs;
  const std::int64_t rows = static_cast<std::int64_t>(observations.size()) / width;
  const at::Tensor found =
      tensors::forward(mlp_, parameters_, tensors::to_device(observations, {rows, width}, device_));
  tensors::to_host(at::constant_pad_nd(found, {0, mlp_.padded_outputs() - mlp_.shape().outputs}),
                   preferences);
}

void TorchQNetwork::learn(const DqnSamples& samples, const DqnLossOptions& loss, const OptimiserStep& step,
                          const FollowerRates& rates) {
  const int actions = mlp_.shape().outputs - (dueling_ ? 1 : 0);
  const auto batch = tensors::DqnTensors::upload(samples, mlp_.shape(), actions, device_);
  const tensors::DqnLoss result = tensors::dqn_loss(mlp_, dueling_, parameters_, target_, batch, loss);
  result.loss.backward();
  const at::Tensor norm = adam_.step(parameters_, step);
  const at::NoGradGuard no_gradient;
  target_.lerp_(parameters_, rates.target);
  average_.lerp_(parameters_, rates.average);
  sums_ += at::cat({result.statistics, norm.reshape({1})});
  ++updates_;
}

DqnStatistics TorchQNetwork::take_statistics() {
  std::array<float, 3> means{};
  tensors::to_host(sums_ / static_cast<double>(std::max(1, updates_)), means);
  sums_.zero_();
  updates_ = 0;
  return {.loss = means[0], .mean_value = means[1], .gradient_norm = means[2]};
}

void TorchQNetwork::copy_average_parameters(std::vector<float>& parameters) const {
  parameters.resize(static_cast<std::size_t>(average_.numel()));
  tensors::to_host(average_, parameters);
}

void TorchQNetwork::save(ByteWriter& writer) const {
  writer.section("q network");
  tensors::save_tensor(parameters_, writer);
  tensors::save_tensor(target_, writer);
  tensors::save_tensor(average_, writer);
  adam_.save(writer);
}

void TorchQNetwork::load(ByteReader& reader) {
  reader.section("q network");
  tensors::load_tensor(parameters_, reader);
  tensors::load_tensor(target_, reader);
  tensors::load_tensor(average_, reader);
  adam_.load(reader);
}

}  // namespace restock::learning
