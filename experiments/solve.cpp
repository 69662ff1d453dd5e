#include "experiments/solve.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <sstream>

#include "agents/policies/parameters.h"
#include "agents/policies/registry.h"
#include "env/core/error.h"
#include "experiments/policy_table_file.h"

namespace restock::experiments {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

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
      solved.result = cost_of(options_.policy, options_.parameters, options_.by_average);
      return solved;
    }
    try {
      solved.result = exact::solve(prepared_.evaluation, settings(options_.by_average));
    } catch (const InputError& error) {
      solved.refusal = error.what();  // policies may have an exact cost where the optimum is not known
    }
    for (const PublishedValue& published : prepared_.scenario.published)
      solved.published.push_back(
          {published.metric, value_of(published.metric, solved.result), published.value, published.source});
    return solved;
  }

 private:
  exact::Options settings(bool by_average) const {
    exact::Options settings{.tolerance = options_.tolerance,
                            .maximum_bytes = static_cast<std::uint64_t>(options_.memory_mb) << 20,
                            .threads = options_.threads,
                            .by_average = by_average};
    if (options_.progress)
      settings.progress = [this](const exact::Progress& progress) {
        // bounds close by about the same factor each sweep: their logarithm tells how far it has come
        const double width = (progress.upper - progress.lower) / std::max(1.0, std::abs(progress.lower));
        const double fraction =
            std::isfinite(width) && width > 0 ? std::log10(width) / std::log10(options_.tolerance) : 0;
        options_.progress(std::clamp(fraction, 0.0, 1.0),
                          fmt::format("{}: {} states, {} MB, {} sweeps, between {:.6g} and {:.6g}",
                                      prepared_.scenario.name, progress.states, (progress.bytes >> 20) + 1,
                                      progress.sweeps, progress.lower, progress.upper));
      };
    return settings;
  }

  exact::Result cost_of(const std::string& policy, const std::vector<std::string>& parameters,
                        bool by_average) const {
    const auto made = policies::make_policy(policy, *prepared_.evaluation, parameters);
    return exact::cost_of_policy(prepared_.evaluation, *made, settings(by_average));
  }

  /// "optimal_cost_per_day", "discounted_cost of base_stock order_up_to_level=5", …
  double value_of(const std::string& metric, const exact::Result& optimum) const {
    std::istringstream words(metric);
    std::string figure;
    std::string of;
    std::string policy;
    words >> figure >> of >> policy;
    const bool is_optimum = figure.starts_with("optimal_");
    if (is_optimum ? !of.empty() : of != "of" || !policies::is_classical_policy(policy)) return kNone;
    std::vector<std::string> parameters;
    for (std::string parameter; words >> parameter;) parameters.push_back(parameter);
    const std::string kind = is_optimum ? figure.substr(8) : figure;
    const bool by_average = kind == "cost_per_day";
    try {
      const bool is_known = is_optimum && by_average == std::isnan(optimum.discounted_cost.value);
      const exact::Result result = is_known     ? optimum
                                   : is_optimum ? exact::solve(prepared_.evaluation, settings(by_average))
                                                : cost_of(policy, parameters, by_average);
      if (by_average) return result.average_cost.value;
      if (kind == "discounted_cost") return result.cost_of_horizon;
      if (kind == "discounted_cost_from_start") return result.discounted_cost.value;
    } catch (const InputError&) {
      return kNone;  // a policy whose exact cost is not known
    }
    return kNone;
  }

  const SolveOptions& options_;
  std::string file_;
  PreparedScenario prepared_;
};

}  // namespace

std::vector<SolvedScenario> solve_scenarios(const SolveOptions& options) {
  const std::vector<std::string> files = files_of(options.scenario);
  const bool is_folder = std::filesystem::is_directory(options.scenario);
  if (is_folder && !options.out.empty())
    throw InputError("--out writes the orders of one scenario, expected a file and no folder");
  std::vector<SolvedScenario> solved;
  for (const std::string& file : files) {
    try {
      solved.push_back(OneScenario(options, file).run());
      const SolvedScenario& last = solved.back();
      const bool says_something = std::ranges::any_of(
          last.published, [](const PublishedComparison& each) { return !std::isnan(each.ours); });
      if (!is_folder && !last.refusal.empty() && !says_something) throw InputError(last.refusal);
    } catch (const InputError& error) {
      if (!is_folder) throw;
      solved.push_back({.file = file, .name = {}, .policy = options.policy, .refusal = error.what()});
    }
  }
  if (!options.out.empty()) write_policy_table(solved.front().result, options.out);
  return solved;
}

}  // namespace restock::experiments
