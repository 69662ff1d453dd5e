// A finished training read back from its run folder: the scenario it was trained in, its forecaster and its
// policy.
#pragma once

#include <memory>
#include <string>

#include "agents/learning/learned_policy.h"
#include "experiments/prepared_scenario.h"

namespace restock::experiments {

/// Whether the folder looks like a training's run folder.
bool is_run_folder(const std::string& folder);

/// "runs/zipkin-ppo-seed-1/" → "zipkin-ppo-seed-1".
std::string name_of_run(const std::string& folder);

/// The scenario of a run as it was trained, with the forecaster that it kept. Throws InputError.
PreparedScenario prepare_scenario_of_run(const std::string& folder, std::uint64_t seed, int threads,
                                         const ProgressReport& progress);

/// Writes the run's policy as a bundle. Throws InputError.
void export_run(const std::string& folder, const std::string& bundle_folder, std::uint64_t seed, int threads,
                const ProgressReport& progress);

}  // namespace restock::experiments
