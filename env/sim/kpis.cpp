#include "env/sim/kpis.h"

#include <array>
#include <cmath>
#include <limits>

namespace restock {

namespace {

double share(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(part) / static_cast<double>(whole);
}

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// What the floors of some SKUs are made of, and what has been done on them.
struct FloorTotals {
  double volume_time = 0;  ///< as the ledger counts time
  double capacity = 0;
  double dock_time = 0;    ///< milliseconds a dock was open, of all docks
  double picker_time = 0;  ///< milliseconds a picker was there, of all pickers
  bool has_steps = false;
  bool has_cut_off = false;
  bool has_shrinkage = false;
  bool refuses = false;
};

double open_time(const WarehouseModel& model, const CrewModel& crew, std::int64_t days) {
  if (crew.number == 0) return 0;
  const std::int64_t from = SimTime::start_of_day(model.days - days).in_milliseconds();
  const std::int64_t to = SimTime::start_of_day(model.days).in_milliseconds();
  return static_cast<double>(crew.calendar.time_open(from, to)) * crew.number;
}

void add_volume(FloorTotals& totals, const SkuModel& sku, const SkuLedger& ledger) {
  totals.volume_time +=
      static_cast<double>(ledger.on_hand_time + ledger.allocated_time) * static_cast<double>(sku.volume);
}

void add_facility(FloorTotals& totals, const WarehouseModel& model, const FacilityModel& facility,
                  std::int64_t days) {
  totals.capacity += static_cast<double>(facility.capacity);
  totals.dock_time += open_time(model, facility.docks, days);
  totals.picker_time += open_time(model, facility.pickers, days);
  totals.has_steps |= facility.receives_in_steps();
  totals.has_cut_off |= facility.cut_off >= 0;
  totals.has_shrinkage |= facility.shrinkage != nullptr;
  totals.refuses |= facility.refuses();
}

void fill_floor(Kpis& kpis, const SkuLedger& total, const FloorTotals& floor, double periods, double times) {
  const auto ratio = [](double part, double whole) { return whole > 0 ? part / whole : kNone; };
  const auto hours = [](std::int64_t time, std::int64_t count) {
    return share(time, count) / kMillisecondsPerHour;
  };
  kpis.capacity_used = ratio(floor.volume_time, floor.capacity * times);
  kpis.refused_per_period = floor.refuses ? static_cast<double>(total.refused) / periods : kNone;
  kpis.hours_to_shelf = floor.has_steps ? hours(total.receiving_time, total.receipts) : kNone;
  kpis.dock_utilisation = ratio(static_cast<double>(total.unloading_time), floor.dock_time);
  kpis.hours_to_pick = hours(total.line_time, total.lines_picked);
  kpis.picker_utilisation = ratio(static_cast<double>(total.picking_time), floor.picker_time);
  kpis.on_time_share =
      floor.has_cut_off ? share(total.lines_picked - total.lines_late, total.lines_picked) : kNone;
  kpis.written_off_per_period =
      floor.has_shrinkage ? static_cast<double>(total.written_off) / periods : kNone;
}

Kpis from_totals(const WarehouseModel& model, const SkuLedger& total, Costs costs, double revenue,
                 const FloorTotals& floor, std::int64_t days) {
  const double periods = static_cast<double>(days);
  const double times =
      model.arrivals == Arrivals::daily ? periods : periods * static_cast<double>(kMillisecondsPerDay);
  costs /= periods;
  Kpis kpis;
  kpis.cost_per_period = costs.total();
  kpis.purchase_cost_per_period = costs.purchase;
  kpis.fixed_cost_per_period = costs.fixed;
  kpis.holding_cost_per_period = costs.holding;
  kpis.shortage_cost_per_period = costs.shortage;
  kpis.disposal_cost_per_period = costs.disposal;
  kpis.freight_cost_per_period = costs.freight;
  kpis.overflow_cost_per_period = costs.overflow;
  kpis.late_cost_per_period = costs.late;
  kpis.shrinkage_cost_per_period = costs.shrinkage;
  kpis.fill_rate = share(total.served_at_once, total.demanded);
  kpis.cycle_service_level = share(total.cycles_without_stockout, total.cycles);
  kpis.no_stockout_days = share(total.no_stockout_days, total.days);
  kpis.average_on_hand = static_cast<double>(total.on_hand_time) / times;
  kpis.average_backlog = static_cast<double>(total.backlog_time) / times;
  kpis.demand_per_period = static_cast<double>(total.demanded) / periods;
  kpis.lost_sales_per_period = static_cast<double>(total.lost) / periods;
  kpis.expired_per_period = static_cast<double>(total.expired) / periods;
  kpis.discounted_cost = model.discount_factor < 1 ? total.discounted_cost : kNone;
  kpis.discounted_profit = is_set(revenue) ? total.discounted_revenue - kpis.discounted_cost : kNone;
  kpis.transferred_per_period = static_cast<double>(total.transferred) / periods;
  kpis.adjusted_per_period = static_cast<double>(total.adjusted) / periods;
  kpis.orders_per_period = static_cast<double>(total.orders) / periods;
  fill_floor(kpis, total, floor, periods, times);
  kpis.revenue_per_period = revenue / periods;
  kpis.profit_per_period = kpis.revenue_per_period - kpis.cost_per_period;
  kpis.substituted_per_period = static_cast<double>(total.substituted) / periods;
  kpis.returned_per_period = static_cast<double>(total.returned) / periods;
  kpis.order_fill_rate = share(total.whole_orders, total.customer_orders);
  return kpis;
}

}  // namespace

std::span<const KpiColumn> kpi_columns() {
  static constexpr std::array<KpiColumn, 36> columns{{
      {"cost_per_period", "money/day", "all costs together", &Kpis::cost_per_period, true, true},
      {"purchase_cost_per_period", "money/day", "units ordered", &Kpis::purchase_cost_per_period, true, true},
      {"fixed_cost_per_period", "money/day", "orders placed", &Kpis::fixed_cost_per_period, true, true},
      {"holding_cost_per_period", "money/day", "stock on hand", &Kpis::holding_cost_per_period, true, true},
      {"shortage_cost_per_period", "money/day", "demand that stock could not serve at once",
       &Kpis::shortage_cost_per_period, true, true},
      {"disposal_cost_per_period", "money/day", "units that expired", &Kpis::disposal_cost_per_period, true,
       true},
      {"fill_rate", "share", "units served from stock at the instant of demand", &Kpis::fill_rate, false,
       true},
      {"cycle_service_level", "share", "replenishment cycles without a stockout", &Kpis::cycle_service_level,
       false, true},
      {"no_stockout_days", "share", "days that close without backlog or loss", &Kpis::no_stockout_days, false,
       true},
      {"average_on_hand", "units", "stock on hand at the close of a day, or over time",
       &Kpis::average_on_hand, true, true},
      {"average_backlog", "units", "demand that waits", &Kpis::average_backlog, true, true},
      {"demand_per_period", "units/day", "what customers asked for", &Kpis::demand_per_period, false, true},
      {"lost_sales_per_period", "units/day", "what customers did not get", &Kpis::lost_sales_per_period, true,
       true},
      {"expired_per_period", "units/day", "what was thrown away", &Kpis::expired_per_period, true, true},
      {"orders_per_period", "orders/day", "purchase orders placed", &Kpis::orders_per_period, true, true},
      {"discounted_cost", "money", "all costs after the warm-up, discounted day by day",
       &Kpis::discounted_cost, true},
      {"freight_cost_per_period", "money/day", "freight, expediting, transfers and trucks",
       &Kpis::freight_cost_per_period, true},
      {"transferred_per_period", "units/day", "sent to other stocking points", &Kpis::transferred_per_period,
       false},
      {"adjusted_per_period", "units/day", "by which orders were changed to fit trucks, minimum or maximum",
       &Kpis::adjusted_per_period, true},
      {"overflow_cost_per_period", "money/day", "stock above the warehouse's capacity",
       &Kpis::overflow_cost_per_period, true},
      {"late_cost_per_period", "money/day", "units picked after their cut-off", &Kpis::late_cost_per_period,
       true},
      {"shrinkage_cost_per_period", "money/day", "units that a count found missing",
       &Kpis::shrinkage_cost_per_period, true},
      {"capacity_used", "share", "volume in use, of the warehouse's capacity", &Kpis::capacity_used, false},
      {"refused_per_period", "units/day", "what arrived and was sent back for want of room",
       &Kpis::refused_per_period, true},
      {"hours_to_shelf", "hours", "of a purchase order from its arrival to the shelf", &Kpis::hours_to_shelf,
       true},
      {"dock_utilisation", "share", "of the docks' opening time spent on unloading", &Kpis::dock_utilisation,
       false},
      {"hours_to_pick", "hours", "of a customer's line from the allocation of stock to its pick",
       &Kpis::hours_to_pick, true},
      {"picker_utilisation", "share", "of the pickers' opening time spent on picking",
       &Kpis::picker_utilisation, false},
      {"on_time_share", "share", "lines picked by the cut-off of their due day", &Kpis::on_time_share, false},
      {"written_off_per_period", "units/day", "what a count found missing", &Kpis::written_off_per_period,
       true},
      {"revenue_per_period", "money/day", "what customers paid for what they kept", &Kpis::revenue_per_period,
       false},
      {"profit_per_period", "money/day", "revenue less all costs", &Kpis::profit_per_period, false},
      {"discounted_profit", "money", "revenue less all costs after the warm-up, discounted day by day",
       &Kpis::discounted_profit, false},
      {"substituted_per_period", "units/day", "demand served with units of another SKU",
       &Kpis::substituted_per_period, true},
      {"returned_per_period", "units/day", "what customers brought back", &Kpis::returned_per_period, true},
      {"order_fill_rate", "share", "customers' orders of which every line was served from stock at once",
       &Kpis::order_fill_rate, false},
  }};
  return columns;
}

double revenue_of(const SkuLedger& ledger, const MarketModel& market) noexcept {
  return static_cast<double>(ledger.shipped - ledger.returned) * market.price - money_of(ledger.markdowns);
}

bool is_worth_showing(const KpiColumn& column, double mean) {
  return column.is_of_every_scenario || (mean != 0 && !std::isnan(mean));
}

Kpis kpis_of(const WarehouseModel& model, std::span<const SkuLedger> ledgers) {
  SkuLedger total;
  Costs costs;
  FloorTotals floor;
  double revenue = kNone;
  for (std::size_t i = 0; i < ledgers.size(); ++i) {
    total += ledgers[i];
    costs += costs_of(ledgers[i], model.skus[i].rates);
    add_volume(floor, model.skus[i], ledgers[i]);
    if (is_set(model.skus[i].market.price))
      revenue = (is_set(revenue) ? revenue : 0) + revenue_of(ledgers[i], model.skus[i].market);
  }
  const std::int64_t days = ledgers.empty() ? 0 : ledgers[0].days;
  for (const FacilityModel& facility : model.facilities) add_facility(floor, model, facility, days);
  return from_totals(model, total, costs, revenue, floor, days);
}

Kpis kpis_of_sku(const WarehouseModel& model, std::size_t sku, const SkuLedger& ledger) {
  FloorTotals floor;
  add_volume(floor, model.skus[sku], ledger);
  const std::int32_t facility = model.skus[sku].facility;
  if (facility >= 0)
    add_facility(floor, model, model.facilities[static_cast<std::size_t>(facility)], ledger.days);
  return from_totals(model, ledger, costs_of(ledger, model.skus[sku].rates),
                     revenue_of(ledger, model.skus[sku].market), floor, ledger.days);
}

}  // namespace restock
