// Parameters of proximal policy optimisation. The defaults are what measured best on lost-sales instances
// (README.md).
#pragma once

#include <cstdint>
#include <vector>

#include "agents/learning/learner.h"

namespace restock::learning {

struct PpoConfig {
  TrainingLimits limits{.steps = 20'000'000, .seconds = 50};
  std::int64_t streams = 256;
  std::int64_t rollout_length = 32;
  std::int64_t epochs = 1;
  std::int64_t minibatch = 512;
  std::vector<std::int64_t> hidden = {64, 64};
  double learning_rate = 1e-3;
  double discount = 0.99;
  double advantage_decay = 0.95;
  double clip = 0.2;
  double entropy_first = 0.01;
  double entropy_last = 0.003;
  double value_weight = 0.5;
  double maximum_gradient_norm = 0.5;
  std::int64_t settling_rewards = 200'000;
};

void describe(FieldVisitor& visitor, PpoConfig& config);

}  // namespace restock::learning
