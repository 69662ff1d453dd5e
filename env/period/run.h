// Replications of one SKU on this machine's processor: one at a time, or several in lockstep.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "env/core/keyed_random.h"
#include "env/core/laws/law.h"
#include "env/period/draw_table.h"
#include "env/period/order_rule.h"
#include "env/period/simulate.h"

namespace restock::period {

/// A SKU with `arrivals: daily` and periodic review, and the rule that orders it. Demand and lead times are
/// whole numbers with laws of their own, or demand is a path.
struct Sku {
  std::uint64_t entity = 0;  ///< names its draws
  bool loses_sales = true;
  std::int64_t days = 1;
  std::int64_t warm_up_days = 0;
  Reviews reviews;
  std::int64_t initial_on_hand = 0;
  std::int64_t pack_size = 1;
  std::int64_t minimum_order_quantity = 0;
  std::int64_t maximum_order_quantity = 0;   ///< 0: no limit
  std::vector<DrawTable> demand;             ///< one table or more, or none where demand is a path
  std::vector<std::uint16_t> demand_of_day;  ///< the table of each day; empty: always the first
  std::vector<DrawTable> lead_time;          ///< whole days; one table
  OrderRule rule;
  /// Of single customers (customer_replay.h): units each, or none where everybody takes one; and lead times
  /// of any length, in days, instead of the table.
  std::vector<DrawTable> order_size;
  std::shared_ptr<const Law> lead_time_law;
};

/// A demand path; empty where demand has a law.
struct Path {
  const std::int32_t* units = nullptr;  ///< of day 0
  std::int64_t stride = 1;
};

/// Environments that run in lockstep.
int lockstep_lanes() noexcept;

/// Memory of one environment: state, tallies, orders on their way, outcome.
std::size_t bytes_alone(const Sku& sku) noexcept;
std::size_t bytes_in_lockstep(const Sku& sku) noexcept;

/// No stock, backlog, order or demand of a day can exceed it, whatever is drawn.
double largest_quantity(const Sku& sku) noexcept;

/// Whether lanes of 32 bits are enough, and demand has a law.
bool fits_lockstep(const Sku& sku) noexcept;

/// One replication. Conservation is checked.
Outcome run_one(const Sku& sku, const RunKey& run, const Path& path = {});

/// Replications run.replication, run.replication + 1, …; at most lockstep_lanes(), of a SKU that
/// fits_lockstep.
void run_lockstep(const Sku& sku, const RunKey& run, std::span<Outcome> outcomes);

}  // namespace restock::period
