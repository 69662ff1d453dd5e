// Runs a sweep: every trial with every seed is one single-threaded training in a child process, one a core.
// The sweep's folder holds everything: killed at any moment and started again, it goes on where it was, and
// no training that ended is done twice.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "env/evaluation.h"
#include "experiments/sweep/sweep_config.h"

namespace restock::experiments {

struct SweepOptions {
  std::string folder;                      ///< of the sweep
  std::string program = "/proc/self/exe";  ///< what trains: `restock`
  std::uint64_t seed = 1;
  int threads = 1;  ///< children at a time
  std::function<void(double fraction, const std::string& text)> progress;
};

/// One row of the result table.
struct TrialResult {
  std::size_t trial = 0;
  TrialSettings settings;
  std::vector<double> values;  ///< of the metric, by seed; NaN where a training failed
  Estimate metric;
};

struct SweepResult {
  std::vector<TrialResult> trials;  ///< best first; trials without a value last
  std::string best_file;  ///< a configuration that `restock train --config` takes; empty where none succeeded
  std::size_t trainings = 0;  ///< done by this call
};

/// `base` is the folder of the sweep file. Writes results.csv, results.json and best.yaml into the sweep's
/// folder. Throws InputError where the folder belongs to a different sweep.
SweepResult run_sweep(const SweepConfig& config, const std::string& base, const SweepOptions& options);

}  // namespace restock::experiments
