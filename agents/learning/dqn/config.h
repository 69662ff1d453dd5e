// Parameters of deep Q-learning. The defaults are what measured best on lost-sales instances (README.md).
#pragma once

#include <cstdint>
#include <vector>

#include "agents/learning/dqn/loss.h"
#include "agents/learning/learner.h"

namespace restock::learning {

struct DqnConfig {
  TrainingLimits limits{.steps = 20'000'000, .seconds = 100};
  std::int64_t streams = 64;
  std::vector<std::int64_t> hidden = {64, 64};
  double learning_rate = 1e-3;
  double discount = 0.97;
  std::int64_t return_steps = 3;
  std::int64_t minibatch = 64;
  std::int64_t updates_per_step = 16;
  double target_rate = 0.005;
  double average_rate = 0.001;
  TemporalDifferenceLoss loss = TemporalDifferenceLoss::squared;
  double huber_limit = 1;
  bool double_targets = true;
  bool dueling = true;
  double exploration_first = 0.3;
  double exploration_last = 0.1;
  double exploration_uniform_share = 0.1;
  std::int64_t exploration_radius = 2;
  std::int64_t replay_capacity = 200'000;
  std::int64_t replay_warm_up = 20'000;
  double maximum_gradient_norm = 10;
  std::int64_t settling_rewards = 200'000;
};

void describe(FieldVisitor& visitor, DqnConfig& config);

}  // namespace restock::learning
