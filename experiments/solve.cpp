#include "experiments/solve.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "agents/bundle/bundle.h"
#include "agents/policies/registry.h"
#include "env/core/error.h"
#include "experiments/policy_table_file.h"

namespace restock::experiments {

namespace {

std::vector<std::string> files_of(const std::string& scenario) {
  if (!std::filesystem::is_directory(scenario)) return {scenario};
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(scenario))
    if (entry.path().extension() == ".yaml") files.push_back(entry.path().string());
  if (files.empty()) throw InputError(scenario + ": holds no scenario (*.yaml)");
  std::ranges::sort(files);
  return files;
}

class OneScenario {
 public:
  OneScenario(const SolveOptions& options, const std::string& file)
      : options_(options),
        file_(file),
        prepared_(prepare_scenario({.scenario_file = file,
                                    .overrides = options.overrides,
                                    .evaluation_only = true,
                                    .forecasts = false,
                                    .threads = options.threads})) {}

  SolvedScenario run() {
    SolvedScenario solved{
        .file = file_, .name = prepared_.scenario.name, .policy = options_.policy, .refusal = {}};
    if (!options_.policy.empty()) {
      const auto policy = policies::make_policy(options_.policy, *prepared_.evaluation, options_.parameters);
      solved.result = exact::cost_of_policy(prepared_.evaluation, *policy, settings(options_.by_average));
      return solved;
    }
    try {
      solved.result = exact::solve(prepared_.evaluation, settings(options_.by_average));
    } catch (const InputError& error) {
      solved.refusal = error.what();  // policies may have an exact cost where the optimum is not known
    }
    if (!options_.bundle.empty()) save(solved);
    solved.closed_forms =
        exact::closed_forms_of(*prepared_.evaluation, prepared_.scenario.warehouse.skus.front());
    const PublishedFigures figures(
        prepared_, [this](bool by_average) { return settings(by_average); }, solved.result,
        solved.closed_forms);
    for (const PublishedValue& published : prepared_.scenario.published)
      solved.published.push_back(
          {published.metric, figures.of(published.metric), published.value, published.source});
    return solved;
  }

 private:
  void save(const SolvedScenario& solved) const {
    if (!solved.refusal.empty()) throw InputError(solved.refusal);
    if (!solved.result.table)
      throw InputError(
          fmt::format("the optimum of class {} is a level for each SKU and no table of orders; export "
                      "the base-stock policy with these levels from an experiment",
                      solved.result.problem_class));
    bundle::save_bundle(options_.bundle, {.scenario = prepared_.scenario.name,
                                          .decisions = prepared_.evaluation,
                                          .table = solved.result.table.get()});
  }

  exact::Options settings(bool by_average) const {
    exact::Options settings{.tolerance = options_.tolerance,
                            .maximum_bytes = static_cast<std::uint64_t>(options_.memory_mb) << 20,
                            .threads = options_.threads,
                            .by_average = by_average};
    if (options_.progress) settings.progress = [this](const exact::Progress& progress) { show(progress); };
    return settings;
  }

  void show(const exact::Progress& progress) const {
    const std::string size = fmt::format("{}: {} states, {} MB", prepared_.scenario.name, progress.states,
                                         (progress.bytes >> 20) + 1);
    if (!std::isfinite(progress.upper)) return options_.progress(0, size + " so far");
    // bounds close by about the same factor each sweep: their logarithm tells how far it has come
    const double width = (progress.upper - progress.lower) / std::max(1.0, std::abs(progress.lower));
    const double fraction = width > 0 ? std::log10(width) / std::log10(options_.tolerance) : 0;
    options_.progress(std::clamp(fraction, 0.0, 1.0),
                      fmt::format("{}, {} sweeps, between {:.6g} and {:.6g}", size, progress.sweeps,
                                  progress.lower, progress.upper));
  }

  const SolveOptions& options_;
  std::string file_;
  PreparedScenario prepared_;
};

}  // namespace

std::vector<SolvedScenario> solve_scenarios(const SolveOptions& options) {
  const std::vector<std::string> files = files_of(options.scenario);
  const bool is_folder = std::filesystem::is_directory(options.scenario);
  if (is_folder && !(options.out.empty() && options.bundle.empty()))
    throw InputError("--out and --export write the orders of one scenario, expected a file and no folder");
  if (options.policy.empty() && !options.parameters.empty())
    throw InputError(
        fmt::format("{}: a parameter of a policy, and no --policy is named; --set changes the scenario",
                    options.parameters.front()));
  if (!options.policy.empty() && !options.bundle.empty())
    throw InputError("--export writes the optimal policy, expected no --policy");
  std::vector<SolvedScenario> solved;
  for (const std::string& file : files) {
    try {
      solved.push_back(OneScenario(options, file).run());
      const SolvedScenario& last = solved.back();
      const bool says_something = std::ranges::any_of(
          last.published, [](const PublishedComparison& each) { return !std::isnan(each.ours.value); });
      if (!is_folder && !last.refusal.empty() && !says_something && last.closed_forms.empty())
        throw InputError(last.refusal);
    } catch (const InputError& error) {
      if (!is_folder) throw;
      solved.push_back({.file = file, .name = {}, .policy = options.policy, .refusal = error.what()});
    }
  }
  if (!options.out.empty()) write_policy_table(solved.front().result, options.out);
  return solved;
}

}  // namespace restock::experiments
