// Single customers (arrivals: orders): drawn a day at a time, put in the order of their times, and read with
// a cursor.
//
// A comparison sort would take most of the time of a large warehouse. Times are uniform over the day, so
// customers are distributed over as many equal parts of the day as there are customers, which leaves one or
// two in a part. They are drawn SKU by SKU in the order of k and stay in this order within an instant.
#include <algorithm>
#include <bit>

#include "env/sim/simulator.h"

namespace restock {

namespace {

/// Bits of a time within the day.
constexpr int kTimeBits = std::bit_width(static_cast<std::uint64_t>(kMillisecondsPerDay - 1));

}  // namespace

/// Serves customers until something else is due or the policy may have to be asked.
void Simulator::serve_customer() {
  do {
    const auto line = static_cast<std::size_t>(clock_->next_customer++);
    const Customer customer = customers_[line];
    clock_->now = clock_->day * kMillisecondsPerDay + customer.time_of_day;
    const bool is_whole = serve(customer.sku, customer.quantity);
    if (has_order_lines_) [[unlikely]]
      count_line(line, is_whole);
  } while (clock_->triggered == 0 && next_customer_key() < queue_.next());
}

Quantity Simulator::order_size(std::int32_t sku, std::int64_t day, std::int64_t k) const noexcept {
  const SkuModel& model = model_->skus[static_cast<std::size_t>(sku)];
  if (model.order_size.empty()) return 1;
  return model.order_size.front().sample(streams_[sku].order_size.bits(day, static_cast<std::uint64_t>(k)));
}

/// Laws draw the number of customers; paths give the units, which customers share until none is left.
void Simulator::add_customers_of(std::int32_t sku, std::int64_t day) {
  const Quantity total = demand_of_day(sku, day);
  const bool has_sizes = !model_->skus[static_cast<std::size_t>(sku)].order_size.empty();
  const std::uint64_t times = absorb(streams_[sku].customer_time.key(), static_cast<std::uint64_t>(day));
  Quantity taken = 0;
  for (std::uint64_t k = 0; taken < total; ++k) {
    const std::uint64_t bits = absorb(times, k);  // customer_time.bits(day, k)
    const auto time = static_cast<std::uint32_t>((static_cast<Wide>(bits) * kMillisecondsPerDay) >> 64);
    Quantity size = has_sizes ? order_size(sku, day, static_cast<std::int64_t>(k)) : 1;
    if (paths_) size = std::min(size, total - taken);
    drawn_customers_.push_back({time, sku, size});
    taken += paths_ ? size : 1;
  }
}

/// Moves the customers drawn to customers_, sorted by time, those of one instant in the order of drawing.
void Simulator::sort_customers() {
  const std::size_t n = drawn_customers_.size();
  const int part_bits = std::min(static_cast<int>(std::bit_width(n)), kTimeBits);
  const int shift = kTimeBits - part_bits;
  parts_.assign((std::size_t{1} << part_bits) + 1, 0);
  for (const Customer& customer : drawn_customers_) ++parts_[(customer.time_of_day >> shift) + 1];
  for (std::size_t part = 1; part < parts_.size(); ++part) parts_[part] += parts_[part - 1];
  customers_.resize(n);
  for (const Customer& customer : drawn_customers_)
    customers_[parts_[customer.time_of_day >> shift]++] = customer;
  for (std::size_t i = 1; i < n; ++i) {
    const Customer customer = customers_[i];
    std::size_t at = i;
    for (; at > 0 && customers_[at - 1].time_of_day > customer.time_of_day; --at)
      customers_[at] = customers_[at - 1];
    customers_[at] = customer;
  }
}

void Simulator::draw_customers(std::int64_t day) {
  drawn_customers_.clear();
  for (std::int32_t sku = 0; sku < sku_count_; ++sku) add_customers_of(sku, day);
  form_orders(day);
  sort_customers();
  clock_->next_customer = 0;
}

}  // namespace restock
