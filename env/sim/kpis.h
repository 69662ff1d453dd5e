// Key performance indicators of one SKU or of many together, computed from ledgers.
//
// fill_rate = units served from stock at the instant of demand / units demanded; cycle_service_level = share
// of replenishment cycles without a stockout; no_stockout_days = share of days that close without backlog or
// loss. An indicator that has no meaning (no demand, no cycle) is NaN: a dash in text, null in JSON.
#pragma once

#include <span>
#include <string_view>

#include "env/sim/ledger.h"
#include "env/sim/warehouse_model.h"

namespace restock {

struct Kpis {
  double cost_per_period = 0;  ///< money a day, all SKUs together
  double purchase_cost_per_period = 0;
  double fixed_cost_per_period = 0;
  double holding_cost_per_period = 0;
  double shortage_cost_per_period = 0;
  double disposal_cost_per_period = 0;
  double freight_cost_per_period = 0;
  double overflow_cost_per_period = 0;
  double late_cost_per_period = 0;
  double shrinkage_cost_per_period = 0;
  double fill_rate = 0;
  double cycle_service_level = 0;
  double no_stockout_days = 0;        ///< share of SKU-days
  double average_on_hand = 0;         ///< units, all SKUs together
  double average_backlog = 0;         ///< units
  double demand_per_period = 0;       ///< units a day
  double lost_sales_per_period = 0;   ///< units a day
  double expired_per_period = 0;      ///< units a day
  double orders_per_period = 0;       ///< orders a day
  double transferred_per_period = 0;  ///< units a day, to other stocking points
  double adjusted_per_period = 0;     ///< units a day by which orders were changed to fit what they share
  double discounted_cost = 0;         ///< money, of the whole horizon; NaN without discounting
  double discounted_profit = 0;       ///< money; NaN where no SKU has a price, too
  // Of the warehouse's floor (floor.h); NaN where it has none of the kind.
  double capacity_used = 0;           ///< share, over time
  double refused_per_period = 0;      ///< units a day
  double hours_to_shelf = 0;          ///< hours of an order from its arrival to the shelf
  double dock_utilisation = 0;        ///< share of opening time
  double hours_to_pick = 0;           ///< hours of a line from the allocation of its stock to its pick
  double picker_utilisation = 0;      ///< share of opening time
  double on_time_share = 0;           ///< of lines picked
  double written_off_per_period = 0;  ///< units a day
  double revenue_per_period = 0;      ///< money a day; NaN where no SKU has a price
  double profit_per_period = 0;  ///< money a day: revenue − cost of all SKUs; NaN where none has a price
  double substituted_per_period = 0;  ///< units a day
  double returned_per_period = 0;     ///< units a day
  double order_fill_rate = 0;         ///< whole orders / customers' orders; NaN where these are single lines
};

/// One indicator with its name, unit and place in Kpis: reports, JSON and CSV run over this table.
struct KpiColumn {
  std::string_view name;
  std::string_view unit;
  std::string_view meaning;
  double Kpis::*value;
  bool lower_is_better;
  bool is_of_every_scenario = false;  ///< others belong to mechanics that a scenario may lack
};
std::span<const KpiColumn> kpi_columns();
/// Whether a table for people should hold an indicator with this mean: those of mechanics that a scenario
/// lacks are 0 or have no meaning.
bool is_worth_showing(const KpiColumn& column, double mean);

/// What customers paid: price × (shipped − returned) − markdowns; NaN without a price.
double revenue_of(const SkuLedger& ledger, const MarketModel& market) noexcept;

/// ledgers[i] belongs to model.skus[i].
Kpis kpis_of(const WarehouseModel& model, std::span<const SkuLedger> ledgers);
Kpis kpis_of_sku(const WarehouseModel& model, std::size_t sku, const SkuLedger& ledger);

}  // namespace restock
