// The lost-sales process of single_item.h laid out so that a sweep streams through memory.
//
// For a fixed pipeline (q_1 … q_{L−1}) the on-hand levels lie beside each other. With demand p and the row V
// of the pipeline (q_2 … q_{L−1}, a) that follows, what is expected after x on hand is a triangular Toeplitz
// product, E V(x) = Σ_{d<x} p_d V(q_1 + x − d) + P(D >= x) V(q_1). All q_1 share it: with m = q_1 + x,
//   S(x, m) = S(x − 1, m) + p_{x−1} V(m − x + 1),   S(0, m) = 0,
// holds the sum for every q_1 = m − x at once. So a row is gone through once for all q_1 instead of once for
// each, which saves a factor of about the largest order.
//
// A pipeline is numbered from its newest order to its oldest, because the range of orders limits sums of the
// newest ones: the number of what fits below depends on the sum so far alone, and no table of pipelines is
// needed.
#pragma once

#include "agents/policies/exact/single_item.h"

namespace restock::exact {

class LostSalesChain final : public Chain {
 public:
  /// The process has L >= 1, no cycle, and takes single units. Throws InputError where the values of all
  /// states would take more than `maximum_bytes`.
  LostSalesChain(const SingleItem& process, std::uint64_t maximum_bytes);

  std::size_t states() const override { return states_; }
  std::uint64_t state_actions() const override { return state_actions_; }
  std::uint64_t bytes() const override;
  std::size_t start() const override { return start_; }
  Change sweep(const Sweep& sweep, WorkerTeam& team) const override;
  std::size_t state_width() const override { return 1 + lead_time_; }
  void decode(std::size_t index, std::span<Units> state) const override;
  std::size_t index_of(std::span<const Units> state) const override;

 private:
  struct Scratch;
  /// States before the one whose newest k orders sum to `sum` and whose next older order is `units`.
  std::size_t before(std::size_t k, Units sum, Units units) const {
    return before_[k][static_cast<std::size_t>(sum * stride_ + units)];
  }
  void check_size(std::string_view what, double needed, std::uint64_t maximum_bytes) const;
  void count_states();
  void list_blocks();
  void add_blocks(std::vector<Units>& orders, Units sum);
  void fill_costs(const SingleItem& process);
  /// Pipelines (·, q_2 … q_{L−1}), q_1 being free: the states from `first` on.
  struct Block {
    std::size_t first = 0;
    Units sum = 0;           ///< q_2 + … + q_{L−1}
    std::size_t newest = 0;  ///< its orders, newest first, in block_orders_
  };
  Change sweep_shelf(const Sweep& sweep) const;
  Change sweep_block(const Sweep& sweep, const Block& block, Scratch& scratch) const;
  void try_order(const Sweep& sweep, const Block& block, Units a, Scratch& scratch) const;
  Change write_block(const Sweep& sweep, const Block& block, const Scratch& scratch) const;
  /// Where the row of the pipeline (q_2 … q_{L−1}, a) starts.
  std::size_t row_after(const Block& block, Units a) const;
  /// The most that q_1 can be.
  Units most_oldest(Units sum) const { return most_[pipeline_ - 1] - sum; }
  Units most_order(const Block& block) const;

  std::size_t lead_time_;
  std::size_t pipeline_;     ///< L − 1
  std::vector<Units> most_;  ///< most_[k − 1]: of the newest k orders together, k = 1 … L
  Units position_;
  Units stride_;
  std::vector<std::vector<std::size_t>> before_;
  std::size_t states_ = 0;
  std::uint64_t state_actions_ = 0;
  std::size_t start_ = 0;
  std::vector<Block> blocks_;
  std::vector<Units> block_orders_;
  std::vector<double> probability_;  ///< p_d, padded with 0 to position_ + 1
  std::vector<double> tail_;         ///< P(D >= x), likewise
  std::vector<double> day_cost_;     ///< by on hand
  std::vector<double> order_cost_;   ///< by order
};

}  // namespace restock::exact
