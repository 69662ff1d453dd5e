// Policies compared on the same customers: what wins, by how much, how sure.
//
// All policies meet the same replications (common random numbers) or the same history, so a comparison is an
// interval of paired differences, which is far narrower than the difference of two intervals. A pair is a
// replication where there are at least two of them; on one history it is a SKU, and days are resampled in
// blocks of a week beside it (bootstrap.h). The two answer different questions: would it hold for other SKUs
// of this kind, and would it hold in other weeks.
//
// The best classical and the best learned policy are chosen by what they cost on the tune split, never by the
// result that is reported: choosing the winner on the data that judges it would flatter it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "env/evaluation.h"
#include "experiments/bootstrap.h"
#include "experiments/recording.h"

namespace restock::experiments {

enum class PolicyKind { classical, learned, optimal, bundle };
std::string_view name_of(PolicyKind kind);

/// A policy and what came of it in the evaluation.
struct PolicyOutcome {
  std::string name;   ///< unique in a comparison
  std::string label;  ///< for people
  PolicyKind kind = PolicyKind::classical;
  std::string description;  ///< tuned parameters, or agent and seed
  Evaluation evaluation;
  DailyRecord record;                     ///< of replication 0; may be empty
  std::optional<Estimate> tune_cost;      ///< money a day on the tune split, which choices are made by
  std::optional<double> exact_cost = {};  ///< in the measure of the optimum; nullopt where it is not known
};

/// The least that any policy costs, computed and not simulated.
struct ExactOptimum {
  double cost = 0;  ///< money a day; where days are discounted, discounted_cost of the horizon
  double lower = 0;
  double upper = 0;
  bool is_discounted = false;
  std::string problem_class = {};
  std::uint64_t states = 0;
  double seconds = 0;  ///< that it took

  /// By how much a cost exceeds it, in % of it; NaN where it is zero.
  double gap_percent(double cost_of_policy) const noexcept;
};

/// What the two policies of a difference were paired by.
enum class PairUnit {
  replications,  ///< at least two replications
  skus,          ///< one replication, at least two SKUs
  none           ///< one replication of one SKU: no interval beside that over weeks
};
std::string_view name_of(PairUnit unit);

enum class Verdict { costs_less, costs_more, not_distinguishable, one_observation };
std::string_view name_of(Verdict verdict);

/// Cost of `policy` minus cost of `baseline`, all SKUs together.
struct PairedDifference {
  std::string policy;
  std::string baseline;
  PairUnit unit = PairUnit::none;
  std::size_t pairs = 0;
  Estimate cost_per_day;  ///< money a day; NaN half-width without pairs
  Estimate per_sku;       ///< money a day of one SKU: cost_per_day / number of SKUs
  Estimate percent;       ///< cost_per_day in % of the baseline's cost; NaN where that is zero
  std::optional<BootstrapInterval>
      over_weeks;  ///< of cost_per_day, on one replication whose days were recorded whole
  /// By the interval over pairs; by that over weeks where there are no pairs.
  Verdict verdict = Verdict::one_observation;
};

/// How a best policy was chosen.
enum class ChosenBy { only_one, tune_split, evaluation };
std::string_view name_of(ChosenBy chosen_by);

struct BestPolicy {
  std::size_t index = 0;  ///< into Comparison::policies
  ChosenBy by = ChosenBy::only_one;
};

struct Comparison {
  std::string scenario;
  std::shared_ptr<const WarehouseModel> warehouse;
  std::string phase;  ///< such as "history from 2026-01-05 to 2026-03-29", or "200 replications of the laws"
  std::vector<PolicyOutcome> policies;
  std::string baseline;
  std::vector<PairedDifference>
      differences;  ///< of every other policy against the baseline, in the order of policies
  std::optional<BestPolicy> best_classical;
  std::optional<BestPolicy> best_learned;
  std::optional<PairedDifference>
      headline;  ///< best learned against best classical; nullopt where one is missing
  std::optional<ExactOptimum> optimum;
  std::string no_optimum;  ///< why there is none

  const PolicyOutcome& policy(std::string_view name) const;
  /// nullptr for the baseline.
  const PairedDifference* difference_of(std::string_view policy) const;
};

/// The policy of this kind with the lowest cost on the tune split. Policies without such an estimate are
/// considered only where none has one; then the evaluation decides, and says so.
std::optional<BestPolicy> best_of_kind(const WarehouseModel& warehouse,
                                       const std::vector<PolicyOutcome>& policies, PolicyKind kind);

/// `policy` and `baseline` must have been evaluated on the same replications of the warehouse.
PairedDifference paired_difference(const WarehouseModel& warehouse, const PolicyOutcome& policy,
                                   const PolicyOutcome& baseline, const BlockBootstrapConfig& bootstrap = {});

/// What to compare; an empty baseline means the best classical policy, or the first where there is none.
struct ComparisonInput {
  std::string scenario;
  std::shared_ptr<const WarehouseModel> warehouse;
  std::string phase;
  std::vector<PolicyOutcome> policies;
  std::string baseline;
  BlockBootstrapConfig bootstrap;
  std::optional<ExactOptimum> optimum = {};
  std::string no_optimum = {};
};
/// Throws InputError where the baseline is none of the policies.
Comparison compare(ComparisonInput input);

/// Indicators of one SKU over all replications together.
Kpis sku_kpis(const WarehouseModel& warehouse, const Evaluation& evaluation, std::size_t sku);

/// Mean of an indicator over replications; its half-width is NaN on one replication.
Estimate kpi_of(const Comparison& comparison, const PolicyOutcome& policy, double Kpis::*value);

}  // namespace restock::experiments
