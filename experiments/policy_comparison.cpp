#include "experiments/policy_comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "agents/policies/registry.h"
#include "env/core/error.h"
#include "env/core/suggest.h"
#include "experiments/outcome.h"
#include "experiments/report/write_report.h"
#include "experiments/run_folder.h"
#include "experiments/trained_run.h"
#include "experiments/training.h"

namespace restock::experiments {

namespace {

void check_policies(const std::vector<std::string>& names) {
  std::vector<std::string_view> known;
  for (const policies::PolicyDescription& policy : policies::policy_registry()) known.push_back(policy.name);
  for (const std::string& name : names)
    if (!policies::is_classical_policy(name) && !is_run_folder(name))
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

PolicyOutcome judge_classical(const PreparedScenario& scenario, const std::string& name,
                              const CompareOptions& options) {
  const auto tuned =
      policies::tune(scenario.tuning, name, {.seed = options.seed, .threads = options.threads, .fixed = {}});
  PolicyOutcome outcome = judge_policy(scenario, *policies::make_policy(tuned.parameters),
                                       {options.seed, options.replications, options.threads});
  outcome.kind = PolicyKind::classical;
  outcome.description = describe_parameters(tuned.parameters);
  outcome.tune_cost = tuned.cost;
  return outcome;
}

PolicyOutcome judge_run(const PreparedScenario& scenario, const std::string& folder,
                        const CompareOptions& options) {
  const auto policy = load_trained_policy(scenario, folder, name_of_run(folder));
  PolicyOutcome outcome =
      judge_policy(scenario, *policy, {options.seed, options.replications, options.threads});
  outcome.kind = PolicyKind::learned;
  outcome.description = folder;
  const policies::TuningConfig tuning;
  outcome.tune_cost = estimate_of(evaluate(scenario.tuning, *policy,
                                           {.seed = options.seed,
                                            .split = Split::tune,
                                            .replications = tuning.replications,
                                            .threads = options.threads})
                                      .costs_per_period(*scenario.warehouse));
  return outcome;
}

}  // namespace

Comparison compare_policies(const CompareOptions& options) {
  check_policies(options.policies);
  const PreparedScenario scenario =
      prepare_scenario({.scenario_file = options.scenario_file,
                        .overrides = options.overrides,
                        .seed = options.seed,
                        .forecaster_folder = forecaster_folder(options.policies),
                        .threads = options.threads,
                        .progress = options.progress});
  ComparisonInput input;
  input.scenario = scenario.scenario.name;
  input.warehouse = scenario.warehouse;
  input.phase = scenario.evaluation_text();
  input.baseline = options.baseline;
  for (const std::string& name : options.policies) {
    if (options.progress)
      options.progress(
          static_cast<double>(input.policies.size()) / static_cast<double>(options.policies.size()), name);
    input.policies.push_back(policies::is_classical_policy(name) ? judge_classical(scenario, name, options)
                                                                 : judge_run(scenario, name, options));
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
