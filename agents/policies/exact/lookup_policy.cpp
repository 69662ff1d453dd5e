#include "agents/policies/exact/lookup_policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "env/core/error.h"

namespace restock::exact {

namespace {

constexpr std::size_t kMostRows = 4'000'000;

void check_exportable(const PolicyTable& table) {
  const Process& process = table.process();
  if (process.columns().empty())
    throw InputError(
        "the optimal policy looks at several suppliers or SKUs, at stock by age, or at its suppliers, "
        "which a bundle does not show; simulate it instead");
  if (table.states() > kMostRows)
    throw InputError(fmt::format("the optimal policy has {} states, expected at most {} in a bundle",
                                 table.states(), kMostRows));
}

}  // namespace

std::size_t OrderTable::find(std::span<const Units> wanted) const {
  std::size_t low = 0;
  for (std::size_t count = rows(); count > 0;) {
    const std::size_t half = count / 2;
    const bool is_below = std::ranges::lexicographical_compare(state(low + half), wanted);
    low = is_below ? low + half + 1 : low;
    count = is_below ? count - half - 1 : half;
  }
  if (low < rows() && std::ranges::equal(state(low), wanted)) return low;
  const bool has_day = columns.front().kind == StateColumnKind::day_of_cycle;
  std::size_t best = 0;
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  for (std::size_t row = 0; row < rows(); ++row) {
    const std::int64_t far = distance_of(state(row), wanted, has_day);
    if (far >= least) continue;
    least = far;
    best = row;
  }
  return best;
}

OrderTable order_table_of(const PolicyTable& table) {
  check_exportable(table);
  const std::vector<StateColumn> columns = table.process().columns();
  const std::size_t width = columns.size();
  std::vector<Units> states(table.states() * width);
  std::vector<Units> orders(table.states());
  for (std::size_t row = 0; row < orders.size(); ++row)
    table.row(row, std::span(states).subspan(row * width, width), std::span(orders).subspan(row, 1));
  const auto state = [&](std::size_t row) { return std::span(states).subspan(row * width, width); };
  std::vector<std::size_t> ascending(orders.size());
  std::iota(ascending.begin(), ascending.end(), std::size_t{0});
  std::ranges::sort(ascending, [&](std::size_t a, std::size_t b) {
    return std::ranges::lexicographical_compare(state(a), state(b));
  });
  OrderTable sorted{columns, {}, {}};
  sorted.states.reserve(states.size());
  for (const std::size_t row : ascending) {
    sorted.states.insert(sorted.states.end(), state(row).begin(), state(row).end());
    sorted.orders.push_back(orders[row]);
  }
  return sorted;
}

bool LookupPolicy::needs_pipeline() const {
  return std::ranges::any_of(table_.columns, [](const StateColumn& column) {
    return column.kind == StateColumnKind::on_order_of_age;
  });
}

void LookupPolicy::decide(const DecisionBatch& batch, PolicyMemory&, OrderBatch& orders) const {
  std::vector<Units> state(table_.columns.size());
  for (std::size_t row = 0; row < batch.rows; ++row) {
    for (std::size_t i = 0; i < state.size(); ++i) state[i] = table_.columns[i].read(batch, row);
    orders.quantity[row] = table_.orders[table_.find(state)];
  }
}

}  // namespace restock::exact
