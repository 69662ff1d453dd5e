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
  Scratch(const Perishable& process, std::size_t digits, std::size_t base)
      : shelf(process.sku()), state(digits), ahead(padded(base)) {}
  Shelf shelf;
  std::vector<Units> state;
  std::vector<double> ahead;  ///< by order: what is expected after it
};

PerishableChain::PerishableChain(const Perishable& process, std::uint64_t maximum_bytes)
    : process_(process),
      digits_(process.state_width()),
      base_(static_cast<std::size_t>(process.most()) + 1),
      radix_(digits_),
      tail_(tails_of(process.demand())) {
  RESTOCK_CHECK(process.terms().lead_time() >= 1, "lead time {}", process.terms().lead_time());
  const double all = std::pow(static_cast<double>(base_), static_cast<double>(digits_));
  const double bytes = all * (2 * sizeof(double) + sizeof(std::uint32_t));
  if (bytes > static_cast<double>(maximum_bytes))
    throw InputError(fmt::format(
        "perishable stock with a shelf life of {} days and orders up to {}: {:.3g} states take {:.3g} MB, "
        "expected at most {} MB; a smaller maximum_order_quantity or more memory (--memory) is needed",
        process.life(), process.most(), all, bytes / 0x1p20, maximum_bytes >> 20));
  for (std::size_t digit = digits_; digit-- > 0; states_ *= base_) radix_[digit] = states_;
  process.terms().append_orders(process.most(), orders_);
  for (const Units order : orders_) order_cost_.push_back(process.terms().cost_of(order));
  const CostRates& rates = process.sku().rates;
  for (std::size_t stock = 0; stock <= (base_ - 1) * process.life(); ++stock)
    lost_cost_.push_back((rates.shortage_per_unit + rates.lost_sale_per_unit) *
                         expected_short(static_cast<std::int64_t>(stock), process.demand()));
  std::vector<Units> state(digits_);
  process.start(state);
  start_ = index_of(state);
}

/// Fills scratch.ahead for the state in scratch.state; gives what the day costs.
double PerishableChain::look_ahead(const Sweep& sweep, Scratch& scratch) const {
  const CostRates& rates = process_.sku().rates;
  const Masses& demand = process_.demand();
  const std::size_t life = process_.life();
  Shelf& shelf = scratch.shelf;
  shelf.fill(std::span(scratch.state).first(life));
  const auto stock = static_cast<std::size_t>(shelf.total());
  std::size_t next = 0;
  for (std::size_t digit = 1; digit < digits_; ++digit)
    next += static_cast<std::size_t>(scratch.state[digit]) * radix_[digit - 1];
  double* const __restrict ahead = scratch.ahead.data();
  std::ranges::fill(scratch.ahead, 0.0);
  double cost = lost_cost_[stock];
  for (std::size_t d = 0;; ++d) {
    const double probability = d == stock ? (d < tail_.size() ? tail_[d] : 0.0) : demand[d];
    const Units expired = shelf.stock().front();
    cost += probability *
            (rates.disposal_per_unit * expired + rates.holding_per_unit_time * (shelf.total() - expired));
    const double* const value = sweep.value.data() + next;
    // whole vectors, where the values that they read beyond the last order are there
    const std::size_t orders = next + padded(base_) <= states_ ? padded(base_) : base_;
    for (std::size_t a = 0; a < orders; ++a) ahead[a] += probability * value[a];
    if (d == stock || d + 1 >= demand.size()) return cost;
    const std::size_t place = shelf.take();
    if (place > 0) next -= radix_[place - 1];
  }
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
      team, count, [&] { return Scratch(process_, digits_, base_); },
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
