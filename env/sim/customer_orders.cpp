// Orders of several lines (demand.lines_per_order): what is asked of the SKUs of a location in a day falls
// into orders whose lines come in one instant.
//
// Each SKU's own law still gives its lines, so that no SKU's demand changes with the number of lines. The
// lines of a day and location are put in a random order, of which each customer takes as many as the law
// says; the day's last order takes what is left. The first line gives the time, so that times stay uniform.
#include <algorithm>
#include <tuple>

#include "env/sim/simulator.h"

namespace restock {

/// Lines drawn_customers_ up by location and order.
void Simulator::form_orders(std::int64_t day) {
  if (!has_order_lines_) return;
  loose_lines_.clear();
  std::uint64_t k = 0;
  for (std::size_t i = 0; i < drawn_customers_.size(); ++i) {
    const std::int32_t sku = drawn_customers_[i].sku;
    k = i > 0 && drawn_customers_[i - 1].sku == sku ? k + 1 : 0;
    const Stream place(clock_->run, Purpose::order_line, static_cast<std::uint64_t>(sku));
    loose_lines_.push_back({location_of(sku), place.bits(day, k), i});
  }
  std::sort(loose_lines_.begin(), loose_lines_.end(), [](const LooseLine& a, const LooseLine& b) {
    return std::tie(a.location, a.place, a.drawn) < std::tie(b.location, b.place, b.drawn);
  });
  customers_.clear();
  for (std::size_t first = 0; first < loose_lines_.size(); first = customers_.size())
    form_orders_of_location(day, first);
  customers_.swap(drawn_customers_);
}

/// From the first of its loose lines on.
void Simulator::form_orders_of_location(std::int64_t day, std::size_t first) {
  const std::int32_t location = loose_lines_[first].location;
  const Stream lines(clock_->run, Purpose::lines_per_order, static_cast<std::uint64_t>(location));
  std::uint32_t time = 0;
  std::int64_t left = 0;
  std::uint64_t order = 0;
  for (std::size_t i = first; i < loose_lines_.size() && loose_lines_[i].location == location; ++i, --left) {
    Customer line = drawn_customers_[loose_lines_[i].drawn];
    if (left == 0) {
      left = model_->lines_per_order.front().sample(lines.bits(day, order++));
      time = line.time_of_day;
    }
    line.time_of_day = time;
    customers_.push_back(line);
  }
}

/// Lines of one location and instant are one order, which is counted with the SKU of its last line.
void Simulator::count_line(std::size_t line, bool is_whole) noexcept {
  clock_->is_short |= static_cast<std::int64_t>(!is_whole);
  const Customer& last = customers_[line];
  if (line + 1 < customers_.size()) {
    const Customer& next = customers_[line + 1];
    if (next.time_of_day == last.time_of_day && location_of(next.sku) == location_of(last.sku)) return;
  }
  ++ledgers_[last.sku].customer_orders;
  ledgers_[last.sku].whole_orders += 1 - clock_->is_short;
  clock_->is_short = 0;
}

}  // namespace restock
