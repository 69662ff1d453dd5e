// Runs policies on what a scenario judges them by, and makes them ready to be compared.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "agents/policies/tune.h"
#include "env/policy.h"
#include "experiments/comparison.h"
#include "experiments/prepared_scenario.h"

namespace restock::experiments {

struct JudgeOptions {
  std::uint64_t seed = 1;
  std::int64_t replications = 1;  ///< ignored on a history, which is one
  int threads = 1;
};

/// Simulates the policy on the evaluation split. The outcome's name, kind and description are for the caller
/// to fill.
PolicyOutcome judge_policy(const PreparedScenario& scenario, const Policy& policy,
                           const JudgeOptions& options);

/// What tuning found, in words: "S 29, cap 5" of one SKU, a range over many.
std::string describe_parameters(const policies::PolicyParameters& parameters);

}  // namespace restock::experiments
