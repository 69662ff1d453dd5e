#include "agents/learning/ppo/cpu_actor_critic.h"

#include <algorithm>
#include <cmath>

#include "agents/learning/masked_softmax.h"
#include "env/core/check.h"

namespace restock::learning {

namespace {

constexpr int kChunkRows = 128;

std::size_t times(int a, int b) {
  return static_cast<std::size_t>(a) * static_cast<std::size_t>(b);
}

}  // namespace

CpuActorCritic::CpuActorCritic(const ActorCriticShape& shape, std::span<const float> parameters)
    : actor_(shape.actor),
      critic_(shape.critic, actor_.end_parameter()),
      actor_workspace_(actor_.make_workspace(kChunkRows)),
      critic_workspace_(critic_.make_workspace(kChunkRows)),
      parameters_(parameters.begin(), parameters.end()),
      gradient_(parameters.size(), 0.0F),
      logits_(times(kChunkRows, actor_.padded_outputs())),
      logit_gradient_(logits_.size()),
      value_gradient_(times(kChunkRows, critic_.padded_outputs())),
      adam_(parameters.size()) {
  RESTOCK_CHECK(parameters.size() == critic_.end_parameter(), "{} parameters for networks of {}",
                parameters.size(), critic_.end_parameter());
  chunk_.observations.resize(times(kChunkRows, shape.actor.inputs));
  chunk_.masks.resize(times(kChunkRows, shape.actor.outputs));
  chunk_.taken.resize(kChunkRows);
  chunk_.old_log_probabilities.resize(kChunkRows);
  chunk_.advantages.resize(kChunkRows);
  chunk_.value_targets.resize(kChunkRows);
}

void CpuActorCritic::evaluate(std::span<const float> observations, std::span<float> logits,
                              std::span<float> values) {
  const int width = actor_.shape().inputs;
  const auto stride = static_cast<std::size_t>(actor_.padded_outputs());
  const auto rows = static_cast<int>(values.size());
  for (int first = 0; first < rows; first += kChunkRows) {
    const int count = std::min(kChunkRows, rows - first);
    const float* block = actor_.forward(parameters_.data(), observations.data() + times(first, width), count,
                                        actor_workspace_);
    std::copy_n(block, static_cast<std::size_t>(count) * stride,
                logits.data() + static_cast<std::size_t>(first) * stride);
  }
  evaluate_values(observations, values);
}

void CpuActorCritic::evaluate_values(std::span<const float> observations, std::span<float> values) {
  const int width = critic_.shape().inputs;
  const auto rows = static_cast<int>(values.size());
  for (int first = 0; first < rows; first += kChunkRows) {
    const int count = std::min(kChunkRows, rows - first);
    const float* block = critic_.forward(parameters_.data(), observations.data() + times(first, width), count,
                                         critic_workspace_);
    for (int i = 0; i < count; ++i)
      values[static_cast<std::size_t>(first + i)] = block[times(i, critic_.padded_outputs())];
  }
}

CpuActorCritic::AdvantageScale CpuActorCritic::scale_of(const PpoSamples& samples,
                                                        std::span<const std::int32_t> indices) const {
  const int actions = actor_.shape().outputs;
  double sum = 0;
  double squares = 0;
  int choices = 0;
  for (const std::int32_t index : indices) {
    if (count_legal(samples.masks.data() + times(index, actions), actions) < 2) continue;
    const double advantage = samples.advantages[static_cast<std::size_t>(index)];
    sum += advantage;
    squares += advantage * advantage;
    ++choices;
  }
  if (choices == 0) return {};
  const double mean = sum / choices;
  const double variance = std::max(0.0, squares / choices - mean * mean);
  return {static_cast<float>(mean), static_cast<float>(1.0 / (std::sqrt(variance) + 1e-8)), choices};
}

void CpuActorCritic::gather(const PpoSamples& samples, std::span<const std::int32_t> indices,
                            const AdvantageScale& scale) {
  const auto width = static_cast<std::size_t>(actor_.shape().inputs);
  const auto actions = static_cast<std::size_t>(actor_.shape().outputs);
  for (std::size_t i = 0; i < indices.size(); ++i) {
    const auto from = static_cast<std::size_t>(indices[i]);
    std::copy_n(samples.observations.data() + from * width, width, chunk_.observations.data() + i * width);
    std::copy_n(samples.masks.data() + from * actions, actions, chunk_.masks.data() + i * actions);
    chunk_.taken[i] = samples.taken[from];
    chunk_.old_log_probabilities[i] = samples.old_log_probabilities[from];
    chunk_.advantages[i] = (samples.advantages[from] - scale.mean) * scale.factor;
    chunk_.value_targets[i] = samples.value_targets[from];
  }
}

PpoLossSums CpuActorCritic::add_chunk(int rows, const PpoLossOptions& loss, float choice_share,
                                      float row_share) {
  const float* inputs = chunk_.observations.data();
  const float* values = critic_.forward(parameters_.data(), inputs, rows, critic_workspace_);
  const float* logits = actor_.forward(parameters_.data(), inputs, rows, actor_workspace_);
  std::copy_n(logits, times(rows, actor_.padded_outputs()), logits_.data());
  const PpoLossRows batch{.rows = rows,
                          .actions = actor_.shape().outputs,
                          .taken = chunk_.taken.data(),
                          .masks = chunk_.masks.data(),
                          .old_log_probabilities = chunk_.old_log_probabilities.data(),
                          .advantages = chunk_.advantages.data(),
                          .value_targets = chunk_.value_targets.data(),
                          .choice_share = choice_share,
                          .row_share = row_share};
  const PpoLossSums sums = ppo_loss(batch, loss, logits_.data(), actor_.padded_outputs(), values,
                                    critic_.padded_outputs(), logit_gradient_.data(), value_gradient_.data());
  actor_.backward(parameters_.data(), inputs, rows, logit_gradient_.data(), actor_workspace_,
                  gradient_.data());
  critic_.backward(parameters_.data(), inputs, rows, value_gradient_.data(), critic_workspace_,
                   gradient_.data());
  return sums;
}

PpoLossSums CpuActorCritic::accumulate(const PpoSamples& samples, std::span<const std::int32_t> indices,
                                       const PpoLossOptions& loss) {
  const AdvantageScale scale = scale_of(samples, indices);
  const float choice_share = scale.choices > 0 ? 1.0F / static_cast<float>(scale.choices) : 0.0F;
  const float row_share = 1.0F / static_cast<float>(indices.size());
  PpoLossSums total;
  for (std::size_t first = 0; first < indices.size(); first += kChunkRows) {
    const auto part = indices.subspan(first, std::min<std::size_t>(kChunkRows, indices.size() - first));
    gather(samples, part, scale);
    const PpoLossSums sums = add_chunk(static_cast<int>(part.size()), loss, choice_share, row_share);
    total.policy_loss += sums.policy_loss;
    total.entropy += sums.entropy;
    total.value_loss += sums.value_loss;
    total.clipped_share += sums.clipped_share;
    total.divergence += sums.divergence;
  }
  return total;
}

PpoStatistics CpuActorCritic::learn(const PpoSamples& samples, std::span<const std::int32_t> order,
                                    int minibatch, const PpoLossOptions& loss, const OptimiserStep& step) {
  const auto size = static_cast<std::size_t>(minibatch);
  const double share = 1.0 / static_cast<double>((order.size() + size - 1) / size);
  PpoStatistics statistics;
  for (std::size_t first = 0; first < order.size(); first += size) {
    const PpoLossSums sums =
        accumulate(samples, order.subspan(first, std::min(size, order.size() - first)), loss);
    const float norm = adam_.step(parameters_, gradient_, step.learning_rate, step.maximum_gradient_norm);
    statistics.policy_loss += share * sums.policy_loss;
    statistics.value_loss += share * sums.value_loss;
    statistics.entropy += share * sums.entropy;
    statistics.clipped_share += share * sums.clipped_share;
    statistics.divergence += share * sums.divergence;
    statistics.gradient_norm += share * static_cast<double>(norm);
  }
  return statistics;
}

void CpuActorCritic::copy_parameters(std::vector<float>& parameters) const {
  parameters.assign(parameters_.begin(), parameters_.end());
}

void CpuActorCritic::save(ByteWriter& writer) const {
  writer.section("actor and critic");
  writer.values(std::span<const float>(parameters_));
  adam_.save(writer);
}

void CpuActorCritic::load(ByteReader& reader) {
  reader.section("actor and critic");
  reader.values(std::span<float>(parameters_));
  adam_.load(reader);
}

}  // namespace restock::learning
