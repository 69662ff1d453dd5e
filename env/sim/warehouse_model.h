// A warehouse as the simulator sees it: constant, resolved and checked. Built once from a WarehouseSpec and
// shared by every simulation of it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "env/core/laws/table.h"
#include "env/core/time.h"
#include "env/sim/customer_kinds.h"
#include "env/sim/facility_model.h"
#include "env/sim/ledger.h"
#include "env/sim/market_model.h"
#include "env/sim/source_model.h"
#include "env/sim/warehouse_spec.h"

namespace restock {

/// One SKU at its stocking point.
struct SkuModel {
  std::string id;
  UnmetDemand unmet_demand = UnmetDemand::lost;
  CostRates rates;
  double mean_demand_per_day = 0;  ///< units; of the law, or of the history where there is no law
  Quantity initial_on_hand = 0;
  std::vector<Quantity> initial_pipeline;  ///< by the morning of arrival: of day 1, 2, …
  Quantity initial_on_order = 0;           ///< all of it
  Quantity trigger_level = 0;              ///< with trigger: position
  InTransit in_transit = InTransit::none;  ///< who pays for holding what is on its way here
  Allocation allocation = Allocation::first_come;
  std::vector<ReviewGroup::Member> downstream;  ///< whom it delivers to; ascending
  std::int32_t location = 0;                    ///< 0: none; then WarehouseSpec::locations in their order
  std::int32_t facility = -1;        ///< index into WarehouseModel::facilities; −1: a floor without limits
  std::int64_t volume = 0;           ///< of a unit; 0 where room has no limit
  std::int32_t shelf_life_days = 0;  ///< 0: keeps for ever
  std::int32_t first_batch = 0;      ///< stock by expiry owns the places [first, first + shelf_life_days)
  Issuing issuing = Issuing::fifo;
  double fifo_share = 1;  ///< of the units taken, those that expire first; by_customer: of the mean demand
  double backlog_share = 1;
  std::int32_t patience_days = 0;     ///< 0: customers wait for ever
  std::int32_t first_waiting = 0;     ///< backlog by day of giving up owns [first, first + patience_days + 1)
  std::int32_t first_order_slot = 0;  ///< open purchase orders own the slots [first, first + order_slots)
  std::int32_t order_slots = 1;
  std::vector<QuantileTable> demand;  ///< none where demand comes from paths; more than one with a pattern
  std::vector<std::uint16_t>
      demand_of_day;                      ///< the table of each day of the horizon; empty: always the first
  std::vector<CustomerKinds> kinds;       ///< with issuing: by_customer, what each table is the sum of
  std::vector<QuantileTable> order_size;  ///< one table, or none where every customer takes one unit
  MarketModel market;
  std::vector<SourceModel> sources;  ///< at least one; the regular one first
  std::int32_t first_source = 0;     ///< among the sources of all SKUs

  const SourceModel& regular() const noexcept { return sources.front(); }

  std::size_t table_on(std::int64_t day) const noexcept {
    return demand_of_day.empty() ? 0 : demand_of_day[static_cast<std::size_t>(day)];
  }
  const QuantileTable& demand_on(std::int64_t day) const noexcept { return demand[table_on(day)]; }
  const CustomerKinds& kinds_on(std::int64_t day) const noexcept { return kinds[table_on(day)]; }
};

struct WarehouseModel {
  Arrivals arrivals = Arrivals::daily;
  Review review = Review::periodic;
  Trigger trigger = Trigger::any;
  Date start;
  std::int64_t days = 1;
  std::int64_t warm_up_days = 0;
  double discount_factor = 1;                  ///< of a day's cost against the day before
  std::vector<QuantileTable> lines_per_order;  ///< one table, or none where each line is an order
  std::vector<SkuModel> skus;
  std::vector<SupplierModel> suppliers;
  std::vector<ReviewGroup> review_groups;  ///< empty where review is continuous
  std::vector<FacilityModel> facilities;
  std::vector<std::int32_t> upstream_first;  ///< SKUs that deliver, before those they deliver to; not others
  std::int32_t sources = 0;                  ///< of all SKUs together
  std::int32_t order_slots = 0;              ///< of all SKUs together
  std::int32_t batches = 0;                  ///< places for stock by expiry, of all SKUs together
  std::int32_t waiting = 0;                  ///< places for backlog by day of giving up
  std::int32_t shipped = 0;                  ///< places for units by day of shipping, where some come back

  std::int64_t counted_days() const noexcept { return days - warm_up_days; }
};

/// Resolves names and defaults. `mean_demand` gives units a day for SKUs without a law, in the order of the
/// SKUs; it may be empty where every SKU has one. Throws InputError where a law does not fit.
std::shared_ptr<const WarehouseModel> build_warehouse(const WarehouseSpec& spec,
                                                      const std::vector<double>& mean_demand = {});

}  // namespace restock
