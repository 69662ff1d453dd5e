// The exact optimum of a scenario, and the exact cost of any policy without memory in it.
//
// The decision process is built from the scenario: the laws, costs and sequence of events that the simulator
// runs. A scenario that no problem class holds is refused with the reasons.
#pragma once

#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>

#include "agents/policies/exact/table_policy.h"
#include "env/decision_process.h"
#include "env/policy.h"

namespace restock::exact {

/// While states are still being found (sweeps = 0, bounds infinite) they and their bytes are those so far.
struct Progress {
  std::string what = {};
  std::uint64_t states = 0;
  std::uint64_t bytes = 0;
  std::int64_t sweeps = 0;
  double lower = -std::numeric_limits<double>::infinity();
  double upper = std::numeric_limits<double>::infinity();
};

struct Options {
  double tolerance = 1e-10;  ///< width of the bounds, as a share of the cost
  std::uint64_t maximum_bytes = std::uint64_t{4} << 30;
  int threads = 1;
  bool by_average = false;  ///< the average cost, also where the scenario discounts
  std::function<void(const Progress&)> progress = {};
};

/// Money a day, or of the whole future where it is discounted. NaN: not asked for.
struct Bounded {
  double value = std::numeric_limits<double>::quiet_NaN();
  double lower = std::numeric_limits<double>::quiet_NaN();
  double upper = std::numeric_limits<double>::quiet_NaN();
};

struct Result {
  std::string problem_class;
  Bounded average_cost;     ///< a day; the horizon and where it starts do not matter
  Bounded discounted_cost;  ///< of all days from the start of the scenario; with horizon.discount_factor < 1
  /// Expected discounted cost of the counted days of the horizon, as the simulation counts it.
  double cost_of_horizon = std::numeric_limits<double>::quiet_NaN();
  std::uint64_t states = 0;
  std::uint64_t state_actions = 0;
  std::uint64_t bytes = 0;
  std::int64_t sweeps = 0;
  double seconds = 0;
  bool converged = true;
  bool proven_bounds = true;  ///< no better policy can lie outside the range of orders that was searched
  int enlargements = 0;       ///< of the range, until the cost changed no more
  std::shared_ptr<const PolicyTable> table;  ///< nullptr for a given policy, and where levels say it all
  std::optional<LevelAnswer> levels;
};

/// Throws InputError where the scenario belongs to no class or would take too much memory.
Result solve(std::shared_ptr<const DecisionModel> model, const Options& options);

/// The policy that costs what solve() says; nullptr for the result of a given policy.
std::unique_ptr<Policy> optimal_policy(const Result& result, const WarehouseModel& warehouse);

/// What a given policy costs, in the states that it reaches from where the scenario starts. Throws InputError
/// as solve() does, and where the policy remembers, looks at forecasts or orders by the date.
Result cost_of_policy(std::shared_ptr<const DecisionModel> model, const Policy& policy,
                      const Options& options);

}  // namespace restock::exact
