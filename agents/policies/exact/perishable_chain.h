// The process of perishable.h with a lead time of at least a day, swept without storing its transitions.
//
// States are numbers with one digit a batch or open order, the newest order last. What demand does to the
// shelf does not depend on today's order, which is the last digit of the next state: so one pass over the
// demands of a day serves all orders at once, whose values lie beside each other.
#pragma once

#include "agents/policies/exact/perishable.h"

namespace restock::exact {

class PerishableChain final : public Chain {
 public:
  /// Throws InputError where the values of all states would take more than `maximum_bytes`.
  PerishableChain(const Perishable& process, std::uint64_t maximum_bytes);

  std::size_t states() const override { return states_; }
  std::uint64_t state_actions() const override { return states_ * orders_.size(); }
  std::uint64_t bytes() const override { return 0; }
  std::size_t start() const override { return start_; }
  Change sweep(const Sweep& sweep, WorkerTeam& team) const override;
  std::size_t state_width() const override { return digits_; }
  void decode(std::size_t index, std::span<Units> state) const override;
  std::size_t index_of(std::span<const Units> state) const override;

 private:
  struct Scratch;
  double look_ahead(const Sweep& sweep, Scratch& scratch) const;
  Change sweep_block(const Sweep& sweep, std::size_t first, std::size_t last, Scratch& scratch) const;

  const Perishable& process_;
  std::size_t digits_;
  std::size_t base_;                ///< values of a digit
  std::vector<std::size_t> radix_;  ///< [digits]
  std::size_t states_ = 1;
  std::size_t start_ = 0;
  std::vector<Units> orders_;  ///< that may be placed, ascending
  std::vector<double> order_cost_;
  std::vector<double> lost_cost_;           ///< by units on the shelf: expected cost of what is not served
  std::vector<std::size_t> shelf_weights_;  ///< of a unit, in the next state, by the days left of its life
};

}  // namespace restock::exact
