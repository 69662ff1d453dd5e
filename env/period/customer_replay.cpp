#include "env/period/customer_replay.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "env/core/laws/law.h"
#include "env/core/time.h"
#include "env/period/customer_times.h"
#include "env/period/run_parts.h"

namespace restock::period {

namespace {

class Replay {
 public:
  Replay(const Sku& sku, const RunKey& run, const Path& path)
      : sku_(sku),
        path_(path),
        limits_(limits_of<Quantity>(sku)),
        demand_(run, Purpose::demand, sku.entity),
        lead_time_(run, Purpose::lead_time, sku.entity),
        customer_time_(run, Purpose::customer_time, sku.entity),
        order_size_(run, Purpose::order_size, sku.entity),
        on_hand_(sku.initial_on_hand) {}

  Outcome run() {
    Outcome outcome;
    std::int64_t next_review = sku_.reviews.first;
    for (std::int64_t day = 0; day < sku_.days; ++day) {
      start_ = day * kMillisecondsPerDay;
      receive_until(start_);
      if (day == next_review) {
        next_review = sku_.reviews.after(day);
        review(day);
      }
      serve_day(day);
      if (day + 1 == sku_.warm_up_days) outcome.at_warm_up_end = ledger();
    }
    outcome.at_end = ledger();
    outcome.hash = hash_;
    return outcome;
  }

 private:
  struct Receipt {
    std::int64_t due;
    Quantity units;
  };
  struct Customer {
    std::int64_t time;  ///< of the day
    std::int64_t k;
    Quantity units;
  };

  std::int64_t end() const { return start_ + kMillisecondsPerDay; }

  void receive_until(std::int64_t time) {
    while (first_open_ < open_.size() && open_[first_open_].due <= time) {
      integrate(open_[first_open_].due);
      receive(open_[first_open_++].units);
    }
    if (first_open_ < open_.size()) return;
    open_.clear();
    first_open_ = 0;
  }

  void receive(Quantity units) {
    const Quantity to_backlog = std::min(backlog_, units);
    on_order_ -= units;
    backlog_ -= to_backlog;
    on_hand_ += units - to_backlog;
    ++counts_.cycles;
    counts_.cycles_without_stockout += stockout_in_cycle_ ? 0 : 1;
    stockout_in_cycle_ = false;
  }

  void review(std::int64_t day) {
    const Quantity position = on_hand_ + on_order_ - backlog_;
    const Quantity units = limits_(std::visit([&](const auto& rule) { return rule(position); }, sku_.rule));
    if (units == 0) return;
    on_order_ += units;
    counts_.ordered += units;
    ++counts_.orders;
    const double days = sku_.lead_time_law->quantile(unit_interval(lead_time_.bits(day)));
    const std::int64_t lead = std::llround(days * static_cast<double>(kMillisecondsPerDay));
    if (lead == 0) return receive(units);
    const Receipt receipt{start_ + lead, units};
    const auto later =
        std::upper_bound(open_.begin() + static_cast<std::ptrdiff_t>(first_open_), open_.end(), receipt.due,
                         [](std::int64_t due, const Receipt& open) { return due < open.due; });
    open_.insert(later, receipt);
  }

  /// Customers of one unit each by a law need no list unless they are resolved one by one.
  void serve_day(std::int64_t day) {
    const std::uint64_t times = absorb(customer_time_.key(), static_cast<std::uint64_t>(day));
    const bool single_units = !path_.units && sku_.order_size.empty();
    const std::int64_t count = path_.units ? path_.units[day * path_.stride] : draw_count(day);
    Quantity demanded = count;
    if (!single_units) demanded = list_customers(day, times, count);
    const Quantity lost_before = counts_.lost;
    counts_.demanded += demanded;
    const bool receives = first_open_ < open_.size() && open_[first_open_].due < end();
    if (backlog_ == 0 && demanded <= on_hand_) {
      serve_all(single_units ? sum_of_times(times, count) : listed_sum(), demanded);
    } else if (single_units && !receives) {
      serve_earliest(times, count);
    } else {
      if (single_units) list_single_units(times, count);
      serve_one_by_one();
    }
    receive_until(end() - 1);
    integrate(end());
    ++counts_.days;
    counts_.no_stockout_days += backlog_ == 0 && counts_.lost == lost_before ? 1 : 0;
    hash_ = absorb_close(hash_, on_hand_, backlog_, on_order_, demanded);
  }

  /// How many customers come, and a look ahead at the next day's.
  std::int64_t draw_count(std::int64_t day) {
    const std::uint64_t bits = day == 0 ? demand_.bits(0) : next_demand_;
    next_demand_ = demand_.bits(day + 1);
    if (day + 1 < sku_.days) prefetch(demand_on(day + 1), next_demand_);
    return sample(demand_on(day), bits);
  }

  TableView demand_on(std::int64_t day) const {
    const std::size_t place =
        sku_.demand_of_day.empty() ? 0 : sku_.demand_of_day[static_cast<std::size_t>(day)];
    return sku_.demand[place].view();
  }

  /// Every customer at `time` finds stock, which it would else leave on the shelf until the day ends.
  void serve_all(std::int64_t weighted_times, Quantity units) {
    on_hand_ -= units;
    counts_.served_at_once += units;
    counts_.on_hand_time += weighted_times;  // until they came; the rest of the day's integral follows
  }

