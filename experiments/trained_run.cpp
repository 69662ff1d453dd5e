#include "experiments/trained_run.h"

#include <fmt/format.h>

#include <filesystem>

#include "agents/bundle/bundle.h"
#include "env/core/error.h"
#include "experiments/run_folder.h"
#include "experiments/training.h"

namespace restock::experiments {

bool is_run_folder(const std::string& folder) {
  return std::filesystem::exists(folder + "/" + kScenarioFile);
}

std::string name_of_run(const std::string& folder) {
  const std::filesystem::path path = std::filesystem::path(folder).lexically_normal();
  return (path.has_filename() ? path.filename() : path.parent_path().filename()).string();
}

PreparedScenario prepare_scenario_of_run(const std::string& folder, std::uint64_t seed, int threads,
                                         const ProgressReport& progress) {
  if (!is_run_folder(folder))
    throw InputError(fmt::format("{}: no run folder (it holds no {}); give what `restock train` wrote",
                                 folder, kScenarioFile));
  return prepare_scenario({.scenario_file = folder + "/" + kScenarioFile,
                           .seed = seed,
                           .forecaster_folder = folder + "/" + kForecasterFolder,
                           .threads = threads,
                           .progress = progress});
}

void export_run(const std::string& folder, const std::string& bundle_folder, std::uint64_t seed, int threads,
                const ProgressReport& progress) {
  const PreparedScenario scenario = prepare_scenario_of_run(folder, seed, threads, progress);
  const auto policy = load_trained_policy(scenario, folder, name_of_run(folder));
  bundle::save_bundle(bundle_folder, {.scenario = scenario.scenario.name,
                                      .decisions = scenario.tuning,
                                      .network = policy.get(),
                                      .rule = nullptr,
                                      .forecaster = scenario.forecast_model.get(),
                                      .history = scenario.history ? &*scenario.history : nullptr});
}

}  // namespace restock::experiments
