// What a sweep leaves for its readers: results.csv, results.json, and best.yaml for `restock train --config`.
#pragma once

#include <string>

#include "experiments/sweep/sweep.h"

namespace restock::experiments {

/// Writes the three files and sets result.best_file.
void write_sweep_results(SweepResult& result, const SweepConfig& config, const std::string& folder);

}  // namespace restock::experiments
