#include "agents/policies/tune.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "agents/policies/coupling.h"
#include "agents/policies/group_search.h"
#include "agents/policies/tuning_log.h"
#include "env/core/error.h"
#include "env/core/suggest.h"

namespace restock::policies {

namespace {

/// More neighbours of one group are not looked at.
constexpr std::size_t kMostNeighbours = 64;
/// So many times as many simulations are allowed where parameters differ by weekday.
constexpr std::int64_t kWeekdaysTakeMore = 10;

std::vector<std::size_t> places_of(const PolicyDescription& policy, const std::vector<std::string>& names) {
  std::vector<std::string_view> known;
  for (const PolicyParameter& parameter : policy.parameters) known.push_back(parameter.name);
  std::vector<std::size_t> places;
  for (const std::string& name : names) {
    const auto found = std::find(known.begin(), known.end(), name);
    if (found == known.end())
      throw InputError(fmt::format("policy '{}': unknown parameter {}{}", policy.name, in_quotes(name),
                                   did_you_mean(name, known)));
    places.push_back(static_cast<std::size_t>(found - known.begin()));
  }
  return places;
}

void check_task(const SearchTask& task) {
  const auto refuse = [&](std::size_t parameter, std::string_view why) {
    throw InputError(
        fmt::format("policy '{}': {} {}", task.policy->name, task.policy->parameters[parameter].name, why));
  };
  const auto is_given = [&](std::size_t parameter) {
    return std::any_of(task.given.values.begin(), task.given.values.end(),
                       [&](const auto& values) { return !std::isnan(values[parameter]); });
  };
  for (const std::size_t parameter : task.by_forecast) {
    if (!task.policy->parameters[parameter].is_quantity())
      refuse(parameter, "is no quantity, and only quantities can be multiples of the forecast");
    if (!task.model->forecaster)
      refuse(parameter, "cannot follow forecasts, which the scenario does not have");
    if (is_given(parameter)) refuse(parameter, "is given, and cannot be looked for as well");
  }
  for (const std::size_t parameter : task.by_weekday)
    if (is_given(parameter)) refuse(parameter, "is given, and cannot be looked for by weekday as well");
}

SearchTask task_of(std::shared_ptr<const DecisionModel> model, const PolicyDescription& policy,
                   const TuningConfig& config) {
  SearchTask task{&policy, std::move(model), {}, {}, {}};
  task.given.policy = policy.name;
  for (const SkuModel& sku : task.model->warehouse->skus) {
    task.given.skus.push_back(sku.id);
    task.given.values.emplace_back(policy.parameters.size(), std::numeric_limits<double>::quiet_NaN());
  }
  for (const std::string& assignment : config.fixed) set_parameter(task.given, assignment);
  task.by_weekday = places_of(policy, config.by_weekday);
  task.by_forecast = places_of(policy, config.by_forecast);
  check_task(task);
  return task;
}

/// All searches over one warehouse.
class Tuner {
 public:
  Tuner(const SearchTask& task, const TuningConfig& config,
        const std::function<void(const TuningProgress&)>& progress)
      : task_(task),
        config_(config),
        progress_(progress),
        log_(config.state_file, task.given.skus.size(), static_cast<std::size_t>(config.replications)) {
    for (std::vector<std::size_t>& skus : coupled_skus(*task_.model->warehouse, *task_.policy))
      groups_.emplace_back(task_, std::move(skus));
  }

  TuningResult run() {
    do {  // at least once: that also refuses given values that do not fit together
      const SimulatedCosts costs = simulate(
          [](const GroupSearch& group, PolicyParameters& parameters) { group.write_wanted(parameters); });
      if (starting_costs_.empty()) starting_costs_ = costs;
      for (GroupSearch& group : groups_)
        if (!group.done()) group.learn(costs_of(group, costs));
      report();
    } while (simulations_ < most_simulations() && !all_done());
    TuningResult result;
    result.converged = all_done();
    look_around();
    fill(result);
    log_.flush();
    return result;
  }

 private:
  std::int64_t most_simulations() const {
    return config_.maximum_simulations * (task_.by_weekday.empty() ? 1 : kWeekdaysTakeMore);
  }
  bool all_done() const {
    return std::all_of(groups_.begin(), groups_.end(), [](const GroupSearch& group) { return group.done(); });
  }
  static std::vector<GroupSearch::Costs> costs_of(const GroupSearch& group, const SimulatedCosts& costs) {
    std::vector<GroupSearch::Costs> of_group;
    for (const std::size_t sku : group.skus()) of_group.push_back(costs[sku]);
    return of_group;
  }

  /// Simulates for each group what `write(group, parameters)` sets; parameters_ holds it afterwards.
  template <class Write>
  SimulatedCosts simulate(const Write& write) {
    parameters_ = task_.given;
    parameters_.model = task_.model;
    for (std::size_t sku = 0; sku < parameters_.skus.size(); ++sku)
      for (const std::size_t parameter : task_.by_forecast)
        parameters_.times_forecast.push_back({sku, parameter});
    for (const GroupSearch& group : groups_) write(group, parameters_);
    const auto policy = make_policy(parameters_);
    ++simulations_;
    if (log_.kept() == 0 || simulations_ == 1) return simulate(*policy);
    return log_.take(parameters_);
  }

