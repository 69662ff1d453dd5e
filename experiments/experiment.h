// restock run: forecast, train, tune, compare, report, export. Every step leaves its result in the run
// folder; started again on the same folder, finished trainings are read and cut-off ones go on.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "experiments/comparison.h"
#include "experiments/experiment_config.h"
#include "experiments/prepared_scenario.h"

namespace restock::experiments {

struct RunOptions {
  std::string experiment_file;
  std::vector<std::string> overrides;  ///< key=value
  std::string folder;
  std::uint64_t seed = 1;
  int threads = 1;
  std::string device = "cpu";
  ProgressReport progress;
};

struct RunOutcome {
  Comparison comparison;
  std::string report;    ///< path of report.html
  std::string bundle;    ///< folder of the exported policy; empty where none was asked for
  std::string exported;  ///< the policy's name
  /// Policies that would have been exported before it, each with the reason why no bundle can hold it.
  std::vector<std::string> not_exported = {};
};

/// Throws InputError with everything that is wrong with the experiment or what it names.
RunOutcome run_experiment(const RunOptions& options);

}  // namespace restock::experiments
