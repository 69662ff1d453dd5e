#include "env/sim/ledger.h"

namespace restock {

SkuLedger& SkuLedger::operator+=(const SkuLedger& other) noexcept {
  demanded += other.demanded;
  served_at_once += other.served_at_once;
  shipped += other.shipped;
  lost += other.lost;
  ordered += other.ordered;
  received += other.received;
  orders += other.orders;
  on_hand_time += other.on_hand_time;
  backlog_time += other.backlog_time;
  days += other.days;
  no_stockout_days += other.no_stockout_days;
  cycles += other.cycles;
  cycles_without_stockout += other.cycles_without_stockout;
  return *this;
}

SkuLedger operator-(SkuLedger a, const SkuLedger& b) noexcept {
  a.demanded -= b.demanded;
  a.served_at_once -= b.served_at_once;
  a.shipped -= b.shipped;
  a.lost -= b.lost;
  a.ordered -= b.ordered;
  a.received -= b.received;
  a.orders -= b.orders;
  a.on_hand_time -= b.on_hand_time;
  a.backlog_time -= b.backlog_time;
  a.days -= b.days;
  a.no_stockout_days -= b.no_stockout_days;
  a.cycles -= b.cycles;
  a.cycles_without_stockout -= b.cycles_without_stockout;
  return a;
}

Costs& Costs::operator+=(const Costs& other) noexcept {
  purchase += other.purchase;
  fixed += other.fixed;
  holding += other.holding;
  shortage += other.shortage;
  return *this;
}

Costs& Costs::operator/=(double divisor) noexcept {
  purchase /= divisor;
  fixed /= divisor;
  holding /= divisor;
  shortage /= divisor;
  return *this;
}

Costs costs_of(const SkuLedger& ledger, const CostRates& rates) noexcept {
  const auto times = [](std::int64_t count, double rate) { return static_cast<double>(count) * rate; };
  Costs costs;
  costs.purchase = times(ledger.ordered, rates.purchase_per_unit);
  costs.fixed = times(ledger.orders, rates.fixed_per_order);
  costs.holding = times(ledger.on_hand_time, rates.holding_per_unit_time);
  costs.shortage = times(ledger.demanded - ledger.served_at_once, rates.shortage_per_unit) +
                   times(ledger.backlog_time, rates.shortage_per_unit_time);
  return costs;
}

}  // namespace restock
