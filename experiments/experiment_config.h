// An experiment as a user writes it: what to forecast, train, compare and export. Its difference from the
// defaults is the file.
#pragma once

#include <string>
#include <vector>

#include "agents/policies/tune.h"
#include "experiments/agent_settings.h"
#include "forecasting/lstm_config.h"

namespace restock::experiments {

struct CompareConfig {
  std::vector<std::string> policies;
  std::string baseline = "best_classical";
  std::int64_t replications = 64;  ///< where evaluation follows laws; a history is one replication
};

struct ExperimentConfig {
  std::string name;
  std::string scenario;  ///< relative to the experiment's file
  std::vector<std::string> forecasters;
  forecasting::LstmConfig lstm;
  std::int64_t training_paths = 512;
  std::int64_t tuning_paths = 64;
  std::vector<AgentRun> agents;
  policies::TuningConfig tuning;
  CompareConfig compare;
  std::string export_policy = "best";
};

void describe(FieldVisitor& visitor, CompareConfig& compare);
void describe(FieldVisitor& visitor, ExperimentConfig& experiment);

}  // namespace restock::experiments
