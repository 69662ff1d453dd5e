#include "experiments/comparison.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "env/core/check.h"
#include "env/core/suggest.h"

namespace restock::experiments {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

Estimate scaled(const Estimate& estimate, double factor) {
  return {estimate.mean * factor, estimate.half_width * std::fabs(factor)};
}

double mean_cost(const WarehouseModel& warehouse, const PolicyOutcome& policy) {
  return estimate_of(policy.evaluation.costs_per_period(warehouse)).mean;
}

std::vector<double> differences(const std::vector<double>& policy, const std::vector<double>& baseline) {
  RESTOCK_CHECK(policy.size() == baseline.size(), "{} observations against {}", policy.size(),
                baseline.size());
  std::vector<double> result(policy.size());
  for (std::size_t i = 0; i < result.size(); ++i) result[i] = policy[i] - baseline[i];
  return result;
}

/// The days of one replication, where both were recorded whole.
std::optional<BootstrapInterval> over_weeks(const WarehouseModel& warehouse, const DailyRecord& policy,
                                            const DailyRecord& baseline, const BlockBootstrapConfig& config) {
  const auto counted = static_cast<std::size_t>(warehouse.counted_days());
  if (policy.days != counted || baseline.days != counted) return std::nullopt;
  return block_bootstrap_of_mean(differences(policy.total_cost_by_day(), baseline.total_cost_by_day()),
                                 config);
}

Verdict verdict_of(double lower, double upper) {
  if (std::isnan(lower) || std::isnan(upper)) return Verdict::one_observation;
  if (upper < 0) return Verdict::costs_less;
  return lower > 0 ? Verdict::costs_more : Verdict::not_distinguishable;
}

Verdict verdict_of(const PairedDifference& difference) {
  const Estimate& cost = difference.cost_per_day;
  if (!std::isnan(cost.half_width))
    return verdict_of(cost.mean - cost.half_width, cost.mean + cost.half_width);
  if (difference.over_weeks) return verdict_of(difference.over_weeks->lower, difference.over_weeks->upper);
  return Verdict::one_observation;
}

/// The lowest cost among policies of `kind`, the first of equals. `cost` gives nullopt for what is not
/// considered.
template <class Cost>
std::optional<std::size_t> cheapest(const std::vector<PolicyOutcome>& policies, PolicyKind kind, Cost cost) {
  std::optional<std::size_t> best;
  double lowest = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < policies.size(); ++i) {
    if (policies[i].kind != kind) continue;
    const std::optional<double> value = cost(policies[i]);
    if (!value || !(*value < lowest)) continue;
    lowest = *value;
    best = i;
  }
  return best;
}

std::vector<std::string_view> names_of_policies(const std::vector<PolicyOutcome>& policies) {
  std::vector<std::string_view> names;
  for (const PolicyOutcome& policy : policies) names.push_back(policy.name);
  return names;
}

void check_input(const ComparisonInput& input) {
  RESTOCK_CHECK(input.warehouse && !input.policies.empty(), "{} policies to compare", input.policies.size());
  std::set<std::string_view> seen;
  for (const PolicyOutcome& policy : input.policies) {
    RESTOCK_CHECK(!policy.evaluation.replications.empty(), "policy '{}' has not been evaluated", policy.name);
    if (!seen.insert(policy.name).second)
      throw InputError(fmt::format("policy {} is named twice in one comparison: give each its own name",
                                   in_quotes(policy.name)));
  }
  if (input.baseline.empty() || seen.contains(input.baseline)) return;
  const std::vector<std::string_view> names = names_of_policies(input.policies);
  throw InputError(fmt::format("baseline {} is none of the policies compared: {}{}",
                               in_quotes(input.baseline), fmt::join(names, ", "),
                               did_you_mean(input.baseline, names)));
}

std::string default_baseline(const Comparison& comparison) {
  return comparison.policies[comparison.best_classical ? comparison.best_classical->index : 0].name;
}

}  // namespace

double ExactOptimum::gap_percent(double cost_of_policy) const noexcept {
  return cost == 0 ? kNaN : 100 * (cost_of_policy - cost) / std::fabs(cost);
}

std::string_view name_of(PolicyKind kind) {
  switch (kind) {
    case PolicyKind::classical:
      return "classical";
    case PolicyKind::learned:
      return "learned";
    case PolicyKind::optimal:
      return "optimal";
    case PolicyKind::bundle:
      return "bundle";
  }
  return "";
}

std::string_view name_of(PairUnit unit) {
  switch (unit) {
    case PairUnit::replications:
      return "replications";
    case PairUnit::skus:
      return "skus";
    case PairUnit::none:
      return "none";
  }
  return "";
}

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::costs_less:
      return "costs_less";
    case Verdict::costs_more:
      return "costs_more";
    case Verdict::not_distinguishable:
      return "not_distinguishable";
    case Verdict::one_observation:
      return "one_observation";
  }
  return "";
}