  /// The first simulation is done anew, so that a log of another scenario is found out.
  SimulatedCosts simulate(const Policy& policy) {
    const WarehouseModel& warehouse = *task_.model->warehouse;
    const Evaluation evaluation = evaluate(task_.model, policy,
                                           {.seed = config_.seed,
                                            .split = Split::tune,
                                            .replications = config_.replications,
                                            .threads = config_.threads});
    const auto measure = tuned_measure(warehouse).value;
    SimulatedCosts costs(warehouse.skus.size());
    for (std::size_t sku = 0; sku < costs.size(); ++sku)
      for (const ReplicationResult& replication : evaluation.replications)
        costs[sku].push_back(kpis_of_sku(warehouse, sku, replication.ledgers[sku]).*measure);
    if (log_.kept() == 0) {
      log_.add(parameters_, costs);
    } else if (log_.take(parameters_) != costs) {
      log_.refuse("belongs to another scenario or seed");
    }
    return costs;
  }

  /// Simulates the neighbours of every group's best that have not been met on the way.
  void look_around() {
    std::vector<std::vector<GroupSearch::Neighbour>> missing;
    std::size_t rounds = 0;
    for (const GroupSearch& group : groups_) {
      std::vector<GroupSearch::Neighbour> neighbours = group.neighbours();
      std::erase_if(neighbours, [&](const auto& neighbour) { return group.costs_at(neighbour.places); });
      if (neighbours.size() > kMostNeighbours) neighbours.resize(kMostNeighbours);
      rounds = std::max(rounds, neighbours.size());
      missing.push_back(std::move(neighbours));
    }
    for (std::size_t round = 0; round < rounds; ++round) {
      std::size_t place = 0;
      const SimulatedCosts costs = simulate([&](const GroupSearch& group, PolicyParameters& parameters) {
        const auto& own = missing[place++];
        round < own.size() ? group.write(own[round].places, parameters) : group.write_best(parameters);
      });
      for (std::size_t i = 0; i < groups_.size(); ++i)
        if (round < missing[i].size()) groups_[i].note(missing[i][round].places, costs_of(groups_[i], costs));
    }
  }

  void fill(TuningResult& result) {
    const SimulatedCosts costs = simulate(
        [](const GroupSearch& group, PolicyParameters& parameters) { group.write_best(parameters); });
    result.skus.resize(costs.size());
    std::vector<double> all(static_cast<std::size_t>(config_.replications));
    for (std::size_t sku = 0; sku < costs.size(); ++sku) {
      for (std::size_t i = 0; i < all.size(); ++i) all[i] += costs[sku][i];
      result.skus[sku] = {
          parameters_.values[sku], estimate_of(costs[sku]), estimate_of(starting_costs_[sku]).mean, {}};
    }
    for (const GroupSearch& group : groups_) add_neighbours(group, costs, result);
    result.cost = estimate_of(all);
    result.parameters = parameters_;
    result.simulations = simulations_;
  }

  static void add_neighbours(const GroupSearch& group, const SimulatedCosts& best, TuningResult& result) {
    for (GroupSearch::Neighbour& neighbour : group.neighbours()) {
      const GroupSearch::Costs* costs = group.costs_at(neighbour.places);
      if (!costs) continue;
      GroupSearch::Costs extra = *costs;
      for (const std::size_t sku : group.skus())
        for (std::size_t i = 0; i < extra.size(); ++i) extra[i] -= best[sku][i];
      result.skus[group.skus()[neighbour.member]].neighbours.push_back(
          {std::move(neighbour.values), estimate_of(extra)});
    }
  }

  void report() const {
    if (!progress_) return;
    TuningProgress progress{simulations_, 0, parameters_.skus.size(), 0};
    for (const GroupSearch& group : groups_) {
      progress.cost += group.best_cost();
      if (group.done()) progress.skus_done += group.skus().size();
    }
    progress_(progress);
  }

  const SearchTask& task_;
  const TuningConfig& config_;
  const std::function<void(const TuningProgress&)>& progress_;
  TuningLog log_;
  PolicyParameters parameters_;
  std::vector<GroupSearch> groups_;
  SimulatedCosts starting_costs_;
  std::int64_t simulations_ = 0;
};

}  // namespace

const KpiColumn& tuned_measure(const WarehouseModel& warehouse) {
  const auto measure = warehouse.discount_factor < 1 ? &Kpis::discounted_cost : &Kpis::cost_per_period;
  const auto columns = kpi_columns();
  return *std::ranges::find(columns, measure, &KpiColumn::value);
}

std::int64_t enough_replications(const WarehouseModel& warehouse) noexcept {
  constexpr std::int64_t kDays = 400'000;
  return std::clamp<std::int64_t>(kDays / std::max<std::int64_t>(1, warehouse.days), 4, 32);
}

TuningResult tune(std::shared_ptr<const DecisionModel> model, std::string_view policy,
                  const TuningConfig& config, const std::function<void(const TuningProgress&)>& progress) {
  const PolicyDescription& description = find_policy(policy);
  check_applies(description, *model);
  RESTOCK_CHECK(config.replications > 0 && config.maximum_simulations > 0, "{} replications, {} simulations",
                config.replications, config.maximum_simulations);
  const SearchTask task = task_of(std::move(model), description, config);
  return Tuner(task, config, progress).run();
}

void describe(FieldVisitor& visitor, TuningConfig& config) {
  visitor.field(
      "replications", config.replications,
      {.meaning = "of the tune split, the same ones for every candidate", .minimum = 1, .maximum = 1e6});
  visitor.field("maximum_simulations", config.maximum_simulations,
                {.meaning = "then the best so far is taken; ten times as many by weekday",
                 .unit = "simulations",
                 .minimum = 1,
                 .maximum = 1e6});
  visitor.field("fixed", config.fixed,
                {.meaning = "PARAMETER=VALUE or SKU.PARAMETER=VALUE: given, not looked for"});
  visitor.field("by_weekday", config.by_weekday,
                {.meaning = "parameters that may have another value on each weekday"});
  visitor.field("by_forecast", config.by_forecast,
                {.meaning = "quantities that are looked for as multiples of the forecast"});
}

}  // namespace restock::policies
