#include "experiments/exact_costs.h"

#include <fmt/format.h>

#include <cmath>

#include "env/core/error.h"

namespace restock::experiments {

namespace {

/// Of all days alike, or of the horizon where days are discounted.
double cost_in(const exact::Result& result, bool is_discounted) {
  return is_discounted ? result.cost_of_horizon : result.average_cost.value;
}

ExactOptimum optimum_in(const exact::Result& result, bool is_discounted) {
  ExactOptimum optimum{.cost = cost_in(result, is_discounted),
                       .is_discounted = is_discounted,
                       .problem_class = result.problem_class,
                       .states = result.states,
                       .seconds = result.seconds};
  optimum.lower = is_discounted ? optimum.cost : result.average_cost.lower;
  optimum.upper = is_discounted ? optimum.cost : result.average_cost.upper;
  return optimum;
}

}  // namespace

ExactCosts::ExactCosts(std::shared_ptr<const DecisionModel> model, const ExactCostOptions& options)
    : model_(std::move(model)), options_(options) {
  if (options.memory_mb == 0) {
    refusal_ = "exact costs are switched off";
    return;
  }
  try {
    solution_ = exact::solve(model_, settings());
    const ExactOptimum optimum = optimum_in(solution_, model_->warehouse->discount_factor < 1);
    if (std::isfinite(optimum.cost))
      optimum_ = optimum;
    else
      refusal_ = "the discounted cost of the horizon is not known for the class " + solution_.problem_class;
  } catch (const InputError& error) {
    refusal_ = error.what();
  }
}

exact::Options ExactCosts::settings() const {
  exact::Options settings{.tolerance = 1e-9,
                          .maximum_bytes = static_cast<std::uint64_t>(options_.memory_mb) << 20,
                          .threads = options_.threads};
  if (options_.progress)
    settings.progress = [this](const exact::Progress& progress) {
      options_.progress(
          0, fmt::format("solving exactly: {} states, {} sweeps", progress.states, progress.sweeps));
    };
  return settings;
}

std::unique_ptr<Policy> ExactCosts::policy() const {
  return optimum_ ? exact::optimal_policy(solution_, *model_->warehouse) : nullptr;
}

std::unique_ptr<Policy> ExactCosts::required_policy() const {
  if (auto optimal = policy()) return optimal;
  throw InputError("no optimal policy: " + refusal_);
}

std::optional<double> ExactCosts::cost_of(const Policy& policy) const {
  if (!optimum_) return std::nullopt;
  try {
    const double cost = cost_in(exact::cost_of_policy(model_, policy, settings()), optimum_->is_discounted);
    return std::isfinite(cost) ? std::optional(cost) : std::nullopt;
  } catch (const InputError&) {
    return std::nullopt;  // what cannot be asked state by state has no exact cost
  }
}

}  // namespace restock::experiments
