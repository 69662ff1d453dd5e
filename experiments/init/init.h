// restock init: from a user's own sales to a scenario and an experiment that run at once.
#pragma once

#include <string>
#include <vector>

namespace restock::experiments {

struct InitOptions {
  std::string sales;     ///< demand history, as read_history.h takes it
  std::string items;     ///< "": none
  std::string receipts;  ///< "": none
  std::string out;       ///< folder; must not exist, or be empty
  double carrying_rate = 0.25;
  std::int64_t evaluation_days = 0;  ///< 0: chosen by the length of the history
};

struct InitOutcome {
  std::string scenario;    ///< file
  std::string experiment;  ///< file
  std::size_t skus = 0;
  std::size_t guesses = 0;         ///< values to look at
  std::vector<std::string> notes;  ///< what was left out
};

/// Writes scenario.yaml, experiment.yaml and sales.csv, and reads the scenario once to see that it holds.
/// Throws InputError; then nothing is left.
InitOutcome init_scenario(const InitOptions& options);

}  // namespace restock::experiments
