#include "agents/policies/tune.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <map>

#include "env/core/error.h"

namespace restock::policies {

namespace {

/// Money a period by replication.
using Costs = std::vector<double>;

/// One SKU's own search, and all that has been simulated for it.
class SkuSearch {
 public:
  /// fixed[i]: the value that parameter i must have; NaN where it is free.
  SkuSearch(const PolicyDescription& policy, const SkuFigures& figures, std::vector<double> fixed)
      : policy_(policy),
        fixed_(std::move(fixed)),
        space_(policy.space(figures, fixed_)),
        search_(space_.axes, space_.starts) {
    start_ = values_at(space_.starts.front());
    answer_what_is_known();
  }

  bool done() const { return !search_.ask(); }
  /// The values to simulate next, or the best where the search has ended.
  std::vector<double> wanted() const { return values_at(done() ? search_.best() : *search_.ask()); }
  std::vector<double> best() const { return values_at(search_.best()); }
  double best_cost() const { return search_.best_value(); }

  void learn(const std::vector<double>& values, Costs costs) {
    seen_.emplace(values, std::move(costs));
    answer_what_is_known();
  }

  /// Values one step away from the best along each axis, as far as they are others than the best.
  std::vector<std::vector<double>> neighbours() const {
    std::vector<std::vector<double>> result;
    for (std::size_t axis = 0; axis < space_.axes.size(); ++axis) {
      for (const std::int64_t step : {-1, 1}) {
        SearchPoint point = search_.best();
        point[axis] += step;
        const bool inside =
            point[axis] >= space_.axes[axis].minimum && point[axis] <= space_.axes[axis].maximum;
        if (inside && values_at(point) != best() && allowed(values_at(point)))
          result.push_back(values_at(point));
      }
    }
    return result;
  }
  const Costs* costs_at(const std::vector<double>& values) const {
    const auto found = seen_.find(values);
    return found == seen_.end() ? nullptr : &found->second;
  }
  double starting_cost() const { return allowed(start_) ? estimate_of(seen_.at(start_)).mean : kNever; }

 private:
  static constexpr double kNever = std::numeric_limits<double>::infinity();

  std::vector<double> values_at(const SearchPoint& point) const {
    std::vector<double> values = space_.values(point);
    for (std::size_t i = 0; i < values.size(); ++i)
      if (!std::isnan(fixed_[i])) values[i] = fixed_[i];
    return values;
  }
  bool allowed(const std::vector<double>& values) const { return policy_.problem(values).empty(); }

  void answer_what_is_known() {
    while (search_.ask()) {
      const std::vector<double> values = values_at(*search_.ask());
      if (!allowed(values)) {
        search_.tell(kNever);
      } else if (const Costs* costs = costs_at(values)) {
        search_.tell(estimate_of(*costs).mean);
      } else {
        return;
      }
    }
  }

  const PolicyDescription& policy_;
  std::vector<double> fixed_;
  ParameterSpace space_;
  PatternSearch search_;
  std::vector<double> start_;
  std::map<std::vector<double>, Costs> seen_;
};

/// All SKUs' searches over one warehouse.
class Tuner {
 public:
  Tuner(std::shared_ptr<const DecisionModel> model, const PolicyDescription& policy,
        const TuningConfig& config, const std::function<void(const TuningProgress&)>& progress)
      : model_(std::move(model)), config_(config), progress_(progress) {
    parameters_ = starting_parameters(policy, *model_);
    PolicyParameters fixed = parameters_;
    for (std::vector<double>& values : fixed.values)
      values.assign(values.size(), std::numeric_limits<double>::quiet_NaN());
    for (const std::string& assignment : config_.fixed) set_parameter(fixed, assignment);
    for (std::size_t sku = 0; sku < parameters_.skus.size(); ++sku)
      searches_.emplace_back(policy, figures_of(*model_, sku), fixed.values[sku]);
  }

  TuningResult run() {
    do {  // at least once: that also refuses given values that do not fit together
      simulate([](const SkuSearch& search, std::size_t) { return search.wanted(); });
      report();
    } while (simulations_ < config_.maximum_simulations && !all_done());
    TuningResult result;
    result.converged = all_done();
    look_around();
    fill(result);
    return result;
  }

 private:
  bool all_done() const { return skus_done() == searches_.size(); }
  std::size_t skus_done() const {
    std::size_t done = 0;
    for (const SkuSearch& search : searches_) done += search.done();
    return done;
  }

