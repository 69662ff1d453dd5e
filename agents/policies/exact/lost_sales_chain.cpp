#include "agents/policies/exact/lost_sales_chain.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "env/core/check.h"
#include "env/core/error.h"

namespace restock::exact {

/// Counting goes no further: no memory holds so many.
constexpr std::size_t kMostStates = std::size_t{1} << 50;

/// What one worker needs for a block: the sums S(x, ·) of a row, and by [on hand][q_1] the best so far.
struct LostSalesChain::Scratch {
  Scratch(std::size_t levels, std::size_t oldest, bool keeps_choices)
      : width(oldest + 1),
        sums(levels + 1),
        best((levels + 1) * width),
        choice(keeps_choices ? best.size() : 0) {}
  std::size_t width;
  std::vector<double> sums;
  std::vector<double> best;
  std::vector<std::uint32_t> choice;
};

LostSalesChain::LostSalesChain(const SingleItem& process, std::uint64_t maximum_bytes)
    : lead_time_(static_cast<std::size_t>(process.terms().lead_time())),
      pipeline_(lead_time_ - 1),
      most_(process.range().newest),
      position_(process.range().position),
      stride_(position_ + 1) {
  RESTOCK_CHECK(lead_time_ >= 1 && most_.size() == lead_time_, "lead time {}", lead_time_);
  for (std::size_t k = lead_time_; k-- > 0;)
    most_[k] = std::min(most_[k], k + 1 < lead_time_ ? most_[k + 1] : position_);
  const double row = stride_;
  check_size("tables of pipelines", static_cast<double>(pipeline_) * row * row * sizeof(std::size_t),
             maximum_bytes);
  count_states();
  check_size(fmt::format("{}{} states", states_ == kMostStates ? "more than " : "", states_),
             static_cast<double>(bytes()) + 2.0 * sizeof(double) * static_cast<double>(states_),
             maximum_bytes);
  list_blocks();
  fill_costs(process);
  std::vector<Units> state(process.state_width());
  process.start(state);
  start_ = index_of(state);
}

void LostSalesChain::check_size(std::string_view what, double needed, std::uint64_t maximum_bytes) const {
  if (needed <= static_cast<double>(maximum_bytes)) return;
  throw InputError(
      fmt::format("lost sales with a lead time of {} days: {} take {:.4g} MB, expected at most {} MB; a "
                  "shorter lead time, a "
                  "smaller shortage cost, a larger unit or more memory (--memory) is needed",
                  lead_time_, what, needed / (1 << 20), maximum_bytes >> 20));
}

/// Goes from the oldest order to the newest: what fits below depends on the sum of the newer ones alone.
void LostSalesChain::count_states() {
  std::vector<std::size_t> below(static_cast<std::size_t>(stride_));  // by sum of the newest k orders
  for (Units sum = 0; sum <= position_; ++sum)
    below[static_cast<std::size_t>(sum)] = static_cast<std::size_t>(position_ - sum + 1);
  before_.assign(pipeline_, {});
  for (std::size_t k = pipeline_; k-- > 0;) {
    before_[k].assign(static_cast<std::size_t>(stride_ * stride_), 0);
    std::vector<std::size_t> here(below.size());
    for (Units sum = 0; sum <= most_[k]; ++sum) {
      std::size_t count = 0;
      for (Units units = 0; sum + units <= most_[k]; ++units) {
        before_[k][static_cast<std::size_t>(sum * stride_ + units)] = count;
        count = std::min(count + below[static_cast<std::size_t>(sum + units)], kMostStates);
      }
      here[static_cast<std::size_t>(sum)] = count;
    }
    below = std::move(here);
  }
  states_ = below[0];
}

void LostSalesChain::list_blocks() {
  if (pipeline_ == 0) {
    for (Units x = 0; x <= position_; ++x)
      state_actions_ += static_cast<std::uint64_t>(std::min(most_[0], position_ - x) + 1);
    return;
  }
  std::vector<Units> orders;
  add_blocks(orders, 0);
  for (const Block& block : blocks_) {
    const Units oldest = most_oldest(block.sum);
    for (Units a = 0; a <= most_order(block); ++a)
      for (Units q = 0; q <= std::min(oldest, most_.back() - block.sum - a); ++q)
        state_actions_ += static_cast<std::uint64_t>(position_ - block.sum - q - a + 1);
  }
}

void LostSalesChain::add_blocks(std::vector<Units>& orders, Units sum) {
  if (orders.size() + 1 < pipeline_) {
    const Units most = most_[orders.size()] - sum;
    for (Units units = 0; units <= most; ++units) {
      orders.push_back(units);
      add_blocks(orders, sum + units);
      orders.pop_back();
    }
    return;
  }
  Block block{.first = 0, .sum = sum, .newest = block_orders_.size()};
  Units newer = 0;
  for (std::size_t k = 0; k < orders.size(); newer += orders[k++]) block.first += before(k, newer, orders[k]);
  block_orders_.insert(block_orders_.end(), orders.begin(), orders.end());
  blocks_.push_back(block);
}

void LostSalesChain::fill_costs(const SingleItem& process) {
  const auto levels = static_cast<std::size_t>(position_) + 1;
  const Masses& demand = process.cycle().demand.front();
  const std::vector<double> tail = tails_of(demand);
  for (std::size_t x = 0; x < levels; ++x) {
    probability_.push_back(x < demand.size() ? demand[x] : 0.0);
    tail_.push_back(x < tail.size() ? tail[x] : 0.0);
    day_cost_.push_back(process.day_cost(static_cast<Units>(x)));
    order_cost_.push_back(process.terms().cost_of(static_cast<Units>(x)));
  }
}

std::uint64_t LostSalesChain::bytes() const {
  std::uint64_t bytes = blocks_.size() * sizeof(Block) + block_orders_.size() * sizeof(Units);
  for (const auto& table : before_) bytes += table.size() * sizeof(std::size_t);
  return bytes;
}

Units LostSalesChain::most_order(const Block& block) const {
  Units most = most_[0];
  Units newer = 0;
  for (std::size_t k = 0; k + 1 < pipeline_; ++k) {
    newer += block_orders_[block.newest + k];
    most = std::min(most, most_[k + 1] - newer);
  }
  return most;
}

std::size_t LostSalesChain::row_after(const Block& block, Units a) const {
  std::size_t row = before(0, 0, a);
  Units newer = a;
  for (std::size_t k = 1; k < pipeline_; ++k) {
    const Units units = block_orders_[block.newest + k - 1];
    row += before(k, newer, units);
    newer += units;
  }
  return row;
}

/// Order a in every state of the block.
void LostSalesChain::try_order(const Sweep& sweep, const Block& block, Units a, Scratch& scratch) const {
  const double* const value = sweep.value.data() + row_after(block, a);
  const Units levels = position_ - block.sum - a;
  const Units oldest = std::min(most_oldest(block.sum), most_.back() - block.sum - a);
  double* const __restrict sums = scratch.sums.data();
  std::fill_n(sums, levels + 1, 0.0);
  const double order = sweep.counts_cost ? order_cost_[static_cast<std::size_t>(a)] : 0.0;
  for (Units x = 0; x <= levels; ++x) {
    const auto at = static_cast<std::size_t>(x);
    if (x > 0) {
      const double p = probability_[at - 1];
      for (Units m = x; m <= levels; ++m) sums[m] += p * value[m - x + 1];
    }
    const double tail = tail_[at];
    const Units last = std::min(oldest, levels - x);
    double* const __restrict best = scratch.best.data() + at * scratch.width;
    if (!scratch.choice.empty()) {
      std::uint32_t* const choice = scratch.choice.data() + at * scratch.width;
      for (Units q = 0; q <= last; ++q) {
        const double cost = order + sweep.discount * (sums[x + q] + tail * value[q]);
        if (cost >= best[q]) continue;
        best[q] = cost;
        choice[q] = static_cast<std::uint32_t>(a);
      }
      continue;
    }
    const double discount = sweep.discount;
    for (Units q = 0; q <= last; ++q) {
      const double cost = order + discount * (sums[x + q] + tail * value[q]);
      best[q] = cost < best[q] ? cost : best[q];
    }
  }
}

Change LostSalesChain::write_block(const Sweep& sweep, const Block& block, const Scratch& scratch) const {
  Change change;
  for (Units q = 0; q <= most_oldest(block.sum); ++q) {
    const std::size_t row = block.first + before(pipeline_ - 1, block.sum, q);
    for (Units x = 0; x <= position_ - block.sum - q; ++x) {
      const std::size_t from = static_cast<std::size_t>(x) * scratch.width + static_cast<std::size_t>(q);
      const std::size_t state = row + static_cast<std::size_t>(x);
      const double next =
          scratch.best[from] + (sweep.counts_cost ? day_cost_[static_cast<std::size_t>(x)] : 0.0);
      change.write(sweep, state, next);
      if (!sweep.choice.empty()) sweep.choice[state] = scratch.choice[from];
    }
  }
  return change;
}

Change LostSalesChain::sweep_block(const Sweep& sweep, const Block& block, Scratch& scratch) const {
  std::ranges::fill(scratch.best, std::numeric_limits<double>::infinity());
  for (Units a = 0; a <= most_order(block); ++a) try_order(sweep, block, a, scratch);
  return write_block(sweep, block, scratch);
}

/// L = 1: the state is what is on hand, and the order a comes tomorrow.
Change LostSalesChain::sweep_shelf(const Sweep& sweep) const {
  Change change;
  for (Units x = 0; x <= position_; ++x) {
    double best = std::numeric_limits<double>::infinity();
    Units chosen = 0;
    for (Units a = 0; a <= std::min(most_[0], position_ - x); ++a) {
      double ahead = tail_[static_cast<std::size_t>(x)] * sweep.value[static_cast<std::size_t>(a)];
      for (Units d = 0; d < x; ++d)
        ahead += probability_[static_cast<std::size_t>(d)] * sweep.value[static_cast<std::size_t>(x - d + a)];
      const double cost =
          (sweep.counts_cost ? order_cost_[static_cast<std::size_t>(a)] : 0.0) + sweep.discount * ahead;
      if (cost >= best) continue;
      best = cost;
      chosen = a;
    }
    const auto state = static_cast<std::size_t>(x);
    change.write(sweep, state, best + (sweep.counts_cost ? day_cost_[state] : 0.0));
    if (!sweep.choice.empty()) sweep.choice[state] = static_cast<std::uint32_t>(chosen);
  }
  return change;
}

Change LostSalesChain::sweep(const Sweep& sweep, WorkerTeam& team) const {
  if (pipeline_ == 0) return sweep_shelf(sweep);
  const auto start = [&] {
    return Scratch(static_cast<std::size_t>(position_), static_cast<std::size_t>(most_[pipeline_ - 1]),
                   !sweep.choice.empty());
  };
  return change_over_blocks(team, blocks_.size(), start, [&](Scratch& scratch, std::size_t block) {
    return sweep_block(sweep, blocks_[block], scratch);
  });
}

void LostSalesChain::decode(std::size_t index, std::span<Units> state) const {
  std::ranges::fill(state, 0);
  Units sum = 0;
  for (std::size_t k = 0; k < pipeline_; ++k) {
    Units units = 0;
    while (sum + units < most_[k] && before(k, sum, units + 1) <= index) ++units;
    index -= before(k, sum, units);
    state[1 + pipeline_ - k] = units;
    sum += units;
  }
  state[1] = static_cast<Units>(index);
}

std::size_t LostSalesChain::index_of(std::span<const Units> state) const {
  std::size_t index = 0;
  Units sum = 0;
  for (std::size_t k = 0; k < pipeline_; ++k) {
    const Units units = state[1 + pipeline_ - k];
    if (units < 0 || sum + units > most_[k]) return states_;
    index += before(k, sum, units);
    sum += units;
  }
  if (state[1] < 0 || state[1] > position_ - sum) return states_;
  return index + static_cast<std::size_t>(state[1]);
}

}  // namespace restock::exact
