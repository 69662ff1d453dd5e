#include "agents/policies/exact/serial.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "agents/policies/exact/checklist.h"
#include "agents/policies/exact/poisson_customers.h"
#include "agents/policies/exact/serial_recursion.h"
#include "agents/policies/exact/terms.h"
#include "env/core/time.h"

namespace restock::exact {

namespace {

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

/// Who asks for how much: a law by the day, or Poisson customers.
struct SerialDemand {
  bool by_day = true;
  Masses day;
  PoissonCustomers customers;

  double mean_per_day() const { return by_day ? mean_of(day) : customers.per_day * mean_of(customers.size); }
  /// The most that stage 1 orders at once, once it is at its level.
  Quantity largest_order() const {
    return static_cast<Quantity>(by_day ? day.size() : customers.size.size()) - 1;
  }
  Masses over(double days) const {
    return by_day ? sum_of(day, static_cast<std::size_t>(days))
                  : poisson_sum(customers.per_day * days, customers.size);
  }
};

/// Nothing, with a reason, where customers are not Poisson.
std::optional<SerialDemand> demand_of(const WarehouseModel& warehouse, const SkuModel& last,
                                      Reasons& reasons) {
  if (warehouse.arrivals == Arrivals::daily)
    return SerialDemand{.by_day = true, .day = masses_of(last.demand.front()), .customers = {}};
  auto customers = poisson_customers(last, reasons);
  if (!customers) return std::nullopt;
  return SerialDemand{.by_day = false, .day = {}, .customers = std::move(*customers)};
}

/// Levels, and whether they are those of the stages alone.
struct GivenLevels {
  bool are_local = false;
  std::vector<std::int64_t> echelon;
};

bool are_in_reach(std::span<const std::int64_t> levels) {
  return std::ranges::all_of(levels, [](std::int64_t level) { return std::abs(level) <= kMostSerialLevel; });
}

class SerialProblem final : public Problem {
 public:
  SerialProblem(std::shared_ptr<const WarehouseModel> warehouse, std::vector<std::size_t> stages,
                SerialDemand demand)
      : warehouse_(std::move(warehouse)), stages_(std::move(stages)), demand_(std::move(demand)) {}

  std::string_view name() const override { return "serial"; }
  std::unique_ptr<Process> process(const Limits&) const override { return nullptr; }
  std::unique_ptr<Process> process_of_policy(Units, bool) const override { return nullptr; }
  std::string_view policies_with_a_cost() const override {
    return "levels that stay the same at all stages: echelon_base_stock, or base_stock without a largest "
           "order";
  }
  bool has_proven_bounds() const override { return true; }
  std::optional<LevelAnswer> answer() const override {
    return answer_of(*warehouse_, stages_, solve_serial(system(false)), constant_cost());
  }
  std::optional<double> cost_of_policy(const Policy& policy) const override {
    const auto levels = levels_of(policy);
    if (!levels) return std::nullopt;
    return cost_of_levels(system(levels->are_local), levels->echelon) + constant_cost();
  }

 private:
  double per_day() const { return demand_.by_day ? 1 : static_cast<double>(kMillisecondsPerDay); }
  const SkuModel& sku(std::size_t stage) const { return warehouse_->skus[stages_[stage]]; }
  double constant_cost() const {
    return exact::constant_cost(*warehouse_, stages_, per_day(), demand_.mean_per_day());
  }
  SerialSystem system(bool are_local) const;
  std::optional<GivenLevels> levels_of(const Policy& policy) const;
  std::optional<std::int64_t> local_level(const Policy& policy, std::size_t stage) const;

  std::shared_ptr<const WarehouseModel> warehouse_;
  std::vector<std::size_t> stages_;
  SerialDemand demand_;
};

SerialSystem SerialProblem::system(bool are_local) const {
  SerialSystem system;
  system.backlog = sku(0).rates.shortage_per_unit_time * per_day();
  for (std::size_t j = 0; j < stages_.size(); ++j) {
    const SourceModel& source = sku(j).regular();
    const double extra_days = j == 0 || are_local ? 1 : 0;
    const double days =
        demand_.by_day ? OrderTerms(sku(j), source).lead_time() + extra_days : source.lead_time_law->mean();
    const double days_until_count = j == 0 || !demand_.by_day ? 0 : are_local ? static_cast<double>(j) : 1;
    system.stages.push_back({.holding = sku(j).rates.holding_per_unit_time * per_day(),
                             .lead_demand = demand_.over(days),
                             .demand_until_count = days_until_count * demand_.mean_per_day()});
  }
  return system;
}

std::optional<std::int64_t> SerialProblem::local_level(const Policy& policy, std::size_t stage) const {
  const auto rule = policy.order_rule(static_cast<std::int32_t>(stages_[stage]));
  const auto* levels = rule ? std::get_if<period::OrderUpTo<Quantity>>(&*rule) : nullptr;
  if (levels == nullptr || levels->maximum_order < demand_.largest_order()) return std::nullopt;
  return levels->level;
}

std::optional<GivenLevels> SerialProblem::levels_of(const Policy& policy) const {
  GivenLevels given{.are_local = false, .echelon = {}};
  GivenLevels summed{.are_local = true, .echelon = {}};
  std::int64_t sum = 0;
  for (std::size_t j = 0; j < stages_.size(); ++j) {
    if (const auto level = policy.echelon_level(static_cast<std::int32_t>(stages_[j])))
      given.echelon.push_back(*level);
    if (const auto level = local_level(policy, j)) summed.echelon.push_back(sum += *level);
  }
  for (const GivenLevels* const levels : {&given, &summed})
    if (levels->echelon.size() == stages_.size() && are_in_reach(levels->echelon)) return *levels;
  return std::nullopt;
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
  std::vector<std::size_t> stages = stages_of(warehouse);
  if (stages.empty())
    result.reasons.push_back(
        reason("locations", "no series",
               "stages of one item, each delivering to the next one and the last to customers"));
  for (std::size_t j = 0; j < stages.size(); ++j) check_stage(warehouse, stages, j, result.reasons);
  if (!result.reasons.empty()) return result;
  const SkuModel& last = warehouse.skus[stages[0]];
  if (!(last.rates.shortage_per_unit_time > 0))
    result.reasons.push_back(
        reason(fmt::format("skus.{}.costs.shortage_per_unit_day", last.id), "0", "more than 0"));
  if (warehouse.arrivals == Arrivals::orders && warehouse.trigger != Trigger::any &&
      warehouse.trigger != Trigger::demand)
    result.reasons.push_back(reason("trigger", "not after each customer", "any or demand"));
  auto demand = demand_of(warehouse, last, result.reasons);
  if (!result.reasons.empty() || !demand) return result;
  result.problem = std::make_unique<SerialProblem>(model.warehouse, std::move(stages), std::move(*demand));
  return result;
}

}  // namespace restock::exact
