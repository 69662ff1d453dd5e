#include "agents/policies/exact/serial.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "agents/policies/exact/checklist.h"
#include "agents/policies/exact/poisson_customers.h"
#include "agents/policies/exact/terms.h"
#include "env/core/check.h"
#include "env/core/time.h"

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
  std::int64_t first() const { return first_; }
  std::int64_t last() const { return first_ + static_cast<std::int64_t>(values_.size()) - 1; }
  std::int64_t minimum() const { return first_ + (std::ranges::min_element(values_) - values_.begin()); }

 private:
  std::int64_t first_;
  std::vector<double> values_;
};

template <class Function>
Levels tabulate(std::int64_t first, std::int64_t last, const Function& function) {
  std::vector<double> values;
  for (std::int64_t x = first; x <= last; ++x) values.push_back(function(x));
  return {first, std::move(values)};
}

}  // namespace

SerialSolution solve_serial(const SerialSystem& system) {
  std::int64_t all = 1;
  for (const SerialStage& stage : system.stages) all += static_cast<std::int64_t>(stage.lead_demand.size());
  const std::int64_t first = -all;
  const double day = system.day_demand.empty() ? 0 : mean_of(system.day_demand);
  const double highest = system.stages.front().holding;
  const auto echelon = [&](std::size_t j) {
    return system.stages[j].holding - (j + 1 < system.stages.size() ? system.stages[j + 1].holding : 0.0);
  };
  Levels before = tabulate(first, all, [&](std::int64_t x) {  // C^_1
    return echelon(0) * static_cast<double>(x) +
           (system.backlog + highest) * static_cast<double>(std::max<std::int64_t>(-x, 0));
  });
  SerialSolution solution;
  for (std::size_t j = 0; j < system.stages.size(); ++j) {
    const Masses& demand = system.stages[j].lead_demand;
    const Levels cost = tabulate(first, all, [&](std::int64_t y) {
      double sum = 0;
      for (std::size_t d = 0; d < demand.size(); ++d)
        sum += demand[d] * before(y - static_cast<std::int64_t>(d));
      return sum;
    });
    const std::int64_t level = cost.minimum();
    solution.echelon_levels.push_back(level);
    solution.cost = cost(level);
    if (j + 1 == system.stages.size()) break;
    const double holding = echelon(j + 1);
    before = tabulate(first, all, [&](std::int64_t x) {
      return holding * (static_cast<double>(x) - day) + cost(std::min(x, level));
    });
  }
  return solution;
}

namespace {

class SerialProblem final : public Problem {
 public:
  explicit SerialProblem(LevelAnswer answer) : answer_(std::move(answer)) {}
  std::string_view name() const override { return "serial"; }
  std::unique_ptr<Process> process(const Limits&) const override { return nullptr; }
  std::unique_ptr<Process> process_of_policy(Units, bool) const override { return nullptr; }
  bool has_proven_bounds() const override { return true; }
  std::optional<LevelAnswer> answer() const override { return answer_; }

