#include "agents/learning/torch/tensors.h"

#include <algorithm>

#include "agents/learning/masked_softmax.h"
#include "agents/learning/network/adam.h"
#include "env/core/check.h"

namespace restock::learning::tensors {

namespace {

template <class T>
at::Tensor copied(std::span<const T> values, at::ScalarType type, at::IntArrayRef sizes) {
  // from_blob only reads here: the tensor is copied before the span may go.
  return at::from_blob(const_cast<T*>(values.data()), sizes, at::TensorOptions(type)).clone();
}

std::int64_t size_of(std::size_t n) {
  return static_cast<std::int64_t>(n);
}

}  // namespace

at::Tensor forward(const Mlp& mlp, const at::Tensor& parameters, const at::Tensor& inputs) {
  at::Tensor h = inputs;
  for (const DenseLayer& layer : mlp.layers()) {
    const std::int64_t count = static_cast<std::int64_t>(layer.inputs) * layer.padded_outputs;
    const at::Tensor weights =
        parameters.narrow(0, size_of(layer.weights), count).view({layer.inputs, layer.padded_outputs});
    h = at::addmm(parameters.narrow(0, size_of(layer.biases), layer.padded_outputs), h, weights);
    if (&layer != &mlp.layers().back())
      h = mlp.shape().activation == Activation::tanh ? at::tanh(h) : at::relu(h);
  }
  return h.narrow(1, 0, mlp.shape().outputs);
}

at::Tensor to_device(std::span<const float> values, at::IntArrayRef sizes, at::Device device) {
  return copied(values, at::kFloat, sizes).to(device);
}

at::Tensor to_device(std::span<const std::int32_t> values, at::IntArrayRef sizes, at::Device device) {
  return copied(values, at::kInt, sizes).to(device).to(at::kLong);
}

at::Tensor to_device(std::span<const std::uint8_t> flags, at::IntArrayRef sizes, at::Device device) {
  return copied(flags, at::kByte, sizes).to(device).to(at::kBool);
}

void to_host(const at::Tensor& tensor, std::span<float> values) {
  const at::Tensor host = tensor.detach().to(at::kCPU).to(at::kFloat).contiguous();
  RESTOCK_CHECK(host.numel() == size_of(values.size()), "{} values for {}", host.numel(), values.size());
  std::copy_n(host.data_ptr<float>(), values.size(), values.data());
}

PpoTensors PpoTensors::upload(const PpoSamples& samples, const ActorCriticShape& shape, at::Device device) {
  const std::int64_t rows = size_of(samples.taken.size());
  return {to_device(samples.observations, {rows, shape.actor.inputs}, device),
          to_device(samples.masks, {rows, shape.actor.outputs}, device),
          to_device(samples.taken, {rows}, device),
          to_device(samples.old_log_probabilities, {rows}, device),
          to_device(samples.advantages, {rows}, device),
          to_device(samples.value_targets, {rows}, device)};
}

PpoTensors PpoTensors::select(const at::Tensor& indices) const {
  return {observations.index_select(0, indices), masks.index_select(0, indices),
          taken.index_select(0, indices),        old_log_probabilities.index_select(0, indices),
          advantages.index_select(0, indices),   value_targets.index_select(0, indices)};
}

namespace {

/// Mean over rows with a choice, given as 0/1 weights and their number (at least 1).
struct ChoiceMean {
  at::Tensor weights, count;
  at::Tensor operator()(const at::Tensor& x) const { return (x * weights).sum() / count; }
};

at::Tensor normalised(const at::Tensor& advantages, const ChoiceMean& mean) {
  const at::Tensor center = mean(advantages);
  const at::Tensor variance = (mean(advantages.square()) - center.square()).clamp_min(0);
  return (advantages - center) / (variance.sqrt() + 1e-8);
}

}  // namespace

PpoLoss ppo_loss(const at::Tensor& logits, const at::Tensor& values, const PpoTensors& batch,
                 const PpoLossOptions& options) {
  const at::Tensor choices = (batch.masks.sum(1) > 1).to(logits.scalar_type());
  const ChoiceMean mean{choices, choices.sum().clamp_min(1)};
  const at::Tensor advantages = normalised(batch.advantages, mean);
  const at::Tensor log_p =
      at::log_softmax(logits.masked_fill(batch.masks.logical_not(), kIllegalLogProbability), 1);
  const at::Tensor log_ratio =
      log_p.gather(1, batch.taken.unsqueeze(1)).squeeze(1) - batch.old_log_probabilities;
  const at::Tensor ratio = log_ratio.exp();
  const at::Tensor clipped = ratio.clamp(1.0 - options.clip, 1.0 + options.clip);
  const at::Tensor policy_loss = -mean(at::min(ratio * advantages, clipped * advantages));
  const at::Tensor entropy = mean(-(log_p.exp() * log_p).masked_fill(batch.masks.logical_not(), 0).sum(1));
  const at::Tensor value_loss = 0.5 * (values - batch.value_targets).square().mean();
  const at::Tensor outside = mean(((ratio - 1.0).abs() > options.clip).to(logits.scalar_type()));
  const at::Tensor divergence = mean(ratio - 1.0 - log_ratio);
  return {policy_loss - options.entropy_weight * entropy + options.value_weight * value_loss,
          at::stack({policy_loss, value_loss, entropy, outside, divergence}).detach()};
}

DqnTensors DqnTensors::upload(const DqnSamples& samples, const MlpShape& shape, int actions,
                              at::Device device) {
  const std::int64_t rows = size_of(samples.taken.size());
  return {to_device(samples.observations, {rows, shape.inputs}, device),
          to_device(samples.taken, {rows}, device),
          to_device(samples.returns, {rows}, device),
          to_device(samples.bootstrap_discounts, {rows}, device),
          to_device(samples.next_observations, {rows, shape.inputs}, device),
          to_device(samples.next_masks, {rows, actions}, device)};
}

at::Tensor action_values(const Mlp& mlp, bool dueling, const at::Tensor& parameters,
                         const at::Tensor& observations) {
  const at::Tensor head = forward(mlp, parameters, observations);
  if (!dueling) return head;
  const std::int64_t actions = mlp.shape().outputs - 1;
  const at::Tensor advantages = head.narrow(1, 0, actions);
  return head.narrow(1, actions, 1) + advantages - advantages.mean(1, true);
}

DqnLoss dqn_loss(const Mlp& mlp, bool dueling, const at::Tensor& online, const at::Tensor& target,
                 const DqnTensors& batch, const DqnLossOptions& options) {
  const at::Tensor next_target = action_values(mlp, dueling, target.detach(), batch.next_observations);
  const at::Tensor chooser = options.double_targets
                                 ? action_values(mlp, dueling, online.detach(), batch.next_observations)
                                 : next_target;
  const at::Tensor best =
      chooser.masked_fill(batch.next_masks.logical_not(), kIllegalLogProbability).argmax(1, true);
  const at::Tensor targets =
      batch.returns + batch.bootstrap_discounts * next_target.gather(1, best).squeeze(1);
  const at::Tensor values =
      action_values(mlp, dueling, online, batch.observations).gather(1, batch.taken.unsqueeze(1)).squeeze(1);
  const at::Tensor error = (values - targets).abs();
  const double limit = options.huber_limit;
  const at::Tensor square = 0.5 * error.square();
  const at::Tensor loss = options.kind == TemporalDifferenceLoss::squared
                              ? square.mean()
                              : at::where(error <= limit, square, limit * (error - 0.5 * limit)).mean();
  return {loss, at::stack({loss, values.mean()}).detach()};
}

FlatAdam::FlatAdam(const at::Tensor& parameters)
    : first_moment_(at::zeros_like(parameters.detach())),
      second_moment_(at::zeros_like(parameters.detach())),
      steps_(at::zeros({}, parameters.options().dtype(at::kDouble).requires_grad(false))) {}

at::Tensor FlatAdam::step(at::Tensor& parameters, const OptimiserStep& step) {
  const at::NoGradGuard no_gradient;
  at::Tensor gradient = parameters.mutable_grad();
  const at::Tensor norm = gradient.norm();
  const at::Tensor finite = at::isfinite(norm);
  const at::Tensor scale = (step.maximum_gradient_norm / norm).clamp_max(1.0);
  const at::Tensor clipped = at::where(finite, gradient * scale, at::zeros_like(gradient));
  steps_ += finite.to(at::kDouble);
  const at::Tensor correction1 = 1.0 - at::pow(kAdamBeta1, steps_);
  const at::Tensor root = at::rsqrt(1.0 - at::pow(kAdamBeta2, steps_)).to(at::kFloat);
  const at::Tensor rate = (step.learning_rate / correction1).to(at::kFloat);
  first_moment_.copy_(
      at::where(finite, kAdamBeta1 * first_moment_ + (1 - kAdamBeta1) * clipped, first_moment_));
  second_moment_.copy_(
      at::where(finite, kAdamBeta2 * second_moment_ + (1 - kAdamBeta2) * clipped.square(), second_moment_));
  const at::Tensor move = rate * first_moment_ / (second_moment_.sqrt() * root + kAdamEpsilon);
  parameters.sub_(at::where(finite, move, at::zeros_like(move)));
  gradient.zero_();
  return norm;
}

void FlatAdam::save(ByteWriter& writer) const {
  writer.section("adam");
  writer.value(static_cast<std::int64_t>(steps_.item<double>()));
  save_tensor(first_moment_, writer);
  save_tensor(second_moment_, writer);
}

void FlatAdam::load(ByteReader& reader) {
  std::int64_t steps = 0;
  reader.section("adam");
  reader.value(steps);
  steps_.fill_(static_cast<double>(steps));
  load_tensor(first_moment_, reader);
  load_tensor(second_moment_, reader);
}

at::Tensor make_parameters(std::span<const float> values, at::Device device) {
  at::Tensor parameters = to_device(values, {size_of(values.size())}, device);
  parameters.set_requires_grad(true);
  return parameters;
}

void save_tensor(const at::Tensor& tensor, ByteWriter& writer) {
  std::vector<float> values(static_cast<std::size_t>(tensor.numel()));
  to_host(tensor, values);
  writer.values(std::span<const float>(values));
}

void load_tensor(at::Tensor& tensor, ByteReader& reader) {
  const at::NoGradGuard no_gradient;
  std::vector<float> values(static_cast<std::size_t>(tensor.numel()));
  reader.values(std::span<float>(values));
  tensor.copy_(to_device(values, tensor.sizes(), tensor.device()));
}

}  // namespace restock::learning::tensors