std::string_view name_of(ChosenBy chosen_by) {
  switch (chosen_by) {
    case ChosenBy::only_one:
      return "only_one";
    case ChosenBy::tune_split:
      return "tune_split";
    case ChosenBy::evaluation:
      return "evaluation";
  }
  return "";
}

const PolicyOutcome& Comparison::policy(std::string_view name) const {
  const auto found = std::ranges::find(policies, name, &PolicyOutcome::name);
  RESTOCK_CHECK(found != policies.end(), "no policy '{}' in the comparison", name);
  return *found;
}

const PairedDifference* Comparison::difference_of(std::string_view policy) const {
  const auto found = std::ranges::find(differences, policy, &PairedDifference::policy);
  return found == differences.end() ? nullptr : &*found;
}

std::optional<BestPolicy> best_of_kind(const WarehouseModel& warehouse,
                                       const std::vector<PolicyOutcome>& policies, PolicyKind kind) {
  const auto tuned = [](const PolicyOutcome& policy) -> std::optional<double> {
    if (!policy.tune_cost) return std::nullopt;
    return policy.tune_cost->mean;
  };
  const auto evaluated = [&](const PolicyOutcome& policy) -> std::optional<double> {
    return mean_cost(warehouse, policy);
  };
  const bool alone = std::ranges::count(policies, kind, &PolicyOutcome::kind) == 1;
  if (const auto best = cheapest(policies, kind, tuned))
    return BestPolicy{*best, alone ? ChosenBy::only_one : ChosenBy::tune_split};
  if (const auto best = cheapest(policies, kind, evaluated))
    return BestPolicy{*best, alone ? ChosenBy::only_one : ChosenBy::evaluation};
  return std::nullopt;
}

PairedDifference paired_difference(const WarehouseModel& warehouse, const PolicyOutcome& policy,
                                   const PolicyOutcome& baseline, const BlockBootstrapConfig& bootstrap) {
  const auto skus = static_cast<double>(warehouse.skus.size());
  PairedDifference result;
  result.policy = policy.name;
  result.baseline = baseline.name;
  const std::vector<double> by_replication = differences(policy.evaluation.costs_per_period(warehouse),
                                                         baseline.evaluation.costs_per_period(warehouse));
  if (by_replication.size() >= 2) {
    result.unit = PairUnit::replications;
    result.pairs = by_replication.size();
    result.cost_per_day = estimate_of(by_replication);
  } else {
    const std::vector<double> by_sku =
        differences(policy.evaluation.costs_per_sku(warehouse), baseline.evaluation.costs_per_sku(warehouse));
    result.unit = by_sku.size() >= 2 ? PairUnit::skus : PairUnit::none;
    result.pairs = by_sku.size() >= 2 ? by_sku.size() : 0;
    result.cost_per_day = scaled(estimate_of(by_sku), skus);
    result.over_weeks = over_weeks(warehouse, policy.record, baseline.record, bootstrap);
  }
  const double baseline_cost = std::fabs(mean_cost(warehouse, baseline));
  result.per_sku = scaled(result.cost_per_day, 1 / skus);
  result.percent =
      baseline_cost > 0 ? scaled(result.cost_per_day, 100 / baseline_cost) : Estimate{kNaN, kNaN};
  result.verdict = verdict_of(result);
  return result;
}

Comparison compare(ComparisonInput input) {
  check_input(input);
  Comparison result;
  result.scenario = std::move(input.scenario);
  result.warehouse = std::move(input.warehouse);
  result.phase = std::move(input.phase);
  result.optimum = std::move(input.optimum);
  result.no_optimum = std::move(input.no_optimum);
  result.policies = std::move(input.policies);
  const WarehouseModel& warehouse = *result.warehouse;
  result.best_classical = best_of_kind(warehouse, result.policies, PolicyKind::classical);
  result.best_learned = best_of_kind(warehouse, result.policies, PolicyKind::learned);
  result.baseline = input.baseline.empty() ? default_baseline(result) : std::move(input.baseline);
  const PolicyOutcome& baseline = result.policy(result.baseline);
  for (const PolicyOutcome& policy : result.policies)
    if (policy.name != result.baseline)
      result.differences.push_back(paired_difference(warehouse, policy, baseline, input.bootstrap));
  if (result.best_classical && result.best_learned)
    result.headline = paired_difference(warehouse, result.policies[result.best_learned->index],
                                        result.policies[result.best_classical->index], input.bootstrap);
  return result;
}

Kpis sku_kpis(const WarehouseModel& warehouse, const Evaluation& evaluation, std::size_t sku) {
  SkuLedger total;
  for (const ReplicationResult& replication : evaluation.replications) total += replication.ledgers[sku];
  return kpis_of_sku(warehouse, sku, total);
}

Estimate kpi_of(const Comparison& comparison, const PolicyOutcome& policy, double Kpis::*value) {
  const auto columns = kpi_columns();
  const auto column = std::ranges::find(columns, value, &KpiColumn::value);
  RESTOCK_CHECK(column != columns.end(), "an indicator without a column");
  return policy.evaluation.kpi(*comparison.warehouse, *column);
}

}  // namespace restock::experiments
