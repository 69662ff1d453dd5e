#include "experiments/policy_comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "agents/policies/registry.h"
#include "env/core/error.h"
#include "env/core/suggest.h"
#include "experiments/exact_costs.h"
#include "experiments/outcome.h"
#include "experiments/report/write_report.h"
#include "experiments/run_folder.h"
#include "experiments/trained_run.h"
#include "experiments/training.h"

namespace restock::experiments {

namespace {

void check_policies(const std::vector<std::string>& names) {
  std::vector<std::string_view> known{kOptimalPolicy};
  for (const policies::PolicyDescription& policy : policies::policy_registry()) known.push_back(policy.name);
  for (const std::string& name : names)
    if (std::ranges::count(known, name) == 0 && !is_run_folder(name))
      throw InputError(
          fmt::format("'{}' is neither a policy nor a run folder{}", name, did_you_mean(name, known)));
}

/// The forecaster that the first run was trained with, so that it sees in the comparison what it saw in
/// training.
std::string forecaster_folder(const std::vector<std::string>& names) {
  const auto run = std::find_if(names.begin(), names.end(), is_run_folder);
  if (run == names.end()) return {};
  const std::string folder = *run + "/" + kForecasterFolder;
  return std::filesystem::exists(folder) ? folder : std::string();
}

/// Judges one policy after the other, simulated and, where that is possible, exactly.
class Judge {
 public:
  explicit Judge(const CompareOptions& options)
      : options_(options),
        scenario_(prepare_scenario({.scenario_file = options.scenario_file,
                                    .overrides = options.overrides,
                                    .seed = options.seed,
                                    .forecaster_folder = forecaster_folder(options.policies),
                                    .threads = options.threads,
                                    .progress = options.progress})),
        exact_(scenario_.evaluation, {.memory_mb = options.exact_memory_mb,
                                      .threads = options.threads,
                                      .progress = options.progress}) {}

  const PreparedScenario& scenario() const { return scenario_; }
  const ExactCosts& exact() const { return exact_; }

  /// Those asked for, or all that apply.
  std::vector<std::string> policies() const {
    if (!options_.policies.empty()) return options_.policies;
    std::vector<std::string> names;
    for (const std::string_view name : policies::applicable_policies(*scenario_.tuning))
      names.emplace_back(name);
    if (exact_.policy()) names.emplace_back(kOptimalPolicy);
    return names;
  }

  PolicyOutcome judge(const std::string& name) const {
    if (name == kOptimalPolicy) return judge_optimal();
    return policies::is_classical_policy(name) ? judge_classical(name) : judge_run(name);
  }

 private:
  PolicyOutcome simulate(const Policy& policy, PolicyKind kind, std::string description) const {
    PolicyOutcome outcome =
        judge_policy(scenario_, policy, {options_.seed, options_.replications, options_.threads});
    outcome.kind = kind;
    outcome.description = std::move(description);
    outcome.exact_cost = exact_.cost_of(policy);
    return outcome;
  }

  PolicyOutcome judge_classical(const std::string& name) const {
    const auto tuned = policies::tune(scenario_.tuning, name,
                                      {.seed = options_.seed,
                                       .replications = policies::enough_replications(*scenario_.warehouse),
                                       .threads = options_.threads});
    PolicyOutcome outcome = simulate(*policies::make_policy(tuned.parameters), PolicyKind::classical,
                                     describe_parameters(tuned.parameters));
    outcome.tune_cost = tuned.cost;
    return outcome;
  }

  PolicyOutcome judge_run(const std::string& folder) const {
    const auto policy = load_trained_policy(scenario_, folder, name_of_run(folder));
    PolicyOutcome outcome = simulate(*policy, PolicyKind::learned, folder);
    outcome.tune_cost =
        estimate_of(evaluate(scenario_.tuning, *policy,
                             {.seed = options_.seed,
                              .split = Split::tune,
                              .replications = policies::enough_replications(*scenario_.warehouse),
                              .threads = options_.threads})
                        .costs_per_period(*scenario_.warehouse));
    return outcome;
  }

  PolicyOutcome judge_optimal() const {
    PolicyOutcome outcome = simulate(*exact_.required_policy(), PolicyKind::optimal, "solved exactly");
    outcome.exact_cost = exact_.optimum()->cost;
    return outcome;
  }

  const CompareOptions& options_;
  PreparedScenario scenario_;
  ExactCosts exact_;
};

}  // namespace

Comparison compare_policies(const CompareOptions& options) {
  check_policies(options.policies);
  const Judge judge(options);
  const PreparedScenario& scenario = judge.scenario();
  ComparisonInput input;
  input.scenario = scenario.scenario.name;
  input.warehouse = scenario.warehouse;
  input.phase = scenario.evaluation_text();
  input.baseline = options.baseline;
  input.optimum = judge.exact().optimum();
  input.no_optimum = judge.exact().refusal();
  const std::vector<std::string> names = judge.policies();
  for (const std::string& name : names) {
    if (options.progress)
      options.progress(static_cast<double>(input.policies.size()) / static_cast<double>(names.size()), name);
    input.policies.push_back(judge.judge(name));
  }
  Comparison comparison = compare(std::move(input));
  if (!options.report_folder.empty()) {
    ReportData report;
    report.title = scenario.scenario.name;
    report.comparison = comparison;
    report.environment = build_facts();
    report.environment.emplace_back("seed", fmt::format("{}", options.seed));
    write_report(report, options.report_folder);
  }
  return comparison;
}

}  // namespace restock::experiments
