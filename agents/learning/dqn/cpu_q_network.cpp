#include "agents/learning/dqn/cpu_q_network.h"

#include <Eigen/Core>
#include <algorithm>

#include "env/core/check.h"

namespace restock::learning {

namespace {

constexpr int kChunkRows = 128;

std::size_t times(int a, int b) {
  return static_cast<std::size_t>(a) * static_cast<std::size_t>(b);
}

void follow(AlignedFloats& follower, const AlignedFloats& leader, float rate) {
  const auto n = static_cast<Eigen::Index>(leader.size());
  Eigen::Map<Eigen::ArrayXf> x(follower.data(), n);
  x += rate * (Eigen::Map<const Eigen::ArrayXf>(leader.data(), n) - x);
}

}  // namespace

CpuQNetwork::CpuQNetwork(const MlpShape& shape, bool dueling, std::span<const float> parameters)
    : mlp_(shape),
      dueling_(dueling),
      actions_(dueling ? shape.outputs - 1 : shape.outputs),
      workspace_(mlp_.make_workspace(kChunkRows)),
      next_workspace_(mlp_.make_workspace(kChunkRows)),
      parameters_(parameters.begin(), parameters.end()),
      target_parameters_(parameters_),
      average_parameters_(parameters_),
      gradient_(parameters.size(), 0.0F),
      head_gradient_(times(kChunkRows, mlp_.padded_outputs())),
      next_values_(head_gradient_.size()),
      targets_(kChunkRows),
      adam_(parameters.size()) {
  RESTOCK_CHECK(parameters.size() == mlp_.end_parameter(), "{} parameters for a network of {}",
                parameters.size(), mlp_.end_parameter());
}

void CpuQNetwork::evaluate(std::span<const float> observations, std::span<float> preferences) {
  const int width = mlp_.shape().inputs;
  const auto rows = static_cast<int>(observations.size() / static_cast<std::size_t>(width));
  for (int first = 0; first < rows; first += kChunkRows) {
    const int count = std::min(kChunkRows, rows - first);
    const float* block =
        mlp_.forward(parameters_.data(), observations.data() + times(first, width), count, workspace_);
    std::copy_n(block, times(count, mlp_.padded_outputs()),
                preferences.data() + times(first, mlp_.padded_outputs()));
  }
}

const float* CpuQNetwork::values(const AlignedFloats& parameters, const float* observations, int rows,
                                 MlpWorkspace& workspace) {
  mlp_.forward(parameters.data(), observations, rows, workspace);
  float* head = workspace.activations.back().data();
  if (dueling_) combine_dueling(head, rows, actions_, mlp_.padded_outputs());
  return head;
}

void CpuQNetwork::find_targets(const DqnSamples& samples, std::size_t first, int rows, bool double_targets) {
  const float* next =
      samples.next_observations.data() + first * static_cast<std::size_t>(mlp_.shape().inputs);
  const int stride = mlp_.padded_outputs();
  if (double_targets) {
    std::copy_n(values(parameters_, next, rows, next_workspace_), times(rows, stride), next_values_.data());
  }
  const float* target_values = values(target_parameters_, next, rows, next_workspace_);
  dqn_targets(next_values_.data(), target_values,
              samples.next_masks.data() + first * static_cast<std::size_t>(actions_), rows, actions_, stride,
              double_targets, samples.returns.data() + first, samples.bootstrap_discounts.data() + first,
              targets_.data());
}

DqnStatistics CpuQNetwork::accumulate(const DqnSamples& samples, const DqnLossOptions& loss) {
  const std::size_t count = samples.taken.size();
  const auto width = static_cast<std::size_t>(mlp_.shape().inputs);
  const int stride = mlp_.padded_outputs();
  const float share = 1.0F / static_cast<float>(count);
  DqnStatistics statistics;
  for (std::size_t first = 0; first < count; first += kChunkRows) {
    const auto rows = static_cast<int>(std::min<std::size_t>(kChunkRows, count - first));
    find_targets(samples, first, rows, loss.double_targets);
    const float* inputs = samples.observations.data() + first * width;
    const float* found = values(parameters_, inputs, rows, workspace_);
    const std::int32_t* taken = samples.taken.data() + first;
    for (int row = 0; row < rows; ++row)
      statistics.mean_value +=
          static_cast<double>(share * found[times(row, stride) + static_cast<std::size_t>(taken[row])]);
    statistics.loss += dqn_loss(found, taken, targets_.data(), rows, actions_, stride, dueling_, loss, share,
                                head_gradient_.data());
    mlp_.backward(parameters_.data(), inputs, rows, head_gradient_.data(), workspace_, gradient_.data());
  }
  return statistics;
}

void CpuQNetwork::learn(const DqnSamples& samples, const DqnLossOptions& loss, const OptimiserStep& step,
                        const FollowerRates& rates) {
  const DqnStatistics statistics = accumulate(samples, loss);
  const float norm = adam_.step(parameters_, gradient_, step.learning_rate, step.maximum_gradient_norm);
  follow(target_parameters_, parameters_, rates.target);
  follow(average_parameters_, parameters_, rates.average);
  sums_.loss += statistics.loss;
  sums_.mean_value += statistics.mean_value;
  sums_.gradient_norm += static_cast<double>(norm);
  ++updates_;
}

DqnStatistics CpuQNetwork::take_statistics() {
  const double updates = std::max(1, updates_);
  const DqnStatistics means{sums_.loss / updates, sums_.mean_value / updates, sums_.gradient_norm / updates};
  sums_ = {};
  updates_ = 0;
  return means;
}

void CpuQNetwork::copy_average_parameters(std::vector<float>& parameters) const {
  parameters.assign(average_parameters_.begin(), average_parameters_.end());
}

void CpuQNetwork::save(ByteWriter& writer) const {
  writer.section("q network");
  writer.values(std::span<const float>(parameters_));
  writer.values(std::span<const float>(target_parameters_));
  writer.values(std::span<const float>(average_parameters_));
  adam_.save(writer);
}

void CpuQNetwork::load(ByteReader& reader) {
  reader.section("q network");
  reader.values(std::span<float>(parameters_));
  reader.values(std::span<float>(target_parameters_));
  reader.values(std::span<float>(average_parameters_));
  adam_.load(reader);
}

}  // namespace restock::learning
