// restock solve: the exact optimum of a scenario or of every scenario of a folder, the exact cost of a
// policy, and both beside what has been published.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "agents/policies/exact/scenario_closed_forms.h"
#include "agents/policies/exact/solve.h"
#include "experiments/prepared_scenario.h"
#include "experiments/published_figures.h"

namespace restock::experiments {

struct SolveOptions {
  std::string scenario;  ///< a file, or a folder of them
  std::vector<std::string> overrides = {};
  std::string policy = {};                   ///< "": the optimum
  std::vector<std::string> parameters = {};  ///< name=value of the policy
  std::string out = {};                      ///< file for the optimal orders: .csv or .h5; "": none
  std::string bundle = {};  ///< folder for the optimal policy as `restock decide` takes it; "": none
  bool by_average = false;
  double tolerance = 1e-10;
  std::int64_t memory_mb = 4096;
  int threads = 1;
  ProgressReport progress = {};
};

/// A published figure and ours.
struct PublishedComparison {
  std::string metric;
  Figure ours;
  double theirs = 0;
  std::string source;

  double difference() const noexcept { return ours.value - theirs; }
};

struct SolvedScenario {
  std::string file;
  std::string name;
  std::string policy;   ///< "": the optimum
  std::string refusal;  ///< why there is no optimum; "" where there is
  exact::Result result = {};
  std::vector<exact::ClosedForm> closed_forms = {};
  std::vector<PublishedComparison> published = {};
};

/// One of each file of a folder, in the order of their names. Throws InputError where a single file cannot be
/// solved and neither a closed form nor a published figure of a policy can be given; of a folder, the refusal
/// stands in its place. Throws InputError as well where the optimal policy cannot be exported.
std::vector<SolvedScenario> solve_scenarios(const SolveOptions& options);

/// For machines: one object, or one with `scenarios` for a folder.
std::string solved_json(const std::vector<SolvedScenario>& solved, bool is_folder);
std::string solved_text(const std::vector<SolvedScenario>& solved, bool is_folder);

}  // namespace restock::experiments