  /// Simulates for each SKU the values that `choose(search, sku)` names.
  template <class Choose>
  Evaluation simulate(const Choose& choose) {
    for (std::size_t sku = 0; sku < searches_.size(); ++sku)
      parameters_.values[sku] = choose(searches_[sku], sku);
    const auto policy = make_policy(parameters_);
    Evaluation evaluation = evaluate(model_, *policy,
                                     {.seed = config_.seed,
                                      .split = Split::tune,
                                      .replications = config_.replications,
                                      .threads = config_.threads});
    ++simulations_;
    for (std::size_t sku = 0; sku < searches_.size(); ++sku) {
      Costs costs;
      for (const ReplicationResult& replication : evaluation.replications)
        costs.push_back(kpis_of_sku(*model_->warehouse, sku, replication.ledgers[sku]).cost_per_period);
      searches_[sku].learn(parameters_.values[sku], std::move(costs));
    }
    return evaluation;
  }

  /// Simulates the neighbours of every SKU's best that have not been met on the way.
  void look_around() {
    std::vector<std::vector<std::vector<double>>> missing(searches_.size());
    std::size_t rounds = 0;
    for (std::size_t sku = 0; sku < searches_.size(); ++sku) {
      for (std::vector<double>& values : searches_[sku].neighbours())
        if (!searches_[sku].costs_at(values)) missing[sku].push_back(std::move(values));
      rounds = std::max(rounds, missing[sku].size());
    }
    for (std::size_t round = 0; round < rounds; ++round)
      simulate([&](const SkuSearch& search, std::size_t sku) {
        return round < missing[sku].size() ? missing[sku][round] : search.best();
      });
  }

  void fill(TuningResult& result) {
    for (const SkuSearch& search : searches_) {
      const Costs& best = *search.costs_at(search.best());
      TunedSku tuned{search.best(), estimate_of(best), search.starting_cost(), {}};
      for (std::vector<double>& values : search.neighbours()) {
        const Costs* costs = search.costs_at(values);
        if (!costs) continue;  // where the search was cut short
        Costs extra = *costs;
        for (std::size_t i = 0; i < extra.size(); ++i) extra[i] -= best[i];
        tuned.neighbours.push_back({std::move(values), estimate_of(extra)});
      }
      result.skus.push_back(std::move(tuned));
    }
    const Evaluation evaluation =
        simulate([](const SkuSearch& search, std::size_t) { return search.best(); });
    result.cost = estimate_of(evaluation.costs_per_period(*model_->warehouse));
    result.parameters = parameters_;
    result.simulations = simulations_;
  }

  void report() const {
    if (!progress_) return;
    TuningProgress progress{simulations_, skus_done(), searches_.size(), 0};
    for (const SkuSearch& search : searches_) progress.cost += search.best_cost();
    progress_(progress);
  }

  std::shared_ptr<const DecisionModel> model_;
  const TuningConfig& config_;
  const std::function<void(const TuningProgress&)>& progress_;
  PolicyParameters parameters_;
  std::vector<SkuSearch> searches_;
  std::int64_t simulations_ = 0;
};

}  // namespace

TuningResult tune(std::shared_ptr<const DecisionModel> model, std::string_view policy,
                  const TuningConfig& config, const std::function<void(const TuningProgress&)>& progress) {
  const PolicyDescription& description = find_policy(policy);
  if (description.needs_forecast && !model->forecaster)
    throw InputError(fmt::format(
        "policy '{}' needs forecasts, which the scenario does not have; expected a scenario with a "
        "forecaster",
        policy));
  RESTOCK_CHECK(config.replications > 0 && config.maximum_simulations > 0, "{} replications, {} simulations",
                config.replications, config.maximum_simulations);
  return Tuner(std::move(model), description, config, progress).run();
}

void describe(FieldVisitor& visitor, TuningConfig& config) {
  visitor.field(
      "replications", config.replications,
      {.meaning = "of the tune split, the same ones for every candidate", .minimum = 1, .maximum = 1e6});
  visitor.field(
      "maximum_simulations", config.maximum_simulations,
      {.meaning = "then the best so far is taken", .unit = "simulations", .minimum = 1, .maximum = 1e6});
  visitor.field("fixed", config.fixed,
                {.meaning = "PARAMETER=VALUE or SKU.PARAMETER=VALUE: given, not looked for"});
}

}  // namespace restock::policies
