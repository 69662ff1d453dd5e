// A problem class: what it recognises in a scenario and how it is solved. One class is one pair of files and
// a line in problem.cpp.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agents/policies/exact/process.h"
#include "env/decision_process.h"

namespace restock::exact {

/// Why a scenario does not belong to a class: each names a key of the scenario, what stands there and what
/// would be expected.
using Reasons = std::vector<std::string>;

/// Limits that a solver needs and a scenario does not have.
struct Limits {
  /// How often the range of orders has been doubled since the first try; 0 where its limits are proven.
  int enlargement = 0;
  std::uint64_t maximum_bytes = std::uint64_t{2} << 30;
};

/// Levels that a class has as its answer instead of a table (serial systems).
struct LevelAnswer {
  double cost = 0;  ///< a day
  std::vector<std::string> skus;
  std::vector<std::int64_t> local_levels;
  std::vector<std::int64_t> echelon_levels;
};

class Problem {
 public:
  virtual ~Problem() = default;
  virtual std::string_view name() const = 0;
  /// The process of the scenario, with a range of orders for optimisation. nullptr: there is only answer(),
  /// or no optimum.
  virtual std::unique_ptr<Process> process(const Limits& limits) const = 0;
  /// The same for one policy: no range of orders, but levels stay within ±level_limit. `needs_pipeline`:
  /// whether the policy looks at more than inventory positions.
  virtual std::unique_ptr<Process> process_of_policy(Units level_limit, bool needs_pipeline) const = 0;
  /// A chain that sweeps faster than an ExploredChain of the process; nullptr: there is none.
  virtual std::unique_ptr<Chain> chain(const Process& /*process*/, const Limits& /*limits*/) const {
    return nullptr;
  }
  /// Whether no better policy can lie outside the range of orders.
  virtual bool has_proven_bounds() const = 0;
  /// The exact answer where it needs no chain.
  virtual std::optional<LevelAnswer> answer() const { return std::nullopt; }
  /// The exact cost a day of a policy where it needs no chain.
  virtual std::optional<double> cost_of_policy(const Policy& /*policy*/) const { return std::nullopt; }
  /// Which policies have one, for the message to a user who asks for another.
  virtual std::string_view policies_with_a_cost() const { return "another policy"; }
};

struct Recognition {
  std::unique_ptr<Problem> problem;  ///< nullptr exactly where there are reasons
  Reasons reasons;
};

struct ProblemClass {
  std::string_view name;
  std::string_view meaning;
  Recognition (*recognise)(const DecisionModel& model);
};

/// In the order in which they are tried.
std::span<const ProblemClass> problem_classes();

/// The problem that the scenario is. Throws InputError with the reasons of the class that is nearest.
std::unique_ptr<Problem> recognise(const DecisionModel& model);

}  // namespace restock::exact
