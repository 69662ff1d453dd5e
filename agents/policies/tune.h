// Finds the best parameters of a classical policy by simulation with common random numbers.
//
// SKUs that do not influence each other have a search of their own each, and one simulation answers one
// question of every search at once; those that do (coupling.h) are searched together (group_search.h). All
// candidates meet the same replications of the tune split; the result does not depend on the number of
// threads, nor on interruptions (tuning_log.h).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "agents/policies/registry.h"
#include "env/core/description.h"
#include "env/evaluation.h"

namespace restock::policies {

struct TuningConfig {
  std::uint64_t seed = 1;
  std::int64_t replications = 32;
  /// Then the best so far is taken; ten times as many where parameters differ by weekday.
  std::int64_t maximum_simulations = 400;
  int threads = 1;
  /// "name=value" or "SKU.name=value": parameters that are not looked for but given.
  std::vector<std::string> fixed = {};
  /// Parameters that may have another value on each weekday.
  std::vector<std::string> by_weekday = {};
  /// Quantities that are looked for as multiples of the forecast.
  std::vector<std::string> by_forecast = {};
  /// Where the tuning keeps what it has simulated, and goes on from; "": nowhere.
  std::string state_file = {};
};

/// The indicator of the simulation that is minimised: cost a period, or the discounted cost of the horizon
/// where the scenario discounts.
const KpiColumn& tuned_measure(const WarehouseModel& warehouse);

/// What it costs to be a little off the best: one step of the search along one axis.
struct NeighbourCost {
  std::vector<double> values;  ///< by parameter
  Estimate extra_cost;         ///< paired difference to the best, of all SKUs coupled to it
};

struct TunedSku {
  std::vector<double> values;             ///< by parameter
  Estimate cost;                          ///< over replications of the tune split
  double starting_cost = 0;               ///< of the closed forms' parameters
  std::vector<NeighbourCost> neighbours;  ///< how flat the cost is there
};

/// Costs are those of tuned_measure().
struct TuningResult {
  PolicyParameters parameters;
  std::vector<TunedSku> skus;
  Estimate cost;                 ///< all SKUs together
  std::int64_t simulations = 0;  ///< each of `replications` replications
  bool converged = true;         ///< every search has ended by itself
};

struct TuningProgress {
  std::int64_t simulations = 0;
  std::size_t skus_done = 0;
  std::size_t skus = 0;
  double cost = 0;  ///< sum of the best so far
};

/// As many replications as make 400,000 days, within [4, 32]: enough to tell parameters apart.
std::int64_t enough_replications(const WarehouseModel& warehouse) noexcept;

/// Throws InputError where the policy does not apply to the scenario, or settings do not fit.
TuningResult tune(std::shared_ptr<const DecisionModel> model, std::string_view policy,
                  const TuningConfig& config,
                  const std::function<void(const TuningProgress&)>& progress = {});

/// seed, threads and state_file are the program's.
void describe(FieldVisitor& visitor, TuningConfig& config);

}  // namespace restock::policies
