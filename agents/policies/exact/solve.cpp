#include "agents/policies/exact/solve.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>

#include "agents/policies/exact/ask_policy.h"
#include "agents/policies/exact/explored.h"
#include "agents/policies/exact/iterate.h"
#include "agents/policies/exact/level_policy.h"
#include "env/core/error.h"

namespace restock::exact {

namespace {

/// A range that is not proven is doubled at most so often.
constexpr int kMostEnlargements = 12;
/// Two costs that differ by less, as a share, are the same: the bounds of each are narrower.
constexpr double kSame = 1e-7;
constexpr Units kFirstLevelLimit = 512;
constexpr Units kLastLevelLimit = 1 << 20;

class Clock {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

bool is_same(double a, double b) {
  return std::abs(a - b) <= kSame * std::max(1.0, std::abs(a));
}

class Solver {
 public:
  Solver(const DecisionModel& model, const Options& options)
      : model_(*model.warehouse),
        options_(options),
        team_(options.threads),
        discounts_(model_.discount_factor < 1 && !options.by_average) {}

  bool discounts() const { return discounts_; }
  WorkerTeam& team() { return team_; }

  /// Iterates; fills in what the chain says.
  Solution iterate(const Process& process, const Chain& chain, bool keeps_choices, Result& result) {
    Progress progress{.what = result.problem_class,
                      .states = chain.states(),
                      .bytes = chain.bytes() + chain.states() * 2 * sizeof(double)};
    if (options_.progress) options_.progress(progress);
    IterationOptions iteration{.tolerance = options_.tolerance, .keeps_choices = keeps_choices};
    if (options_.progress)
      iteration.progress = [&](std::int64_t sweeps, double lower, double upper) {
        progress.sweeps = sweeps;
        progress.lower = lower;
        progress.upper = upper;
        options_.progress(progress);
      };
    Solution solution = discounts_ ? discounted_cost(chain, model_.discount_factor, team_, iteration)
                                   : average_cost(chain, team_, iteration);
    if (discounts_) {
      const double before = process.cost_before();
      result.discounted_cost = {solution.cost() + before, solution.lower + before, solution.upper + before};
    } else {
      const double steps = process.steps_per_day();
      result.average_cost = {solution.cost() * steps, solution.lower * steps, solution.upper * steps};
    }
    result.states = chain.states();
    result.state_actions = chain.state_actions();
    result.bytes = progress.bytes;
    result.sweeps += solution.sweeps;
    result.converged = solution.converged;
    return solution;
  }

  double cost(const Result& result) const {
    return discounts_ ? result.discounted_cost.value : result.average_cost.value;
  }

  /// Of a chain with one choice a state.
  void add_horizon(const Process& process, const Chain& chain, Result& result) {
    if (!discounts_ || std::isnan(process.cost_before()) || process.cost_before() != 0) return;
    result.cost_of_horizon =
        cost_of_horizon(chain, model_.discount_factor, model_.warm_up_days, model_.counted_days(), team_);
  }

 private:
  const WarehouseModel& model_;
  const Options& options_;
  WorkerTeam team_;
  bool discounts_;
};

ExplorationProgress exploring(const Options& options) {
  if (!options.progress) return {};
  return [&options](std::uint64_t states, std::uint64_t bytes) {
    options.progress({.what = "exploring", .states = states, .bytes = bytes});
  };
}

/// The states that the optimal policy reaches, for the cost of the horizon.
void add_horizon_of_optimum(Solver& solver, const Options& options, Result& result) {
  if (!solver.discounts()) return;
  const PolicyTable& table = *result.table;
  std::vector<Units> state(table.process().state_width());
  const ExploredChain chain(
      table.process(), options.maximum_bytes,
      [&](std::span<const Units> at, std::span<Units> orders) {
        std::ranges::copy(at, state.begin());
        table.look_up(state, orders);
      },
      exploring(options));
  solver.add_horizon(table.process(), chain, result);
}

std::unique_ptr<Chain> chain_of(const Problem& problem, const Process& process, const Limits& limits,
                                const Options& options, bool needs_start) {
  auto chain = problem.chain(process, limits);
  if (!chain || (needs_start && chain->start() == chain->states()))
    chain = std::make_unique<ExploredChain>(process, limits.maximum_bytes, Chooser(), exploring(options));
  return chain;
}

}  // namespace

Result solve(std::shared_ptr<const DecisionModel> model, const Options& options) {
  const Clock clock;
  auto problem = recognise(*model);
  Result result;
  result.problem_class = problem->name();
  result.proven_bounds = problem->has_proven_bounds();
  if ((result.levels = problem->answer())) {
    result.average_cost = {result.levels->cost, result.levels->cost, result.levels->cost};
    result.seconds = clock.seconds();
    return result;
  }
  Solver solver(*model, options);
  for (Limits limits{.maximum_bytes = options.maximum_bytes};; ++limits.enlargement) {
    const double before = solver.cost(result);
    auto process = problem->process(limits);
    if (!process)
      throw InputError(fmt::format(
          "the optimum is not known for the class {}, expected --policy base_stock, or exponential "
          "lead times with suppliers of one unit each (maximum_order_quantity: 1)",
          result.problem_class));
    auto chain = chain_of(*problem, *process, limits, options, solver.discounts());
    Solution solution = solver.iterate(*process, *chain, true, result);
    result.enlargements = limits.enlargement;
    const bool is_last = limits.enlargement == kMostEnlargements;
    if (!result.proven_bounds && !is_last && !is_same(solver.cost(result), before)) continue;
    result.converged = result.converged && (result.proven_bounds || !is_last);
    result.table = std::make_shared<PolicyTable>(model->warehouse, std::move(problem), std::move(process),
                                                 std::move(chain), std::move(solution.choice));
    break;
  }
  add_horizon_of_optimum(solver, options, result);
  result.seconds = clock.seconds();
  return result;
}

std::unique_ptr<Policy> optimal_policy(const Result& result, const WarehouseModel& warehouse) {
  if (result.table) return std::make_unique<TablePolicy>(result.table);
  if (!result.levels) return nullptr;
  return std::make_unique<LevelPolicy>(*result.levels, warehouse);
}

Result cost_of_policy(std::shared_ptr<const DecisionModel> model, const Policy& policy,
                      const Options& options) {
  const Clock clock;
  const auto problem = recognise(*model);
  check_policy(policy);
  Result result;
  result.problem_class = problem->name();
  if (const auto cost = problem->cost_of_policy(policy)) {
    result.average_cost = {*cost, *cost, *cost};
    result.seconds = clock.seconds();
    return result;
  }
  Solver solver(*model, options);
  for (Units limit = kFirstLevelLimit;; limit *= 2) {
    const double before = solver.cost(result);
    const auto process = problem->process_of_policy(limit, looks_at_pipeline(policy, *model->warehouse));
    if (!process)
      throw InputError(
          fmt::format("the exact cost of policy '{}' is not known for the class {}, expected {}; simulate it "
                      "instead",
                      policy.name(), result.problem_class, problem->policies_with_a_cost()));
    PolicyAsker asker(*model->warehouse, *process, policy);
    const ExploredChain chain(*process, options.maximum_bytes, std::ref(asker), exploring(options));
    solver.iterate(*process, chain, false, result);
    const bool is_last = limit == kLastLevelLimit;
    if (process->was_cut() && !is_last && !is_same(solver.cost(result), before)) continue;
    result.converged = result.converged && !(process->was_cut() && is_last);
    solver.add_horizon(*process, chain, result);
    break;
  }
  result.seconds = clock.seconds();
  return result;
}

}  // namespace restock::exact
