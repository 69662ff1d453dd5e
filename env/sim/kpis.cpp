#include "env/sim/kpis.h"

#include <array>
#include <limits>

namespace restock {

namespace {

double share(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(part) / static_cast<double>(whole);
}

Kpis from_totals(const WarehouseModel& model, const SkuLedger& total, Costs costs, double revenue,
                 std::int64_t days) {
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
  kpis.fill_rate = share(total.served_at_once, total.demanded);
  kpis.cycle_service_level = share(total.cycles_without_stockout, total.cycles);
  kpis.no_stockout_days = share(total.no_stockout_days, total.days);
  kpis.average_on_hand = static_cast<double>(total.on_hand_time) / times;
  kpis.average_backlog = static_cast<double>(total.backlog_time) / times;
  kpis.demand_per_period = static_cast<double>(total.demanded) / periods;
  kpis.lost_sales_per_period = static_cast<double>(total.lost) / periods;
  kpis.expired_per_period = static_cast<double>(total.expired) / periods;
  kpis.discounted_cost =
      model.discount_factor < 1 ? total.discounted_cost : std::numeric_limits<double>::quiet_NaN();
  kpis.transferred_per_period = static_cast<double>(total.transferred) / periods;
  kpis.adjusted_per_period = static_cast<double>(total.adjusted) / periods;
  kpis.orders_per_period = static_cast<double>(total.orders) / periods;
  kpis.revenue_per_period = revenue / periods;
  kpis.profit_per_period = kpis.revenue_per_period - kpis.cost_per_period;
  kpis.substituted_per_period = static_cast<double>(total.substituted) / periods;
  kpis.returned_per_period = static_cast<double>(total.returned) / periods;
  return kpis;
}

}  // namespace

std::span<const KpiColumn> kpi_columns() {
  static constexpr std::array<KpiColumn, 23> columns{{
      {"cost_per_period", "money/day", "all costs together", &Kpis::cost_per_period, true},
      {"purchase_cost_per_period", "money/day", "units ordered", &Kpis::purchase_cost_per_period, true},
      {"fixed_cost_per_period", "money/day", "orders placed", &Kpis::fixed_cost_per_period, true},
      {"holding_cost_per_period", "money/day", "stock on hand", &Kpis::holding_cost_per_period, true},
      {"shortage_cost_per_period", "money/day", "demand that stock could not serve at once",
       &Kpis::shortage_cost_per_period, true},
      {"disposal_cost_per_period", "money/day", "units that expired", &Kpis::disposal_cost_per_period, true},
      {"fill_rate", "share", "units served from stock at the instant of demand", &Kpis::fill_rate, false},
      {"cycle_service_level", "share", "replenishment cycles without a stockout", &Kpis::cycle_service_level,
       false},
      {"no_stockout_days", "share", "days that close without backlog or loss", &Kpis::no_stockout_days,
       false},
      {"average_on_hand", "units", "stock on hand at the close of a day, or over time",
       &Kpis::average_on_hand, true},
      {"average_backlog", "units", "demand that waits", &Kpis::average_backlog, true},
      {"demand_per_period", "units/day", "what customers asked for", &Kpis::demand_per_period, false},
      {"lost_sales_per_period", "units/day", "what customers did not get", &Kpis::lost_sales_per_period,
       true},
      {"expired_per_period", "units/day", "what was thrown away", &Kpis::expired_per_period, true},
      {"orders_per_period", "orders/day", "purchase orders placed", &Kpis::orders_per_period, true},
      {"discounted_cost", "money", "all costs after the warm-up, discounted day by day",
       &Kpis::discounted_cost, true},
      {"freight_cost_per_period", "money/day", "freight, expediting, transfers and trucks",
       &Kpis::freight_cost_per_period, true},
      {"transferred_per_period", "units/day", "sent to other stocking points", &Kpis::transferred_per_period,
       false},
      {"adjusted_per_period", "units/day", "by which orders were changed to fit trucks, minimum or maximum",
       &Kpis::adjusted_per_period, true},
      {"revenue_per_period", "money/day", "what customers paid for what they kept", &Kpis::revenue_per_period,
       false},
      {"profit_per_period", "money/day", "revenue less all costs", &Kpis::profit_per_period, false},
      {"substituted_per_period", "units/day", "demand served with units of another SKU",
       &Kpis::substituted_per_period, true},
      {"returned_per_period", "units/day", "what customers brought back", &Kpis::returned_per_period, true},
  }};
  return columns;
}

double revenue_of(const SkuLedger& ledger, const MarketModel& market) noexcept {
  return static_cast<double>(ledger.shipped - ledger.returned) * market.price - money_of(ledger.markdowns);
}

Kpis kpis_of(const WarehouseModel& model, std::span<const SkuLedger> ledgers) {
  SkuLedger total;
  Costs costs;
  double revenue = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t i = 0; i < ledgers.size(); ++i) {
    total += ledgers[i];
    costs += costs_of(ledgers[i], model.skus[i].rates);
    if (is_set(model.skus[i].market.price))
      revenue = (is_set(revenue) ? revenue : 0) + revenue_of(ledgers[i], model.skus[i].market);
  }
  return from_totals(model, total, costs, revenue, ledgers.empty() ? 0 : ledgers[0].days);
}

Kpis kpis_of_sku(const WarehouseModel& model, std::size_t sku, const SkuLedger& ledger) {
  return from_totals(model, ledger, costs_of(ledger, model.skus[sku].rates),
                     revenue_of(ledger, model.skus[sku].market), ledger.days);
}

}  // namespace restock
