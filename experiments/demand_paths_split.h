// Futures from a file as the demand of a scenario (`source: paths`), and which of them which split may see.
#pragma once

#include <string>
#include <vector>

#include "env/core/keyed_random.h"
#include "env/scenario.h"
#include "env/sim/demand_paths.h"

namespace restock::experiments {

/// The names of a scenario's series, in the order of its SKUs: "id", or "id@location".
std::vector<std::string> series_ids(const Scenario& scenario);

/// The paths of a file. Throws InputError where its SKUs or days are not the scenario's.
DemandPaths read_paths_of(const Scenario& scenario, const std::string& file);

/// Those of `paths` that belong to a split: of all, the last fifth tunes and the others train; all evaluate.
/// Throws InputError, which names `file`, where nothing is left to tune.
DemandPaths paths_of_split(const DemandPaths& paths, const std::string& file, Split split);

/// Units a day, by SKU.
std::vector<double> mean_of_paths(const DemandPaths& paths);

}  // namespace restock::experiments
