// A decision process one state at a time: what may be ordered in it, what that costs, and what follows with
// which probability. Every problem class is one of these; a chain of its own (lost_sales_chain.h,
// perishable_chain.h) is only a faster way to sweep over the same process.
//
// An order leads from a state to a *post-decision state* at a cost; from there demand leads to the next
// state. Many decisions share a post-decision state, so that the expectation is taken once for all of them.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "agents/policies/exact/chain.h"
#include "agents/policies/exact/rows.h"
#include "agents/policies/exact/state_column.h"
#include "env/policy.h"

namespace restock::exact {

/// What may follow a post-decision state.
class Outcomes {
 public:
  explicit Outcomes(std::size_t state_width) : width_(state_width) {}
  void clear() noexcept {
    probability_.clear();
    next_.clear();
  }
  /// A next state, to be filled in.
  std::span<Units> add(double probability) {
    probability_.push_back(probability);
    next_.resize(next_.size() + width_);
    return std::span(next_).last(width_);
  }
  std::size_t size() const noexcept { return probability_.size(); }
  double probability(std::size_t i) const noexcept { return probability_[i]; }
  std::span<const Units> next(std::size_t i) const noexcept {
    return std::span(next_).subspan(i * width_, width_);
  }

 private:
  std::size_t width_;
  std::vector<double> probability_;
  std::vector<Units> next_;
};

class Process {
 public:
  virtual ~Process() = default;
  virtual std::size_t state_width() const = 0;
  virtual std::size_t post_width() const = 0;
  /// Units of one decision: [SKUs × sources], the sources of a SKU beside each other.
  virtual std::size_t order_width() const { return 1; }
  /// What the components of a state are called, for tables.
  virtual std::vector<std::string> names() const = 0;
  /// Where the scenario starts.
  virtual void start(std::span<Units> state) const = 0;
  /// Appends the orders among which the best is looked for, order_width() numbers each.
  virtual void choices(std::span<const Units> state, std::vector<Units>& orders) const = 0;
  /// The cost of the orders and what it leads to.
  virtual double order(std::span<const Units> state, std::span<const Units> orders,
                       std::span<Units> post) const = 0;
  /// Expected cost from the orders to the next decision, and what may follow. Probabilities sum to 1.
  virtual double follow(std::span<const Units> post, Outcomes& outcomes) const = 0;
  /// Steps (decisions, or epochs between them) in a day.
  virtual double steps_per_day() const { return 1; }
  virtual std::size_t period() const { return 1; }
  /// Discounted cost of the days before the first order can change anything, where follow() leaves it out.
  virtual double cost_before() const { return 0; }

  /// Shows a state to policies as the simulation would: rows_per_state() rows.
  virtual void show(std::span<const Units> state, DecisionRows& rows) const = 0;
  /// What the components of a state are, where each is a column of one row; else empty, and read() says it.
  const std::vector<StateColumn>& columns() const noexcept { return columns_; }
  /// The state that rows [first, first + rows_per_state()) of a batch are in.
  virtual void read(const DecisionBatch& batch, std::size_t first, std::span<Units> state) const {
    std::size_t i = 0;
    for (const StateColumn& column : columns_) state[i++] = column.read(batch, first);
  }
  virtual std::size_t rows_per_state() const { return 1; }
  virtual std::size_t sources() const { return 1; }
  /// What becomes of the wish of a policy: what the suppliers take of it.
  virtual void make_legal(std::span<const Units> state, std::span<Units> orders) const = 0;
  /// Brings a state that no table holds as near to one as it can.
  virtual void clamp(std::span<Units> /*state*/) const {}
  /// Whether follow() had to keep a state within limits that the scenario does not have.
  virtual bool was_cut() const { return false; }

 protected:
  std::vector<StateColumn> columns_;
};

}  // namespace restock::exact