 private:
  LevelAnswer answer_;
};

/// The SKUs from the one that serves customers upwards; empty where they are no series.
std::vector<std::size_t> stages_of(const WarehouseModel& warehouse) {
  std::vector<std::size_t> stages;
  std::size_t at = 0;
  while (at < warehouse.skus.size() && !warehouse.skus[at].downstream.empty()) ++at;
  while (at < warehouse.skus.size()) {
    stages.push_back(at);
    const SkuModel& sku = warehouse.skus[at];
    if (sku.downstream.size() > 1 || sku.sources.size() != 1 || stages.size() > warehouse.skus.size())
      return {};
    if (sku.regular().upstream < 0) break;
    at = static_cast<std::size_t>(sku.regular().upstream);
  }
  return stages.size() == warehouse.skus.size() ? stages : std::vector<std::size_t>();
}

void check_stage(const WarehouseModel& warehouse, const std::vector<std::size_t>& stages, std::size_t j,
                 Reasons& reasons) {
  const SkuModel& sku = warehouse.skus[stages[j]];
  const OrderTerms terms(sku, sku.regular());
  const auto refuse = [&](bool has, std::string_view key, std::string_view got, std::string_view expected) {
    if (has) reasons.push_back(reason(fmt::format("skus.{}.{}", sku.id, key), got, expected));
  };
  refuse(terms.fixed() > 0, "supply.fixed_cost_per_order", fmt::format("{}", terms.fixed()), "0");
  refuse(!terms.takes_single_units() || terms.maximum() > 0, "pack_size",
         "packs, or a smallest or largest order", "any number of units");
  refuse(sku.rates.shortage_per_unit > 0, "costs.shortage_per_unit", "more than 0",
         "shortage_per_unit_day alone");
  refuse(j > 0 && sku.demand.front().maximum() > 0, "demand", "customers of its own",
         "customers at the last stage alone");
  if (j == 0) return;
  const double below = warehouse.skus[stages[j - 1]].rates.holding_per_unit_time;
  refuse(sku.rates.holding_per_unit_time > below, "costs.holding_per_unit_day", "more than downstream",
         "at most what it is downstream");
}

/// What stock on its way costs beyond what the recursion counts, and what units cost.
double constant_cost(const WarehouseModel& warehouse, const std::vector<std::size_t>& stages, double per_day,
                     double demand) {
  double cost = 0;
  for (std::size_t j = 0; j < stages.size(); ++j) {
    const SkuModel& sku = warehouse.skus[stages[j]];
    const double on_the_way = demand * sku.regular().lead_time_law->mean() * per_day;
    const double above =
        j + 1 < stages.size() ? warehouse.skus[stages[j + 1]].rates.holding_per_unit_time : 0;
    double paid = 0;
    if (sku.in_transit == InTransit::upstream) paid = above;
    if (sku.in_transit == InTransit::downstream) paid = sku.rates.holding_per_unit_time;
    cost += (paid - above) * on_the_way + demand * OrderTerms(sku, sku.regular()).per_unit();
  }
  return cost;
}

LevelAnswer answer_of(const WarehouseModel& warehouse, const std::vector<std::size_t>& stages,
                      const SerialSolution& solution, double constant) {
  LevelAnswer answer{.cost = solution.cost + constant, .skus = {}, .local_levels = {}, .echelon_levels = {}};
  std::int64_t below = 0;
  for (std::size_t j = 0; j < stages.size(); ++j) {
    // a stage whose level is above that of one further up can never reach it
    const std::int64_t level = *std::min_element(
        solution.echelon_levels.begin() + static_cast<std::ptrdiff_t>(j), solution.echelon_levels.end());
    answer.skus.push_back(warehouse.skus[stages[j]].id);
    answer.echelon_levels.push_back(level);
    answer.local_levels.push_back(level - below);
    below = level;
  }
  return answer;
}

/// Fills in demand over lead times; false, with a reason, where customers are not Poisson.
bool add_demands(const WarehouseModel& warehouse, const std::vector<std::size_t>& stages,
                 SerialSystem& system, double& demand, Reasons& reasons) {
  const SkuModel& last = warehouse.skus[stages[0]];
  if (warehouse.arrivals == Arrivals::daily) {
    system.day_demand = masses_of(last.demand.front());
    demand = mean_of(system.day_demand);
    for (std::size_t j = 0; j < stages.size(); ++j) {
      const SkuModel& sku = warehouse.skus[stages[j]];
      const Units days = OrderTerms(sku, sku.regular()).lead_time() + (j == 0 ? 1 : 0);
      system.stages[j].lead_demand = sum_of(system.day_demand, static_cast<std::size_t>(days));
    }
    return true;
  }
  const auto customers = poisson_customers(last, reasons);
  if (!customers) return false;
  demand = customers->per_day * mean_of(customers->size);
  for (std::size_t j = 0; j < stages.size(); ++j)
    system.stages[j].lead_demand = poisson_sum(
        customers->per_day * warehouse.skus[stages[j]].regular().lead_time_law->mean(), customers->size);
  return true;
}

}  // namespace

Recognition recognise_serial(const DecisionModel& model) {
  Recognition result;
  const WarehouseModel& warehouse = *model.warehouse;
  result.reasons = check(model, {.continuous = warehouse.arrivals == Arrivals::orders,
                                 .has_backlog = true,
                                 .has_network = true,
                                 .has_order_sizes = true,
                                 .has_discount = false,
                                 .fewest_skus = 2,
                                 .most_skus = 64});
  if (!result.reasons.empty()) return result;
  const std::vector<std::size_t> stages = stages_of(warehouse);
  if (stages.empty())
    result.reasons.push_back(
        reason("locations", "no series",
               "stages of one item, each delivering to the next one and the last to customers"));
  for (std::size_t j = 0; j < stages.size(); ++j) check_stage(warehouse, stages, j, result.reasons);
  if (!result.reasons.empty()) return result;
  if (!(warehouse.skus[stages[0]].rates.shortage_per_unit_time > 0))
    result.reasons.push_back(
        reason(fmt::format("skus.{}.costs.shortage_per_unit_day", warehouse.skus[stages[0]].id), "0",
               "more than 0"));
  const double per_day = warehouse.arrivals == Arrivals::daily ? 1 : static_cast<double>(kMillisecondsPerDay);
  SerialSystem system;
  for (const std::size_t stage : stages)
    system.stages.push_back({warehouse.skus[stage].rates.holding_per_unit_time * per_day, {}});
  system.backlog = warehouse.skus[stages[0]].rates.shortage_per_unit_time * per_day;
  double demand = 0;
  if (!result.reasons.empty() || !add_demands(warehouse, stages, system, demand, result.reasons))
    return result;
  result.problem = std::make_unique<SerialProblem>(
      answer_of(warehouse, stages, solve_serial(system), constant_cost(warehouse, stages, per_day, demand)));
  return result;
}

}  // namespace restock::exact
