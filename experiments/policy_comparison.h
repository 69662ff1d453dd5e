// restock compare: classical policies, tuned first, and trained runs, judged on the same customers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "experiments/comparison.h"
#include "experiments/prepared_scenario.h"

namespace restock::experiments {

struct CompareOptions {
  std::string scenario_file;
  std::vector<std::string> overrides;
  /// Names of classical policies, "optimal" and run folders; empty: all classical policies that apply, and
  /// the optimal one where the scenario can be solved.
  std::vector<std::string> policies;
  std::string baseline;       ///< "": the best classical policy
  std::string report_folder;  ///< "": no report
  std::int64_t replications = 64;
  std::int64_t exact_memory_mb = 64;  ///< for exact costs; 0: none
  std::uint64_t seed = 1;
  int threads = 1;
  ProgressReport progress;
};

/// Throws InputError where a policy is neither a name nor a run folder, or where two runs were trained with
/// different forecasters.
Comparison compare_policies(const CompareOptions& options);

}  // namespace restock::experiments
