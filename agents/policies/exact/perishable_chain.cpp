#include "agents/policies/exact/perishable_chain.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "env/core/check.h"
#include "env/core/error.h"

namespace restock::exact {

namespace {

constexpr std::size_t kBlock = 1024;  ///< states

/// The next multiple of four.
std::size_t padded(std::size_t count) {
  return (count + 3) / 4 * 4;
}

}  // namespace

struct PerishableChain::Scratch {
  Scratch(std::span<const std::size_t> weights, std::size_t digits, std::size_t base)
      : shelf(weights), state(digits), ahead(padded(base)) {}
  Shelf shelf;
  std::vector<Units> state;
  std::vector<double> ahead;  ///< by order: what is expected after it
};

PerishableChain::PerishableChain(const Perishable& process, std::uint64_t maximum_bytes)
    : process_(process),
      digits_(process.state_width()),
      base_(static_cast<std::size_t>(process.most()) + 1),
      radix_(digits_) {
  RESTOCK_CHECK(process.terms().lead_time() >= 1, "lead time {}", process.terms().lead_time());
  const double all = std::pow(static_cast<double>(base_), static_cast<double>(digits_));
  const double bytes = all * (2 * sizeof(double) + sizeof(std::uint32_t));
  if (bytes > static_cast<double>(maximum_bytes))
    throw InputError(fmt::format(
        "perishable stock with a shelf life of {} days and orders up to {}: {:.3g} states take {:.3g} MB, "
        "expected at most {} MB; a smaller maximum_order_quantity or more memory (--memory) is needed",
        process.life(), process.most(), all, bytes / 0x1p20, maximum_bytes >> 20));
  for (std::size_t digit = digits_; digit-- > 0; states_ *= base_) radix_[digit] = states_;
  // what expires today has no place in the next state; what is left of the others moves up
  shelf_weights_.push_back(0);
  shelf_weights_.insert(shelf_weights_.end(), radix_.begin(),
                        radix_.begin() + static_cast<std::ptrdiff_t>(process.life()) - 1);
  process.terms().append_orders(process.most(), orders_);
  for (const Units order : orders_) order_cost_.push_back(process.terms().cost_of(order));
  const CostRates& rates = process.sku().rates;
  for (std::size_t stock = 0; stock <= (base_ - 1) * process.life(); ++stock)
    lost_cost_.push_back((rates.shortage_per_unit + rates.lost_sale_per_unit) *
                         expected_short(static_cast<std::int64_t>(stock), process.demand().total()));
  std::vector<Units> state(digits_);
  process.start(state);
  start_ = index_of(state);
}

/// Fills scratch.ahead for the state in scratch.state; gives what the day costs.
double PerishableChain::look_ahead(const Sweep& sweep, Scratch& scratch) const {
  const CostRates& rates = process_.sku().rates;
  const std::size_t life = process_.life();
  Shelf& stock = scratch.shelf;
  stock.fill(std::span(scratch.state).first(life));
  std::size_t on_order = 0;  // of the place of the next state
  for (std::size_t digit = life; digit < digits_; ++digit)
    on_order += static_cast<std::size_t>(scratch.state[digit]) * radix_[digit - 1];
  double* const __restrict ahead = scratch.ahead.data();
  std::ranges::fill(scratch.ahead, 0.0);
  double cost = lost_cost_[static_cast<std::size_t>(stock.total())];
  process_.demand().serve(stock, [&](const Shelf& shelf, double probability) {
    const Units expired = shelf.expiring();
    cost += probability *
            (rates.disposal_per_unit * expired + rates.holding_per_unit_time * (shelf.total() - expired));
    const std::size_t next = on_order + shelf.index();
    const double* const value = sweep.value.data() + next;
    // whole vectors, where the values that they read beyond the last order are there
    const std::size_t orders = next + padded(base_) <= states_ ? padded(base_) : base_;
    for (std::size_t a = 0; a < orders; ++a) ahead[a] += probability * value[a];
  });
  return cost;
}

Change PerishableChain::sweep_block(const Sweep& sweep, std::size_t first, std::size_t last,
                                    Scratch& scratch) const {
  Change change;
  const double counts = sweep.counts_cost ? 1 : 0;
  for (std::size_t index = first; index < last; ++index) {
    decode(index, scratch.state);
    const double day_cost = look_ahead(sweep, scratch);
    double best = std::numeric_limits<double>::infinity();
    std::size_t chosen = 0;
    for (std::size_t i = 0; i < orders_.size(); ++i) {
      const double cost =
          counts * order_cost_[i] + sweep.discount * scratch.ahead[static_cast<std::size_t>(orders_[i])];
      if (cost >= best) continue;
      best = cost;
      chosen = i;
    }
    change.write(sweep, index, best + counts * day_cost);
    if (!sweep.choice.empty()) sweep.choice[index] = static_cast<std::uint32_t>(chosen);
  }
  return change;
}

Change PerishableChain::sweep(const Sweep& sweep, WorkerTeam& team) const {
  const std::size_t count = (states_ + kBlock - 1) / kBlock;
  return change_over_blocks(
      team, count, [&] { return Scratch(shelf_weights_, digits_, base_); },
      [&](Scratch& scratch, std::size_t block) {
        return sweep_block(sweep, block * kBlock, std::min((block + 1) * kBlock, states_), scratch);
      });
}

void PerishableChain::decode(std::size_t index, std::span<Units> state) const {
  for (std::size_t digit = digits_; digit-- > 0; index /= base_)
    state[digit] = static_cast<Units>(index % base_);
}

std::size_t PerishableChain::index_of(std::span<const Units> state) const {
  std::size_t index = 0;
  for (std::size_t digit = 0; digit < digits_; ++digit) {
    if (state[digit] < 0 || static_cast<std::size_t>(state[digit]) >= base_) return states_;
    index += static_cast<std::size_t>(state[digit]) * radix_[digit];
  }
  return index;
}

}  // namespace restock::exact
