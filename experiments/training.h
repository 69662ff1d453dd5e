// Trains one agent in a run folder: rounds of learning, judgements on the tune split that choose the
// checkpoint, checkpoints that survive kill -9, metrics and a result.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "agents/learning/learned_policy.h"
#include "experiments/agent_settings.h"
#include "experiments/prepared_scenario.h"

namespace restock::experiments {

struct TrainOptions {
  std::string folder = {};
  std::string name = "agent";  ///< what the policy is called
  std::uint64_t seed = 1;
  std::string device = "cpu";  ///< cpu or cuda
  int threads = 1;             ///< for judging; learning takes one
  ProgressReport progress = {};
};

struct TrainingOutcome {
  std::map<std::string, double> metrics;  ///< of result.json: tune/cost_per_day, steps, steps_per_second …
  bool was_finished = false;              ///< the folder held the result already
};

/// Trains, or goes on from checkpoints/latest.ckpt where the folder holds one, or returns at once where it
/// holds a result. Throws InputError where the folder belongs to another configuration, or the device is not
/// there.
TrainingOutcome train_agent(const PreparedScenario& scenario, const AgentSettings& settings,
                            const TrainOptions& options);

/// The policy of a run: the network that did best on the tune split. Throws InputError where the folder holds
/// none, or one that does not fit the scenario.
std::unique_ptr<learning::LearnedPolicy> load_trained_policy(const PreparedScenario& scenario,
                                                             const std::string& folder,
                                                             const std::string& name);

}  // namespace restock::experiments
