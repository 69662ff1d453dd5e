#include "env/sim/ledger.h"

#include <array>
#include <bit>
#include <cstddef>
#include <functional>

namespace restock {

namespace {

/// All fields of a ledger, which are counts but for money that is discounted.
using Words = std::array<std::int64_t, sizeof(SkuLedger) / sizeof(std::int64_t)>;
constexpr std::array kDiscounted{&SkuLedger::discounted_cost, &SkuLedger::discounted_revenue};
constexpr std::array kPlaces{offsetof(SkuLedger, discounted_cost) / sizeof(std::int64_t),
                             offsetof(SkuLedger, discounted_revenue) / sizeof(std::int64_t)};

template <class Combine>
SkuLedger combined(const SkuLedger& a, const SkuLedger& b, const Combine& combine) noexcept {
  auto words = std::bit_cast<Words>(a);
  auto others = std::bit_cast<Words>(b);
  for (const std::size_t place : kPlaces) words[place] = others[place] = 0;
  for (std::size_t i = 0; i < words.size(); ++i) words[i] = combine(words[i], others[i]);
  auto result = std::bit_cast<SkuLedger>(words);
  for (const auto money : kDiscounted) result.*money = combine(a.*money, b.*money);
  return result;
}

constexpr std::array kCosts{&Costs::purchase, &Costs::fixed,    &Costs::holding,
                            &Costs::shortage, &Costs::disposal, &Costs::freight,
                            &Costs::overflow, &Costs::late,     &Costs::shrinkage};
static_assert(sizeof(Costs) == sizeof(double) * kCosts.size(), "a cost is missing above");

}  // namespace

SkuLedger& SkuLedger::operator+=(const SkuLedger& other) noexcept {
  return *this = combined(*this, other, std::plus<>());
}

SkuLedger operator-(const SkuLedger& a, const SkuLedger& b) noexcept {
  return combined(a, b, std::minus<>());
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
