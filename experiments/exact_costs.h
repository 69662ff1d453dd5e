// What policies cost exactly, beside what was simulated, where the decision process of a scenario is small
// enough to be solved in seconds.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "agents/policies/exact/solve.h"
#include "experiments/comparison.h"
#include "experiments/prepared_scenario.h"

namespace restock::experiments {

/// What users call the policy that solving a scenario gives.
inline constexpr std::string_view kOptimalPolicy = "optimal";

struct ExactCostOptions {
  std::int64_t memory_mb = 64;  ///< larger chains are left to restock solve; 0: none are solved
  int threads = 1;
  ProgressReport progress = {};
};

class ExactCosts {
 public:
  /// Solves the process that policies are judged by.
  ExactCosts(std::shared_ptr<const DecisionModel> model, const ExactCostOptions& options);

  /// nullopt where it has not been solved.
  const std::optional<ExactOptimum>& optimum() const noexcept { return optimum_; }
  /// Why it has not been solved.
  const std::string& refusal() const noexcept { return refusal_; }
  /// The optimal policy; nullptr where the process has not been solved.
  std::unique_ptr<Policy> policy() const;
  /// The same; throws InputError that says why there is none.
  std::unique_ptr<Policy> required_policy() const;
  /// In the measure of the optimum. nullopt for what has not been solved, and for policies that remember or
  /// look at forecasts.
  std::optional<double> cost_of(const Policy& policy) const;

 private:
  exact::Options settings() const;

  std::shared_ptr<const DecisionModel> model_;
  ExactCostOptions options_;
  exact::Result solution_;
  std::optional<ExactOptimum> optimum_;
  std::string refusal_;
};

}  // namespace restock::experiments
