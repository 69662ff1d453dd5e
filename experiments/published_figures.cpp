#include "experiments/published_figures.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <utility>

#include "agents/policies/registry.h"
#include "env/core/error.h"
#include "env/evaluation.h"

namespace restock::experiments {

namespace {

constexpr std::string_view kOptimal = "optimal_";
constexpr std::string_view kSimulated = "simulated_";
constexpr std::string_view kCostPerDay = "cost_per_day";

Figure figure_of(const exact::Result& result, std::string_view kind) {
  if (kind == kCostPerDay) return {result.average_cost.value};
  if (kind == "discounted_cost") return {result.cost_of_horizon};
  if (kind == "discounted_cost_from_start") return {result.discounted_cost.value};
  return {};
}

}  // namespace

PublishedFigures::PublishedFigures(const PreparedScenario& scenario,
                                   std::function<exact::Options(bool by_average)> settings,
                                   const exact::Result& optimum,
                                   const std::vector<exact::ClosedForm>& closed_forms)
    : scenario_(scenario), settings_(std::move(settings)), optimum_(optimum), closed_forms_(closed_forms) {}

Figure PublishedFigures::of(const std::string& metric) const {
  for (const exact::ClosedForm& form : closed_forms_)
    if (form.metric == metric) return {form.value};
  std::istringstream words(metric);
  std::string figure;
  std::string of;
  std::string name;
  words >> figure >> of >> name;
  std::vector<std::string> parameters;
  for (std::string parameter; words >> parameter;) parameters.push_back(parameter);
  try {
    const std::string_view kind = figure;
    if (kind.starts_with(kOptimal) && of.empty()) return of_optimum(kind.substr(kOptimal.size()));
    if (of != "of" || !policies::is_classical_policy(name)) return {};
    const auto policy = policies::make_policy(name, *scenario_.evaluation, parameters);
    if (kind.starts_with(kSimulated)) return simulated(kind.substr(kSimulated.size()), *policy);
    return kind == "gap_percent" ? gap_of_policy(*policy) : of_policy(kind, *policy);
  } catch (const InputError&) {
    return {};  // what is not known here; the others are
  }
}

Figure PublishedFigures::of_optimum(std::string_view kind) const {
  const bool by_average = kind == kCostPerDay;
  const bool is_known = by_average == std::isnan(optimum_.discounted_cost.value);
  return figure_of(is_known ? optimum_ : exact::solve(scenario_.evaluation, settings_(by_average)), kind);
}

Figure PublishedFigures::of_policy(std::string_view kind, const Policy& policy) const {
  return figure_of(exact::cost_of_policy(scenario_.evaluation, policy, settings_(kind == kCostPerDay)), kind);
}

Figure PublishedFigures::gap_of_policy(const Policy& policy) const {
  return {100 * (of_policy(kCostPerDay, policy).value / of_optimum(kCostPerDay).value - 1)};
}

/// To a thousandth of the figure, or as far as the most replications reach.
Figure PublishedFigures::simulated(std::string_view kpi, const Policy& policy) const {
  constexpr double kPrecision = 1e-3;
  constexpr std::int64_t kFewest = 32;
  constexpr std::int64_t kMost = 4096;
  const auto columns = kpi_columns();
  const auto column = std::ranges::find(columns, kpi, &KpiColumn::name);
  if (column == columns.end()) return {};
  Figure figure;
  for (std::int64_t replications = kFewest; replications <= kMost; replications *= 2) {
    const Estimate estimate = evaluate(scenario_.evaluation, policy,
                                       {.replications = replications, .threads = settings_(true).threads})
                                  .kpi(*scenario_.warehouse, *column);
    figure = {estimate.mean, estimate.half_width};
    if (estimate.half_width <= kPrecision * std::abs(estimate.mean)) break;
  }
  return figure;
}

}  // namespace restock::experiments
