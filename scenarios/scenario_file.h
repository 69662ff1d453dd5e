// Scenario files. A file that a scenario names (a demand history) lies beside it: its path is relative to the
// scenario's folder, wherever the program was started.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "env/core/error.h"
#include "env/scenario.h"
#include "scenarios/yaml_reader.h"

namespace restock::scenarios {

/// The scenario, with the paths of the files that it names made absolute. Throws InputError with every
/// problem.
Scenario load_scenario(const std::string& file, const Overrides& overrides = {});

/// A path that stands in `file`, made absolute.
std::string path_beside(const std::string& file, const std::string& path);

/// Everything that is wrong with the files, in their order; empty where all can be simulated.
std::vector<Problem> validate_scenarios(std::span<const std::string> files);

}  // namespace restock::scenarios
