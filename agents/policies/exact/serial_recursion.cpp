#include "agents/policies/exact/serial_recursion.h"

#include <algorithm>

#include "env/core/check.h"

namespace restock::exact {

namespace {

/// A function of whole numbers from `first` on, straight below.
class Levels {
 public:
  Levels(std::int64_t first, std::vector<double> values) : first_(first), values_(std::move(values)) {}
  double operator()(std::int64_t x) const {
    if (x >= first_) return values_[static_cast<std::size_t>(std::min(x, last()) - first_)];
    return values_[0] + static_cast<double>(first_ - x) * (values_[0] - values_[1]);
  }
  std::int64_t last() const { return first_ + static_cast<std::int64_t>(values_.size()) - 1; }
  std::int64_t minimum() const { return first_ + (std::ranges::min_element(values_) - values_.begin()); }

 private:
  std::int64_t first_;
  std::vector<double> values_;
};

/// The levels at which costs are looked at.
struct Range {
  std::int64_t first;
  std::int64_t last;

  template <class Function>
  Levels tabulate(const Function& function) const {
    std::vector<double> values;
    for (std::int64_t x = first; x <= last; ++x) values.push_back(function(x));
    return {first, std::move(values)};
  }
};

/// No more than what is demanded over all lead times ever helps.
Range range_of(const SerialSystem& system) {
  std::int64_t all = 1;
  for (const SerialStage& stage : system.stages) all += static_cast<std::int64_t>(stage.lead_demand.size());
  return {-all, all};
}

double expected(const Levels& cost, std::int64_t level, const Masses& demand) {
  double sum = 0;
  for (std::size_t d = 0; d < demand.size(); ++d)
    sum += demand[d] * cost(level - static_cast<std::int64_t>(d));
  return sum;
}

/// level_of(j, C_j) gives the level of stage j, counted from 0.
template <class LevelOf>
SerialSolution recursion(const SerialSystem& system, const Range& range, const LevelOf& level_of) {
  const double highest = system.stages.front().holding;
  const auto echelon = [&](std::size_t j) {
    return system.stages[j].holding - (j + 1 < system.stages.size() ? system.stages[j + 1].holding : 0.0);
  };
  Levels before = range.tabulate([&](std::int64_t x) {  // C^_1
    return echelon(0) * static_cast<double>(x) +
           (system.backlog + highest) * static_cast<double>(std::max<std::int64_t>(-x, 0));
  });
  SerialSolution solution;
  for (std::size_t j = 0; j < system.stages.size(); ++j) {
    const Levels cost =
        range.tabulate([&](std::int64_t y) { return expected(before, y, system.stages[j].lead_demand); });
    const std::int64_t level = level_of(j, cost);
    solution.echelon_levels.push_back(level);
    solution.cost = cost(level);
    if (j + 1 == system.stages.size()) break;
    const double holding = echelon(j + 1);
    const double until_count = system.stages[j + 1].demand_until_count;
    before = range.tabulate([&](std::int64_t x) {
      return holding * (static_cast<double>(x) - until_count) + cost(std::min(x, level));
    });
  }
  return solution;
}

}  // namespace

SerialSolution solve_serial(const SerialSystem& system) {
  return recursion(system, range_of(system), [](std::size_t, const Levels& cost) { return cost.minimum(); });
}

double cost_of_levels(const SerialSystem& system, std::span<const std::int64_t> echelon_levels) {
  RESTOCK_CHECK(echelon_levels.size() == system.stages.size(), "{} levels for {} stages",
                echelon_levels.size(), system.stages.size());
  Range range = range_of(system);
  for (const std::int64_t level : echelon_levels) {
    RESTOCK_CHECK(std::abs(level) <= kMostSerialLevel, "level {}", level);
    // below the lowest level of all everything is straight
    range.first = std::min(range.first, level - 1);
    range.last = std::max(range.last, level);
  }
  return recursion(system, range, [&](std::size_t j, const Levels&) { return echelon_levels[j]; }).cost;
}

}  // namespace restock::exact
