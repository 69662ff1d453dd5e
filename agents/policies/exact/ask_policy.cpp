#include "agents/policies/exact/ask_policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "env/core/error.h"

namespace restock::exact {

void check_policy(const Policy& policy) {
  if (policy.needs_forecast())
    throw InputError(
        fmt::format("policy '{}' looks at forecasts, expected one that orders by stock and open "
                    "orders alone; simulate it instead",
                    policy.name()));
}

bool looks_at_pipeline(const Policy& policy, const WarehouseModel& warehouse) {
  for (std::size_t sku = 0; sku < warehouse.skus.size(); ++sku)
    if (!policy.order_rule(static_cast<std::int32_t>(sku))) return true;
  return false;
}

PolicyAsker::PolicyAsker(const WarehouseModel& warehouse, const Process& process, const Policy& policy)
    : process_(process),
      policy_(policy),
      skus_(process.rows_per_state()),
      rows_(warehouse),
      later_(process.order_width()),
      memory_{std::vector<double>(warehouse.skus.size() * policy.memory_size())} {}

void PolicyAsker::check_memory() const {
  if (std::ranges::all_of(memory_.values, [](double value) { return value == 0; })) return;
  throw InputError(fmt::format(
      "policy '{}' remembers earlier decisions, expected one that needs no memory; simulate it instead",
      policy_.name()));
}

void PolicyAsker::ask(std::span<Units> orders) {
  const std::size_t sources = process_.sources();
  wanted_.assign(skus_ * sources, 0);
  OrderBatch batch{wanted_};
  policy_.decide(rows_.batch(), memory_, batch);
  check_memory();
  for (std::size_t i = 0; i < orders.size(); ++i)
    orders[i] = static_cast<Units>(
        std::clamp<Quantity>(wanted_[(i % sources) * skus_ + i / sources], 0, kMaximumQuantity));
}

void PolicyAsker::operator()(std::span<const Units> state, std::span<Units> orders) {
  rows_.clear();
  process_.show(state, rows_);
  ask(orders);
  // one cycle later, and where days do not differ also on another weekday
  const auto period = static_cast<std::int64_t>(process_.period());
  for (const std::int64_t days : {period, std::lcm<std::int64_t>(period, 364) * 2}) {
    rows_.move_days(days);
    ask(later_);
    if (std::ranges::equal(orders, later_)) continue;
    throw InputError(fmt::format(
        "policy '{}' orders by the day, and the scenario's days do not differ by it: expected a policy that "
        "orders the same in the same state; simulate it instead",
        policy_.name()));
  }
  process_.make_legal(state, orders);
}

}  // namespace restock::exact
