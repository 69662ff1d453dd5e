#include "agents/learning/dqn/learner.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "agents/learning/masked_softmax.h"
#include "agents/learning/network/initialisation.h"
#include "env/core/keyed_random.h"

namespace restock::learning {

namespace {

constexpr float kHiddenGain = 1.41421356F;
constexpr int kStepsPerRound = 64;  ///< of the vector of environments

MlpShape shape_of(const DqnConfig& config, const EnvDimensions& dimensions) {
  return {static_cast<int>(dimensions.observation_width),
          std::vector<int>(config.hidden.begin(), config.hidden.end()),
          static_cast<int>(dimensions.actions) + (config.dueling ? 1 : 0), Activation::relu};
}

/// Small last weights, so that values start at the biases: a shallow hill around the typical action.
AlignedFloats first_parameters(const MlpShape& shape, const LearnerSetup& setup, std::size_t actions) {
  const Mlp mlp(shape);
  AlignedFloats parameters(mlp.end_parameter(), 0.0F);
  initialise_orthogonal(mlp, setup.seed, 0, kHiddenGain, 0.01F, parameters);
  const double width = start_deviation(setup.typical_action);
  float* biases = parameters.data() + mlp.layers().back().biases;
  for (std::size_t action = 0; action < actions; ++action) {
    const double distance = (static_cast<double>(action) - static_cast<double>(setup.typical_action)) / width;
    biases[action] = static_cast<float>(-0.5 * distance * distance);
  }
  return parameters;
}

}  // namespace

DqnLearner::DqnLearner(const DqnConfig& config, const LearnerSetup& setup)
    : config_(config),
      clock_(config.limits),
      streams_(*setup.environments),
      seed_(setup.seed),
      shape_(shape_of(config, streams_.dimensions())),
      network_(backend_of(setup).make_q_network(
          shape_, config.dueling, first_parameters(shape_, setup, streams_.dimensions().actions))),
      normaliser_(streams_.dimensions().rows_per_environment, config.settling_rewards),
      collector_(streams_.dimensions(), static_cast<int>(config.return_steps), config.discount),
      replay_(static_cast<std::size_t>(config.replay_capacity), streams_.dimensions().observation_width,
              streams_.dimensions().actions) {
  const EnvDimensions& size = streams_.dimensions();
  const auto minibatch = static_cast<std::size_t>(config.minibatch);
  batch_.observations.resize(minibatch * size.observation_width);
  batch_.next_observations.resize(minibatch * size.observation_width);
  batch_.next_masks.resize(minibatch * size.actions);
  batch_.taken.resize(minibatch);
  batch_.returns.resize(minibatch);
  batch_.bootstrap_discounts.resize(minibatch);
  preferences_.resize(size.rows() * static_cast<std::size_t>(padded(shape_.outputs)));
  actions_.resize(size.rows());
  discount_powers_.assign(1, 1.0F);
  for (std::int64_t k = 0; k < config.return_steps; ++k) {
    discount_powers_.push_back(discount_powers_.back() * static_cast<float>(config.discount));
  }
}

void DqnLearner::advance(const LearningObserver& observer) {
  clock_.start();
  double reward_sum = 0;
  for (int step = 0; step < kStepsPerRound; ++step) {
    reward_sum += collect();
    if (replay_.size() < static_cast<std::size_t>(config_.replay_warm_up)) continue;
    for (std::int64_t update = 0; update < config_.updates_per_step; ++update) learn();
  }
  clock_.stop(kStepsPerRound * static_cast<std::int64_t>(actions_.size()));
  if (observer) report(reward_sum, observer);
}

/// One step of all streams; gives the sum of their rewards.
double DqnLearner::collect() {
  choose_actions();
  collector_.begin(streams_.now().observations, actions_);
  streams_.step(actions_);
  const StepBuffers& after = streams_.now();
  normaliser_.observe(after.rewards, after.restarted);
  collector_.end(after, replay_);
  ++time_;
  return std::accumulate(after.rewards.begin(), after.rewards.end(), 0.0);
}

void DqnLearner::choose_actions() {
  const StepBuffers& now = streams_.now();
  const auto actions = static_cast<int>(streams_.dimensions().actions);
  const Stream draws({seed_, Split::train, 0}, Purpose::exploration, 0);
  const Exploration exploration{
      .rate = scheduled(config_.exploration_first, config_.exploration_last, clock_.progress().fraction),
      .uniform_share = config_.exploration_uniform_share,
      .radius = static_cast<int>(config_.exploration_radius)};
  network_->evaluate(now.observations, preferences_);
  const auto stride = static_cast<std::size_t>(padded(shape_.outputs));
  for (std::size_t row = 0; row < actions_.size(); ++row) {
    const std::uint8_t* mask = now.masks.data() + row * static_cast<std::size_t>(actions);
    const int greedy = best_action(preferences_.data() + row * stride, mask, actions);
    actions_[row] = explore(exploration, greedy, mask, actions, draws.uniform(time_, 3 * row),
                            draws.uniform(time_, 3 * row + 1), draws.uniform(time_, 3 * row + 2));
  }
}

void DqnLearner::gather() {
  const Stream draws({seed_, Split::train, 0}, Purpose::minibatch, 0);
  const std::size_t width = streams_.dimensions().observation_width;
  const std::size_t actions = streams_.dimensions().actions;
  for (std::size_t i = 0; i < batch_.taken.size(); ++i) {
    const Transition transition = replay_[draws.below(replay_.size(), updates_, i)];
    std::copy_n(transition.observation.data(), width, batch_.observations.data() + i * width);
    std::copy_n(transition.next_observation.data(), width, batch_.next_observations.data() + i * width);
    std::copy_n(transition.next_mask.data(), actions, batch_.next_masks.data() + i * actions);
    batch_.taken[i] = transition.taken;
    double weight_sum = 0;
    for (std::size_t k = 0; k < transition.steps; ++k) weight_sum += static_cast<double>(discount_powers_[k]);
    batch_.returns[i] = normaliser_.normalised_sum(static_cast<double>(transition.reward_sum), weight_sum,
                                                   static_cast<std::size_t>(transition.entity));
    batch_.bootstrap_discounts[i] = transition.bootstrap != 0 ? discount_powers_[transition.steps] : 0.0F;
  }
}

void DqnLearner::learn() {
  gather();
  const DqnSamples samples{batch_.observations,      batch_.taken,
                           batch_.returns,           batch_.bootstrap_discounts,
                           batch_.next_observations, batch_.next_masks};
  const DqnLossOptions loss{.kind = config_.loss,
                            .huber_limit = static_cast<float>(config_.huber_limit),
                            .double_targets = config_.double_targets};
  const OptimiserStep step{.learning_rate = scheduled(config_.learning_rate, 0, clock_.progress().fraction),
                           .maximum_gradient_norm = static_cast<float>(config_.maximum_gradient_norm)};
  network_->learn(samples, loss, step,
                  {.target = static_cast<float>(config_.target_rate),
                   .average = static_cast<float>(config_.average_rate)});
  ++updates_;
}

void DqnLearner::report(double reward_sum, const LearningObserver& observer) {
  const DqnStatistics statistics = network_->take_statistics();
  const double fraction = clock_.progress().fraction;
  const std::array<Metric, 6> metrics{
      {{"cost_per_step", -reward_sum / static_cast<double>(kStepsPerRound * actions_.size())},
       {"temporal_difference_loss", statistics.loss},
       {"mean_value", statistics.mean_value},
       {"gradient_norm", statistics.gradient_norm},
       {"exploration", scheduled(config_.exploration_first, config_.exploration_last, fraction)},
       {"learning_rate", scheduled(config_.learning_rate, 0, fraction)}}};
  observer(clock_.progress(), metrics);
}

PolicyNetwork DqnLearner::policy_network() const {
  std::vector<float> parameters;
  network_->copy_average_parameters(parameters);
  return {shape_, static_cast<int>(streams_.dimensions().actions), parameters};
}

void DqnLearner::save(ByteWriter& writer) const {
  writer.section("dqn");
  clock_.save(writer);
  network_->save(writer);
  normaliser_.save(writer);
  collector_.save(writer);
  replay_.save(writer);
  writer.value(time_);
  writer.value(updates_);
  streams_.save(writer);
}

void DqnLearner::load(ByteReader& reader) {
  reader.section("dqn");
  clock_.load(reader);
  network_->load(reader);
  normaliser_.load(reader);
  collector_.load(reader);
  replay_.load(reader);
  reader.value(time_);
  reader.value(updates_);
  streams_.load(reader);
}

}  // namespace restock::learning