  /// Nothing is received: of customers of one unit each the earliest find stock, in whatever order they
  /// stand.
  void serve_earliest(std::uint64_t times, std::int64_t count) {
    const std::int64_t served = std::min(on_hand_, count);
    const std::int64_t unmet = count - served;
    times_.resize(static_cast<std::size_t>(count));
    const std::int64_t sum = draw_times(times, times_);
    const std::int64_t of_served = sum_of_earliest(served);
    serve_all(of_served, served);
    if (unmet == 0) return;
    stockout_in_cycle_ = true;
    (sku_.loses_sales ? counts_.lost : backlog_) += unmet;
    if (!sku_.loses_sales) counts_.backlog_time -= sum - of_served;
  }

  /// The sum of the `count` earliest of times_. Times are uniform over the day: all of the earlier parts of
  /// the day, and a few out of one part.
  std::int64_t sum_of_earliest(std::int64_t count) {
    constexpr int part_bits = 21;  // of a time: 42 parts, of 35 minutes each
    std::array<std::int64_t, (kMillisecondsPerDay >> part_bits) + 1> customers{};
    for (const std::uint32_t time : times_) ++customers[time >> part_bits];
    std::uint32_t part = 0;
    for (; part + 1 < customers.size() && count > customers[part]; ++part) count -= customers[part];
    std::uint64_t sum = 0;
    for (const std::uint32_t time : times_) sum += time >> part_bits < part ? time : 0;
    const auto outside = [part](std::uint32_t time) { return time >> part_bits != part; };
    times_.erase(std::remove_if(times_.begin(), times_.end(), outside), times_.end());
    const auto end = times_.begin() + count;
    if (end != times_.end()) std::nth_element(times_.begin(), end, times_.end());
    return std::accumulate(times_.begin(), end, static_cast<std::int64_t>(sum));
  }

  void serve_one_by_one() {
    std::sort(customers_.begin(), customers_.end(), [](const Customer& a, const Customer& b) {
      return a.time != b.time ? a.time < b.time : a.k < b.k;
    });
    for (const Customer& customer : customers_) {
      receive_until(start_ + customer.time);
      integrate(start_ + customer.time);
      const Quantity served = std::min(on_hand_, customer.units);
      const Quantity unmet = customer.units - served;
      on_hand_ -= served;
      counts_.served_at_once += served;
      if (unmet == 0) continue;
      stockout_in_cycle_ = true;
      (sku_.loses_sales ? counts_.lost : backlog_) += unmet;
    }
  }

  void list_single_units(std::uint64_t times, std::int64_t count) {
    customers_.clear();
    for (std::int64_t k = 0; k < count; ++k) customers_.push_back({time_of_day(times, k), k, 1});
  }

  /// Laws draw the number of customers; paths give the units, which customers share until none is left.
  Quantity list_customers(std::int64_t day, std::uint64_t times, std::int64_t count) {
    customers_.clear();
    Quantity units = 0;
    for (std::int64_t k = 0; (path_.units ? units : k) < count; ++k) {
      const auto bits = order_size_.bits(day, static_cast<std::uint64_t>(k));
      Quantity size = sku_.order_size.empty() ? 1 : sample(sku_.order_size.front().view(), bits);
      if (path_.units) size = std::min(size, count - units);
      customers_.push_back({time_of_day(times, k), k, size});
      units += size;
    }
    return units;
  }

  std::int64_t listed_sum() const {
    std::int64_t sum = 0;
    for (const Customer& customer : customers_) sum += customer.units * customer.time;
    return sum;
  }

  void integrate(std::int64_t until) {
    counts_.on_hand_time += on_hand_ * (until - counted_until_);
    counts_.backlog_time += backlog_ * (until - counted_until_);
    counted_until_ = until;
  }

  Ledger ledger() const {
    Ledger ledger = counts_;
    ledger.shipped = ledger.demanded - ledger.lost - backlog_;
    ledger.received = ledger.ordered - on_order_;
    ledger.on_hand = on_hand_;
    return ledger;
  }

  const Sku& sku_;
  const Path path_;
  const Limits<Quantity> limits_;
  const Stream demand_, lead_time_, customer_time_, order_size_;
  std::uint64_t next_demand_ = 0;  ///< bits of tomorrow's draw
  std::int64_t start_ = 0;         ///< of the day, in milliseconds
  Quantity on_hand_;
  Quantity backlog_ = 0;
  Quantity on_order_ = 0;
  bool stockout_in_cycle_ = false;
  std::int64_t counted_until_ = 0;
  std::uint64_t hash_ = kLedgerHashStart;
  Ledger counts_;
  std::vector<Receipt> open_;  ///< by due time, from first_open_ on
  std::size_t first_open_ = 0;
  std::vector<Customer> customers_;   ///< of the day
  std::vector<std::uint32_t> times_;  ///< the same, where only their times matter
};

}  // namespace

Outcome replay_customers(const Sku& sku, const RunKey& run, const Path& path) {
  const Outcome outcome = Replay(sku, run, path).run();
  check_conservation(sku, outcome);
  return outcome;
}

}  // namespace restock::period
