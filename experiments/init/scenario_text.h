// A draft as the YAML files that its user goes on with: a scenario and an experiment, each value with a
// comment that says where it comes from, guesses marked by the word GUESS.
#pragma once

#include <string>

#include "experiments/init/scenario_draft.h"

namespace restock::experiments {

/// The history stands beside the scenario as `sales_file`; `sources` say what the files were made from.
std::string scenario_text(const ScenarioDraft& draft, const std::string& sales_file,
                          const std::string& sources);
std::string experiment_text(const ScenarioDraft& draft, const std::string& scenario_file);

}  // namespace restock::experiments
