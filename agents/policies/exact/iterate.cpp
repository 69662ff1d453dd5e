#include "agents/policies/exact/iterate.h"

#include <cmath>
#include <utility>

#include "env/core/check.h"

namespace restock::exact {

namespace {

/// Sweeps after which a span that has not become smaller than this share of what it was calls for damping.
constexpr std::int64_t kPatience = 24;
constexpr double kShrunk = 0.995;
constexpr double kShrunkDiscounted = 0.95;  ///< of what the discount alone would leave
constexpr std::int64_t kSweepsBetweenShifts = 64;
/// A multiple of the periods 1, 2, 3, 4 and 6.
constexpr std::size_t kCycleOfMany = 12;

/// Keeps the values of a long iteration small: only their differences matter.
void shift(std::vector<double>& value, double by) {
  for (double& v : value) v -= by;
}

/// The least and the greatest difference.
std::pair<double, double> difference(const std::vector<double>& after, const std::vector<double>& before) {
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (std::size_t i = 0; i < after.size(); ++i) {
    low = std::min(low, after[i] - before[i]);
    high = std::max(high, after[i] - before[i]);
  }
  return {low, high};
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
    const auto [low, high] = difference(value_, before);
    const auto days = static_cast<double>(chain_.period());
    tighten(low / days, high / days);
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

class DiscountedCost {
 public:
  DiscountedCost(const Chain& chain, double discount, WorkerTeam& team, const IterationOptions& options)
      : chain_(chain),
        discount_(discount),
        team_(team),
        options_(options),
        value_(chain.states()),
        next_(chain.states()) {}

  Solution run() {
    double earlier = std::numeric_limits<double>::infinity();
    while (solution_.sweeps < options_.maximum_sweeps && !solution_.converged) {
      for (std::int64_t i = 0; i < kPatience && !solution_.converged; ++i) step();
      const bool shrinks_by_discount_alone =
          width() > kShrunkDiscounted * earlier * std::pow(discount_, static_cast<double>(kPatience));
      earlier = width();
      if (shrinks_by_discount_alone && !solution_.converged && may_jump_) jump();
    }
    if (options_.keeps_choices) {
      solution_.choice.resize(chain_.states());
      chain_.sweep({.value = value_, .next = next_, .choice = solution_.choice, .discount = discount_},
                   team_);
      ++solution_.sweeps;
    }
    return std::move(solution_);
  }

 private:
  void step() {
    const Change change = chain_.sweep({.value = value_, .next = next_, .discount = discount_}, team_);
    ++solution_.sweeps;
    value_.swap(next_);
    const double now = value_[chain_.start()];
    const double ahead = discount_ / (1 - discount_);
    solution_.lower = now + ahead * change.low;
    solution_.upper = now + ahead * change.high;
    solution_.converged = is_close(solution_.lower, solution_.upper, options_.tolerance);
    if (options_.progress) options_.progress(solution_.sweeps, solution_.lower, solution_.upper);
  }

  /// Where classes of states follow each other, what a cycle of sweeps adds to a state is the same from cycle
  /// to cycle but for the discount, and the sum of all to come is known. Value iteration may go on from any
  /// value; a jump that leaves the bounds wider is taken back, and was the last.
  void jump() {
    const std::size_t cycle = chain_.period() > 1 ? chain_.period() : kCycleOfMany;
    const std::vector<double> before = value_;
    for (std::size_t i = 0; i < cycle && !solution_.converged; ++i) step();
    if (solution_.converged) return;
    const double all = std::pow(discount_, static_cast<double>(cycle));
    const double width_before = width();
    std::vector<double> landing(value_.size());
    for (std::size_t i = 0; i < value_.size(); ++i)
      landing[i] = value_[i] + all / (1 - all) * (value_[i] - before[i]);
    value_.swap(landing);
    step();
    if (width() <= width_before) return;
    value_.swap(landing);
    may_jump_ = false;
    solution_.converged = false;
  }
  double width() const { return solution_.upper - solution_.lower; }

  const Chain& chain_;
  double discount_;
  WorkerTeam& team_;
  const IterationOptions& options_;
  std::vector<double> value_, next_;
  Solution solution_;
  bool may_jump_ = true;
};

}  // namespace

Solution average_cost(const Chain& chain, WorkerTeam& team, const IterationOptions& options) {
  return AverageCost(chain, team, options).run();
}

Solution discounted_cost(const Chain& chain, double discount, WorkerTeam& team,
                         const IterationOptions& options) {
  RESTOCK_CHECK(discount > 0 && discount < 1, "discount {}", discount);
  RESTOCK_CHECK(chain.start() < chain.states(), "no start state among {}", chain.states());
  return DiscountedCost(chain, discount, team, options).run();
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
