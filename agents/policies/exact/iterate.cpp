#include "agents/policies/exact/iterate.h"

#include <cmath>

#include "env/core/check.h"

namespace restock::exact {

namespace {

/// Sweeps after which a span that has not become smaller than this share of what it was calls for damping.
constexpr std::int64_t kPatience = 24;
constexpr double kShrunk = 0.95;
constexpr std::int64_t kSweepsBetweenShifts = 64;

/// Keeps the values of a long iteration small: only their differences matter.
void shift(std::vector<double>& value, double by) {
  for (double& v : value) v -= by;
}

Change change_of(const std::vector<double>& after, const std::vector<double>& before) {
  Change change;
  for (std::size_t i = 0; i < after.size(); ++i) change.add(after[i] - before[i]);
  return change;
}

bool is_close(double lower, double upper, double tolerance) {
  return upper - lower <= tolerance * std::max(1.0, std::abs(lower));
}

class AverageCost {
 public:
  AverageCost(const Chain& chain, WorkerTeam& team, const IterationOptions& options)
      : chain_(chain), team_(team), options_(options), value_(chain.states()), next_(chain.states()) {}

  Solution run() {
    solution_.lower = -std::numeric_limits<double>::infinity();
    solution_.upper = -solution_.lower;
    while (solution_.sweeps < options_.maximum_sweeps && !solution_.converged) {
      chain_.period() > 1 ? cycle() : step();
      solution_.converged = is_close(solution_.lower, solution_.upper, options_.tolerance);
      if (options_.progress) options_.progress(solution_.sweeps, solution_.lower, solution_.upper);
    }
    if (options_.keeps_choices) keep_choices();
    return std::move(solution_);
  }

 private:
  Change sweep() {
    const Change change = chain_.sweep({.value = value_, .next = next_}, team_);
    ++solution_.sweeps;
    return change;
  }

  /// Bounds hold after each sweep, so the best of all are kept.
  void tighten(double low, double high) {
    solution_.lower = std::max(solution_.lower, low);
    solution_.upper = std::min(solution_.upper, high);
  }

  void step() {
    const Change change = sweep();
    tighten(change.low, change.high);
    const double span = change.high - change.low;
    if (solution_.sweeps % kPatience == 0) {
      is_damped_ = is_damped_ || span > kShrunk * earlier_span_;
      earlier_span_ = span;
    }
    if (is_damped_)
      for (std::size_t i = 0; i < value_.size(); ++i) value_[i] += (next_[i] - value_[i]) / 2;
    else
      value_.swap(next_);
    if (solution_.sweeps % kSweepsBetweenShifts == 0) shift(value_, value_.front());
  }

  void cycle() {
    const std::vector<double> before = value_;
    for (std::size_t day = 0; day < chain_.period(); ++day) {
      sweep();
      value_.swap(next_);
    }
    const Change change = change_of(value_, before);
    const auto days = static_cast<double>(chain_.period());
    tighten(change.low / days, change.high / days);
    shift(value_, value_.front());
  }

  void keep_choices() {
    solution_.choice.resize(chain_.states());
    chain_.sweep({.value = value_, .next = next_, .choice = solution_.choice}, team_);
    ++solution_.sweeps;
  }

  const Chain& chain_;
  WorkerTeam& team_;
  const IterationOptions& options_;
  std::vector<double> value_, next_;
  Solution solution_;
  bool is_damped_ = false;
  double earlier_span_ = std::numeric_limits<double>::infinity();
};

}  // namespace

Solution average_cost(const Chain& chain, WorkerTeam& team, const IterationOptions& options) {
  return AverageCost(chain, team, options).run();
}

Solution discounted_cost(const Chain& chain, double discount, WorkerTeam& team,
                         const IterationOptions& options) {
  RESTOCK_CHECK(discount > 0 && discount < 1, "discount {}", discount);
  RESTOCK_CHECK(chain.start() < chain.states(), "no start state among {}", chain.states());
  std::vector<double> value(chain.states());
  std::vector<double> next(chain.states());
  Solution solution;
  if (options.keeps_choices) solution.choice.resize(chain.states());
  while (solution.sweeps < options.maximum_sweeps && !solution.converged) {
    const Change change = chain.sweep({.value = value, .next = next, .discount = discount}, team);
    ++solution.sweeps;
    value.swap(next);
    const double ahead = discount / (1 - discount);
    solution.lower = value[chain.start()] + ahead * change.low;
    solution.upper = value[chain.start()] + ahead * change.high;
    solution.converged = is_close(solution.lower, solution.upper, options.tolerance);
    if (options.progress) options.progress(solution.sweeps, solution.lower, solution.upper);
  }
  if (options.keeps_choices) {
    chain.sweep({.value = value, .next = next, .choice = solution.choice, .discount = discount}, team);
    ++solution.sweeps;
  }
  return solution;
}

double cost_of_horizon(const Chain& chain, double discount, std::int64_t warm_up, std::int64_t steps,
                       WorkerTeam& team) {
  RESTOCK_CHECK(chain.start() < chain.states() && chain.state_actions() == chain.states(),
                "{} choices in {} states", chain.state_actions(), chain.states());
  std::vector<double> value(chain.states());
  std::vector<double> next(chain.states());
  for (std::int64_t step = 0; step < steps + warm_up; ++step) {
    const bool counts = step < steps;  // from the end of the horizon to its start
    chain.sweep({.value = value, .next = next, .discount = counts ? discount : 1, .counts_cost = counts},
                team);
    value.swap(next);
  }
  return value[chain.start()];
}

}  // namespace restock::exact
