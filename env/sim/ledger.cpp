#include "env/sim/ledger.h"

#include <array>

namespace restock {

namespace {

constexpr std::array kCounts{
    &SkuLedger::demanded,
    &SkuLedger::served_at_once,
    &SkuLedger::shipped,
    &SkuLedger::lost,
    &SkuLedger::ordered,
    &SkuLedger::received,
    &SkuLedger::short_delivered,
    &SkuLedger::expired,
    &SkuLedger::orders,
    &SkuLedger::on_hand_time,
    &SkuLedger::backlog_time,
    &SkuLedger::days,
    &SkuLedger::no_stockout_days,
    &SkuLedger::cycles,
    &SkuLedger::cycles_without_stockout,
    &SkuLedger::purchase_extra,
    &SkuLedger::order_extra,
    &SkuLedger::freight,
    &SkuLedger::transit_time,
    &SkuLedger::requested,
    &SkuLedger::transferred,
    &SkuLedger::adjusted,
    &SkuLedger::refused,
    &SkuLedger::receipts,
    &SkuLedger::receiving_time,
    &SkuLedger::unloading_time,
    &SkuLedger::lines_picked,
    &SkuLedger::lines_late,
    &SkuLedger::units_late,
    &SkuLedger::line_time,
    &SkuLedger::picking_time,
    &SkuLedger::allocated_time,
    &SkuLedger::vanished,
    &SkuLedger::written_off,
    &SkuLedger::overflow_time,
    &SkuLedger::substituted,
    &SkuLedger::substitutes_sold,
    &SkuLedger::returned,
    &SkuLedger::markdowns,
    &SkuLedger::customer_orders,
    &SkuLedger::whole_orders,
};
static_assert(sizeof(SkuLedger) == sizeof(std::int64_t) * kCounts.size() + sizeof(double),
              "a count of the ledger is missing above");

constexpr std::array kCosts{&Costs::purchase, &Costs::fixed,    &Costs::holding,
                            &Costs::shortage, &Costs::disposal, &Costs::freight,
                            &Costs::overflow, &Costs::late,     &Costs::shrinkage};
static_assert(sizeof(Costs) == sizeof(double) * kCosts.size(), "a cost is missing above");

}  // namespace

SkuLedger& SkuLedger::operator+=(const SkuLedger& other) noexcept {
  for (const auto count : kCounts) this->*count += other.*count;
  discounted_cost += other.discounted_cost;
  return *this;
}

SkuLedger operator-(SkuLedger a, const SkuLedger& b) noexcept {
  for (const auto count : kCounts) a.*count -= b.*count;
  a.discounted_cost -= b.discounted_cost;
  return a;
}

Costs& Costs::operator+=(const Costs& other) noexcept {
  for (const auto cost : kCosts) this->*cost += other.*cost;
  return *this;
}

Costs& Costs::operator/=(double divisor) noexcept {
  for (const auto cost : kCosts) this->*cost /= divisor;
  return *this;
}

Costs costs_of(const SkuLedger& ledger, const CostRates& rates) noexcept {
  const auto times = [](std::int64_t count, double rate) { return static_cast<double>(count) * rate; };
  Costs costs;
  costs.purchase = times(ledger.ordered, rates.purchase_per_unit) + money_of(ledger.purchase_extra);
  costs.fixed = times(ledger.orders, rates.fixed_per_order) + money_of(ledger.order_extra);
  costs.holding =
      times(ledger.on_hand_time + ledger.transit_time + ledger.allocated_time, rates.holding_per_unit_time);
  costs.shortage =
      times(ledger.demanded - ledger.served_at_once - ledger.substituted, rates.shortage_per_unit) +
      times(ledger.backlog_time, rates.shortage_per_unit_time) +
      times(ledger.lost, rates.lost_sale_per_unit) + times(ledger.substituted, rates.substitution_per_unit);
  costs.disposal = times(ledger.expired, rates.disposal_per_unit);
  costs.freight = money_of(ledger.freight);
  costs.overflow = times(ledger.overflow_time, rates.overflow_per_volume_day);
  costs.late = times(ledger.units_late, rates.late_per_unit);
  costs.shrinkage = times(ledger.written_off, rates.write_off_per_unit);
  return costs;
}

}  // namespace restock
