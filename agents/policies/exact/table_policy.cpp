#include "agents/policies/exact/table_policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <limits>

#include "env/core/check.h"

namespace restock::exact {

std::int64_t distance_of(std::span<const Units> a, std::span<const Units> b, bool has_day) {
  constexpr std::int64_t kOtherDay = std::int64_t{1} << 40;
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    sum += (i == 0 && has_day ? kOtherDay : 1) * std::abs(std::int64_t{a[i]} - b[i]);
  return sum;
}

PolicyTable::PolicyTable(std::shared_ptr<const WarehouseModel> warehouse, std::unique_ptr<Problem> problem,
                         std::unique_ptr<Process> process, std::unique_ptr<Chain> chain,
                         std::vector<std::uint32_t> choice)
    : warehouse_(std::move(warehouse)),
      problem_(std::move(problem)),
      process_(std::move(process)),
      chain_(std::move(chain)),
      choice_(std::move(choice)) {
  RESTOCK_CHECK(choice_.size() == chain_->states(), "{} choices for {} states", choice_.size(),
                chain_->states());
}

std::vector<std::string> PolicyTable::columns() const {
  std::vector<std::string> columns = process_->names();
  const std::size_t sources = process_->sources();
  for (std::size_t i = 0; i < process_->order_width(); ++i) {
    std::string name = "order";
    if (process_->rows_per_state() > 1) name += fmt::format("_of_{}", warehouse_->skus[i / sources].id);
    if (sources > 1) name += fmt::format("_from_source_{}", i % sources);
    columns.push_back(name);
  }
  return columns;
}

void PolicyTable::choose(std::span<const Units> state, std::size_t index, std::span<Units> orders) const {
  std::vector<Units> choices;
  process_->choices(state, choices);
  const std::size_t first = choice_[index] * orders.size();
  RESTOCK_CHECK(first + orders.size() <= choices.size(), "choice {} of {} numbers", choice_[index],
                choices.size());
  std::copy_n(choices.begin() + static_cast<std::ptrdiff_t>(first), orders.size(), orders.begin());
}

void PolicyTable::row(std::size_t index, std::span<Units> state, std::span<Units> orders) const {
  chain_->decode(index, state);
  choose(state, index, orders);
}

void PolicyTable::look_up(std::span<Units> state, std::span<Units> orders) const {
  std::size_t index = chain_->index_of(state);
  if (index == chain_->states()) {
    process_->clamp(state);
    index = chain_->index_of(state);
  }
  if (index == chain_->states()) {
    index = nearest(state);
    chain_->decode(index, state);
  }
  choose(state, index, orders);
}

/// By the sum of the differences, on the same day of a cycle. Looks at every state: only where a simulation
/// starts, or by rare demand, does it come where the optimal policy never goes.
std::size_t PolicyTable::nearest(std::span<const Units> state) const {
  std::vector<Units> known(state.size());
  std::size_t best = 0;
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  for (std::size_t index = 0; index < chain_->states(); ++index) {
    chain_->decode(index, known);
    const std::int64_t distance = distance_of(known, state, chain_->period() > 1);
    if (distance >= least) continue;
    least = distance;
    best = index;
  }
  return best;
}

void TablePolicy::decide(const DecisionBatch& batch, PolicyMemory&, OrderBatch& orders) const {
  const Process& process = table_->process();
  const std::size_t rows = process.rows_per_state();
  const std::size_t sources = process.sources();
  std::vector<Units> state(process.state_width());
  std::vector<Units> wanted(process.order_width());
  RESTOCK_CHECK(batch.rows % rows == 0, "{} rows, {} of them a state", batch.rows, rows);
  for (std::size_t first = 0; first < batch.rows; first += rows) {
    process.read(batch, first, state);
    table_->look_up(state, wanted);
    for (std::size_t i = 0; i < wanted.size(); ++i)
      orders.quantity[(i % sources) * batch.rows + first + i / sources] = wanted[i];
  }
}

}  // namespace restock::exact
