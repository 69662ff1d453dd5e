#include "env/sim/source_model.h"

#include <algorithm>

namespace restock {

std::int64_t ReviewCalendar::on_or_after(std::int64_t day) const noexcept {
  if (weekdays == 0) {
    const std::int64_t periods = (std::max(day, first_day) - first_day + period_days - 1) / period_days;
    return first_day + periods * period_days;
  }
  while ((weekdays >> ((weekday_of_day_0 + day) % 7) & 1) == 0) ++day;
  return day;
}

std::int64_t ReviewCalendar::longest_gap_days() const noexcept {
  if (weekdays == 0) return period_days;
  std::int64_t longest = 0;
  for (std::int64_t day = on_or_after(0), last = day + 7; day < last;) {
    const std::int64_t next = on_or_after(day + 1);
    longest = std::max(longest, next - day);
    day = next;
  }
  return longest;
}

double SourceModel::price_of(Quantity quantity) const noexcept {
  double price = purchase_per_unit;
  double paid = 0;
  Quantity from = 0;
  for (const PriceBreak& lower : price_breaks) {
    if (quantity < lower.from_quantity) break;
    // incremental: the units before from_quantity keep the price so far
    if (!discounts_all_units) paid += static_cast<double>(lower.from_quantity - 1 - from) * price;
    if (!discounts_all_units) from = lower.from_quantity - 1;
    price = lower.purchase_per_unit;
  }
  return paid + static_cast<double>(quantity - from) * price;
}

Quantity legal_order_quantity(const SourceModel& source, Quantity wanted) noexcept {
  if (wanted <= 0) return 0;
  const Quantity at_least = std::max(std::min(wanted, kMaximumQuantity), source.minimum_order_quantity);
  const Quantity most = source.maximum_order_quantity == 0 ? kMaximumQuantity + source.pack_size
                                                           : source.maximum_order_quantity;
  if (source.pack_size == 1) return std::min(at_least, most);  // divisions cost as much as the rest
  const Quantity packs = (at_least + source.pack_size - 1) / source.pack_size;
  return std::min(packs, most / source.pack_size) * source.pack_size;
}

}  // namespace restock
