#include "agents/learning/ppo/learner.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "agents/learning/masked_softmax.h"
#include "agents/learning/network/initialisation.h"
#include "agents/learning/ppo/advantages.h"
#include "env/core/keyed_random.h"

namespace restock::learning {

namespace {

constexpr float kHiddenGain = 1.41421356F;

ActorCriticShape shape_of(const PpoConfig& config, const EnvDimensions& dimensions) {
  const std::vector<int> hidden(config.hidden.begin(), config.hidden.end());
  const auto inputs = static_cast<int>(dimensions.observation_width);
  return {{inputs, hidden, static_cast<int>(dimensions.actions), Activation::tanh},
          {inputs, hidden, 1, Activation::tanh}};
}

/// Small last weights of the actor, so that it starts at its biases: a bell of log-odds around the typical
/// action.
AlignedFloats first_parameters(const ActorCriticShape& shape, const LearnerSetup& setup) {
  const Mlp actor(shape.actor);
  const Mlp critic(shape.critic, actor.end_parameter());
  AlignedFloats parameters(critic.end_parameter(), 0.0F);
  initialise_orthogonal(actor, setup.seed, 0, kHiddenGain, 0.01F, parameters);
  initialise_orthogonal(critic, setup.seed, 1, kHiddenGain, 1.0F, parameters);
  const double width = start_deviation(setup.typical_action);
  float* biases = parameters.data() + actor.layers().back().biases;
  for (int action = 0; action < shape.actor.outputs; ++action) {
    const double distance = (action - static_cast<double>(setup.typical_action)) / width;
    biases[action] = static_cast<float>(-0.5 * distance * distance);
  }
  return parameters;
}

}  // namespace

PpoLearner::PpoLearner(const PpoConfig& config, const LearnerSetup& setup)
    : config_(config),
      clock_(config.limits),
      streams_(*setup.environments),
      seed_(setup.seed),
      shape_(shape_of(config, streams_.dimensions())),
      networks_(backend_of(setup).make_actor_critic(shape_, first_parameters(shape_, setup))),
      normaliser_(streams_.dimensions().rows_per_environment, config.settling_rewards) {
  const std::size_t rows = streams_.dimensions().rows();
  const std::size_t samples = rows * static_cast<std::size_t>(config.rollout_length);
  rollout_.observations.resize(samples * streams_.dimensions().observation_width);
  rollout_.masks.resize(samples * streams_.dimensions().actions);
  for (auto* column : {&rollout_.log_probabilities, &rollout_.values, &rollout_.rewards,
                       &rollout_.final_values, &rollout_.advantages, &rollout_.value_targets}) {
    column->resize(samples);
  }
  rollout_.ended.resize(samples);
  rollout_.restarted.resize(samples);
  rollout_.taken.resize(samples);
  logits_.resize(rows * static_cast<std::size_t>(padded(shape_.actor.outputs)));
  scratch_values_.resize(rows);
  order_.reserve(samples);
}

void PpoLearner::advance(const LearningObserver& observer) {
  clock_.start();
  collect();
  const double cost = -std::accumulate(rollout_.rewards.begin(), rollout_.rewards.end(), 0.0) /
                      static_cast<double>(rollout_.rewards.size());
  estimate();
  const PpoStatistics statistics = learn();
  clock_.stop(static_cast<std::int64_t>(rollout_.taken.size()));
  if (!observer) return;
  const std::array<Metric, 8> metrics{
      {{"cost_per_step", cost},
       {"policy_loss", statistics.policy_loss},
       {"value_loss", statistics.value_loss},
       {"entropy", statistics.entropy},
       {"clipped_share", statistics.clipped_share},
       {"divergence", statistics.divergence},
       {"gradient_norm", statistics.gradient_norm},
       {"learning_rate", scheduled(config_.learning_rate, 0, clock_.progress().fraction)}}};
  observer(clock_.progress(), metrics);
}

void PpoLearner::collect() {
  const std::size_t rows = streams_.dimensions().rows();
  for (std::size_t first = 0; first < rollout_.taken.size(); first += rows) {
    act(first);
    streams_.step(std::span(rollout_.taken).subspan(first, rows));
    record_outcome(first);
    ++time_;
  }
}

/// Decides for the rows whose samples begin at `first`.
void PpoLearner::act(std::size_t first) {
  const EnvDimensions& size = streams_.dimensions();
  const std::size_t rows = size.rows();
  const StepBuffers& now = streams_.now();
  std::copy(now.observations.begin(), now.observations.end(),
            rollout_.observations.begin() + static_cast<std::ptrdiff_t>(first * size.observation_width));
  std::copy(now.masks.begin(), now.masks.end(),
            rollout_.masks.begin() + static_cast<std::ptrdiff_t>(first * size.actions));
  networks_->evaluate(now.observations, logits_, std::span(rollout_.values).subspan(first, rows));
  const auto actions = static_cast<int>(size.actions);
  const int stride = padded(actions);
  masked_log_softmax(logits_.data(), now.masks.data(), static_cast<int>(rows), actions, stride,
                     logits_.data());
  const Stream draws({seed_, Split::train, 0}, Purpose::exploration, 0);
  for (std::size_t row = 0; row < rows; ++row) {
    const float* log_probabilities = logits_.data() + row * static_cast<std::size_t>(stride);
    const int action = sample_action(log_probabilities, actions, draws.uniform(time_, row));
    rollout_.taken[first + row] = action;
    rollout_.log_probabilities[first + row] = log_probabilities[action];
  }
}

/// Rewards stay raw here: estimate() normalises them with the scale that the round has ended with.
void PpoLearner::record_outcome(std::size_t first) {
  const StepBuffers& after = streams_.now();
  normaliser_.observe(after.rewards, after.restarted);
  for (std::size_t row = 0; row < after.rewards.size(); ++row) {
    rollout_.rewards[first + row] = static_cast<float>(after.rewards[row]);
    rollout_.restarted[first + row] = after.restarted[row / streams_.dimensions().rows_per_environment];
  }
  record_ends(first);
}

void PpoLearner::record_ends(std::size_t first) {
  const EnvDimensions& size = streams_.dimensions();
  const StepBuffers& after = streams_.now();
  std::fill_n(rollout_.ended.data() + first, size.rows(), std::uint8_t{0});
  for (std::size_t environment = 0; environment < size.environments; ++environment) {
    const bool terminated = after.terminated[environment] != 0;
    if (!terminated && after.truncated[environment] == 0) continue;
    const std::size_t row = environment * size.rows_per_environment;
    std::fill_n(rollout_.ended.data() + first + row, size.rows_per_environment, std::uint8_t{1});
    const auto values = std::span(rollout_.final_values).subspan(first + row, size.rows_per_environment);
    if (terminated) {
      std::fill(values.begin(), values.end(), 0.0F);
    } else {
      networks_->evaluate_values(
          std::span(after.final_observations)
              .subspan(row * size.observation_width, size.rows_per_environment * size.observation_width),
          values);
    }
  }
}

void PpoLearner::estimate() {
  const std::size_t rows = streams_.dimensions().rows();
  const std::size_t entities = streams_.dimensions().rows_per_environment;
  for (std::size_t i = 0; i < rollout_.rewards.size(); ++i) {
    rollout_.rewards[i] = normaliser_.normalised(static_cast<double>(rollout_.rewards[i]), i % entities);
  }
  networks_->evaluate_values(streams_.now().observations, scratch_values_);
  estimate_advantages({.rows = rows,
                       .rewards = rollout_.rewards,
                       .values = rollout_.values,
                       .ended = rollout_.ended,
                       .final_values = rollout_.final_values,
                       .last_values = scratch_values_},
                      static_cast<float>(config_.discount), static_cast<float>(config_.advantage_decay),
                      rollout_.advantages, rollout_.value_targets);
}

PpoStatistics PpoLearner::learn() {
  const double fraction = clock_.progress().fraction;
  const PpoLossOptions loss{
      .clip = static_cast<float>(config_.clip),
      .entropy_weight = scheduled(config_.entropy_first, config_.entropy_last, fraction),
      .value_weight = static_cast<float>(config_.value_weight)};
  const OptimiserStep step{.learning_rate = scheduled(config_.learning_rate, 0, fraction),
                           .maximum_gradient_norm = static_cast<float>(config_.maximum_gradient_norm)};
  const PpoSamples samples{rollout_.observations,      rollout_.masks,      rollout_.taken,
                           rollout_.log_probabilities, rollout_.advantages, rollout_.value_targets};
  PpoStatistics statistics;
  for (std::int64_t epoch = 0; epoch < config_.epochs; ++epoch) {
    shuffle();
    if (order_.empty()) break;
    statistics = networks_->learn(samples, order_, static_cast<int>(config_.minibatch), loss, step);
  }
  return statistics;
}

/// Fisher and Yates's shuffle of the samples that were steps of an episode.
void PpoLearner::shuffle() {
  const Stream draws({seed_, Split::train, 0}, Purpose::minibatch, 0);
  order_.clear();
  for (std::size_t i = 0; i < rollout_.restarted.size(); ++i)
    if (rollout_.restarted[i] == 0) order_.push_back(static_cast<std::int32_t>(i));
  for (std::size_t i = order_.size(); i > 1; --i)
    std::swap(order_[i - 1], order_[draws.below(i, epochs_, i)]);
  ++epochs_;
}

PolicyNetwork PpoLearner::policy_network() const {
  std::vector<float> parameters;
  networks_->copy_parameters(parameters);
  return {shape_.actor, shape_.actor.outputs, std::span(parameters).first(Mlp(shape_.actor).end_parameter())};
}

void PpoLearner::save(ByteWriter& writer) const {
  writer.section("ppo");
  clock_.save(writer);
  networks_->save(writer);
  normaliser_.save(writer);
  writer.value(time_);
  writer.value(epochs_);
  streams_.save(writer);
}

void PpoLearner::load(ByteReader& reader) {
  reader.section("ppo");
  clock_.load(reader);
  networks_->load(reader);
  normaliser_.load(reader);
  reader.value(time_);
  reader.value(epochs_);
  streams_.load(reader);
}

}  // namespace restock::learning
