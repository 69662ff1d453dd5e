// Single customers (arrivals: orders): drawn a day at a time, sorted, and read with a cursor.
#include <algorithm>

#include "env/sim/simulator.h"

namespace restock {

void Simulator::serve_customer() {
  const Customer& customer = customers_[static_cast<std::size_t>(clock_->next_customer++)];
  serve(customer.sku, customer.quantity);
}

Quantity Simulator::order_size(std::int32_t sku, std::int64_t day, std::int64_t k) const noexcept {
  const SkuModel& model = model_->skus[static_cast<std::size_t>(sku)];
  if (model.order_size.empty()) return 1;
  return model.order_size.front().sample(streams_[sku].order_size.bits(day, static_cast<std::uint64_t>(k)));
}

/// Laws draw the number of customers; paths give the units, which customers share until none is left.
void Simulator::add_customers_of(std::int32_t sku, std::int64_t day) {
  const Quantity total = demand_of_day(sku, day);
  Quantity taken = 0;
  for (std::int32_t k = 0; taken < total; ++k) {
    const Quantity size = order_size(sku, day, k);
    const auto offset = static_cast<std::int64_t>(streams_[sku].customer_time.below(
        static_cast<std::uint64_t>(kMillisecondsPerDay), day, static_cast<std::uint64_t>(k)));
    customers_.push_back(
        {day * kMillisecondsPerDay + offset, sku, k, paths_ ? std::min(size, total - taken) : size});
    taken += paths_ ? size : 1;
  }
}

void Simulator::draw_customers(std::int64_t day) {
  customers_.clear();
  for (std::int32_t sku = 0; sku < sku_count_; ++sku) add_customers_of(sku, day);
  std::sort(customers_.begin(), customers_.end());
  clock_->next_customer = 0;
}

}  // namespace restock
