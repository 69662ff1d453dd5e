#include <algorithm>
#include <limits>

#include "env/core/check.h"
#include "env/period/draws.h"
#include "env/period/run_parts.h"

namespace restock::period {

namespace {

constexpr double kMostNarrow = 1 << 24;

/// The most units that can be short at once. Where neither the rule nor the supplier limits an order, a
/// review lifts the position to at least what it was meant for, so that only the demand since then can be
/// short; else all demand.
double largest_backlog(const Sku& sku, double demand_of_day) {
  const bool is_limited = sku.maximum_order_quantity > 0 ||
                          std::visit([](const auto& rule) { return rule.is_capped(); }, sku.rule);
  const auto lowest = std::visit([](const auto& rule) { return rule.lowest_position(); }, sku.rule);
  const std::int64_t between = sku.lead_time.front().maximum() + 2 * sku.reviews.period + sku.reviews.first;
  return demand_of_day * static_cast<double>(is_limited ? sku.days : std::min(sku.days, between)) +
         std::max(0.0, -static_cast<double>(lowest));
}

}  // namespace

double largest_quantity(const Sku& sku) noexcept {
  if (sku.demand.empty()) return std::numeric_limits<double>::infinity();
  double demand_of_day = 0;
  for (const DrawTable& table : sku.demand)
    demand_of_day = std::max(demand_of_day, static_cast<double>(table.maximum()));
  const auto level = std::visit([](const auto& rule) { return rule.highest_position(); }, sku.rule);
  const double highest = static_cast<double>(std::max(level, sku.initial_on_hand)) +
                         static_cast<double>(sku.minimum_order_quantity + sku.pack_size);
  return highest + demand_of_day + (sku.loses_sales ? 0 : largest_backlog(sku, demand_of_day));
}

std::size_t bytes_alone(const Sku& sku) noexcept {
  return bytes_of<std::int64_t>(sku);
}

bool fits_lockstep(const Sku& sku) noexcept {
  return largest_quantity(sku) <= kMostNarrow;
}

std::int64_t narrow_days_between_sums(const Sku& sku) noexcept {
  const double most = std::numeric_limits<std::int32_t>::max();
  return static_cast<std::int64_t>(most / std::max(1.0, largest_quantity(sku)));
}

void check_conservation(const Sku& sku, const Outcome& outcome) {
  const Ledger& ledger = outcome.at_end;
  RESTOCK_CHECK(sku.initial_on_hand + ledger.received == ledger.shipped + ledger.on_hand &&
                    ledger.days == sku.days && ledger.on_hand >= 0,
                "SKU {}: initial {} + received {}, shipped {} + on hand {}, {} days", sku.entity,
                sku.initial_on_hand, ledger.received, ledger.shipped, ledger.on_hand, ledger.days);
}

Outcome run_one(const Sku& sku, const RunKey& run, const Path& path) {
  const Stream lead_time(run, Purpose::lead_time, sku.entity);
  const TableView lead_time_table = sku.lead_time.front().view();
  Outcome outcome;
  const auto run_on = [&](const auto& draws) { run_with<std::int64_t>(sku, sku.days, draws, &outcome); };
  if (path.units) {
    run_on(PathDraws<std::int64_t>{path.units, path.stride, lead_time, lead_time_table});
  } else {
    const Stream demand(run, Purpose::demand, sku.entity);
    with_demand_tables(sku, [&]<class Tables>(const Tables& tables) {
      run_on(TableDraws<std::int64_t, Tables>{demand, lead_time, tables, lead_time_table});
    });
  }
  check_conservation(sku, outcome);
  return outcome;
}

}  // namespace restock::period
