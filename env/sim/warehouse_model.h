// A warehouse as the simulator sees it: constant, resolved and checked. Built once from a WarehouseSpec and
// shared by every simulation of it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "env/core/laws/law.h"
#include "env/core/laws/table.h"
#include "env/core/time.h"
#include "env/sim/ledger.h"
#include "env/sim/warehouse_spec.h"

namespace restock {

/// One SKU at its stocking point.
struct SkuModel {
  std::string id;
  UnmetDemand unmet_demand = UnmetDemand::lost;
  CostRates rates;
  double mean_demand_per_day = 0;  ///< units; of the law, or of the history where there is no law
  Quantity pack_size = 1;
  Quantity minimum_order_quantity = 0;
  Quantity maximum_order_quantity = 0;  ///< 0: no limit
  Quantity initial_on_hand = 0;
  std::int32_t shelf_life_days = 0;  ///< 0: keeps for ever
  std::int32_t first_batch = 0;      ///< stock by expiry owns the places [first, first + shelf_life_days)
  Issuing issuing = Issuing::fifo;
  double fifo_share = 1;
  double backlog_share = 1;
  std::int32_t patience_days = 0;  ///< 0: customers wait for ever
  std::int32_t first_waiting = 0;  ///< backlog by day of giving up owns [first, first + patience_days + 1)
  std::int32_t supplier = 0;
  std::int32_t review_group = 0;
  std::int32_t lead_time_days = 0;            ///< mean, rounded up: what a planner reckons with
  std::int32_t protection_interval_days = 1;  ///< lead_time_days + the longest time between two reviews
  std::int32_t first_order_slot = 0;  ///< open purchase orders own the slots [first, first + order_slots)
  std::int32_t order_slots = 1;
  std::vector<QuantileTable> demand;  ///< none where demand comes from paths; more than one with a pattern
  std::vector<std::uint16_t>
      demand_of_day;                      ///< the table of each day of the horizon; empty: always the first
  std::vector<QuantileTable> order_size;  ///< one table, or none where every customer takes one unit
  std::vector<QuantileTable> lead_time;   ///< whole days; one table with `arrivals: daily`
  std::shared_ptr<const Law> lead_time_law;  ///< days
  std::shared_ptr<const Law> yield;          ///< share of an order that arrives; nullptr: all of it

  const QuantileTable& demand_on(std::int64_t day) const noexcept {
    return demand[demand_of_day.empty() ? 0 : demand_of_day[static_cast<std::size_t>(day)]];
  }
};

/// On which days, and when on them, a policy is asked.
struct ReviewCalendar {
  std::int64_t period_days = 1;
  std::int64_t first_day = 0;
  std::uint8_t weekdays = 0;          ///< bit w: reviews on weekday w (0 = Monday); 0: every period_days
  std::int64_t milliseconds = 0;      ///< after midnight
  std::int32_t weekday_of_day_0 = 0;  ///< 0 = Monday

  /// The first review on `day` or later.
  std::int64_t on_or_after(std::int64_t day) const noexcept;
  /// The longest time between two reviews, days.
  std::int64_t longest_gap_days() const noexcept;
  bool operator==(const ReviewCalendar&) const = default;
};

/// SKUs that are reviewed together.
struct ReviewGroup {
  ReviewCalendar calendar;
  std::vector<std::int32_t> skus;  ///< ascending
};

/// Who delivers to one or more SKUs.
struct SupplierModel {
  std::string id;                           ///< of its SKU where that has a supplier to itself
  std::shared_ptr<const Law> days_between;  ///< from one outage to the next; nullptr: no outages
  std::shared_ptr<const Law> days_to_repair;
};

struct WarehouseModel {
  Arrivals arrivals = Arrivals::daily;
  Review review = Review::periodic;
  Date start;
  std::int64_t days = 1;
  std::int64_t warm_up_days = 0;
  double discount_factor = 1;  ///< of a day's cost against the day before
  std::vector<SkuModel> skus;
  std::vector<SupplierModel> suppliers;
  std::vector<ReviewGroup> review_groups;  ///< empty where review is continuous
  std::int32_t order_slots = 0;            ///< of all SKUs together
  std::int32_t batches = 0;                ///< places for stock by expiry, of all SKUs together
  std::int32_t waiting = 0;                ///< places for backlog by day of giving up

  std::int64_t counted_days() const noexcept { return days - warm_up_days; }
};

/// Resolves names and defaults. `mean_demand` gives units a day for SKUs without a law, in the order of the
/// SKUs; it may be empty where every SKU has one. Throws InputError where a law does not fit.
std::shared_ptr<const WarehouseModel> build_warehouse(const WarehouseSpec& spec,
                                                      const std::vector<double>& mean_demand = {});

/// What is ordered where `wanted` units are asked for: nothing, or at least the minimum, in whole packs
/// (rounded up), at most the maximum (rounded down).
Quantity legal_order_quantity(const SkuModel& sku, Quantity wanted) noexcept;

}  // namespace restock
