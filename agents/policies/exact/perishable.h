// Perishable stock, one item, lost sales, a fixed lead time of L days and a shelf life of m: Nahmias 1975
// (Operations Research 23(4)); the day of De Moor, Gijsbrechts and Boute 2022 (European Journal of
// Operational Research 301(2)).
//
// State at the review: s_1 … s_m, of which s_r expires at the close of the day r − 1 days from today (with L
// >= 1 the units that came this morning are s_m); q_1 … q_{L−1} on order. Customers take the oldest units,
// the freshest, a share of each, or those of two kinds with demands of their own the one and the other; what
// is left of s_1 is thrown away; the rest is held and moves up.
//
// Range of orders: the scenario's maximum_order_quantity; without one it is widened until the cost changes no
// more.
#pragma once

#include "agents/policies/exact/problem.h"
#include "agents/policies/exact/terms.h"

namespace restock::exact {

Recognition recognise_perishable(const DecisionModel& model);

/// A shelf from which units are taken one by one, as customers do.
class Shelf {
 public:
  /// `weights[r]`: what a unit that expires in r days counts in index(); empty: nothing. They outlive it.
  explicit Shelf(std::span<const std::size_t> weights = {}) : weights_(weights) {}

  /// stock[r] expires in r days.
  void fill(std::span<const Units> stock);
  /// Takes the unit that expires first, or last; there must be one.
  void take_oldest() {
    while (stock_[oldest_] == 0) ++oldest_;
    take(oldest_);
  }
  void take_freshest() {
    while (stock_[freshest_] == 0) --freshest_;
    take(freshest_);
  }
  void clear();
  Units total() const noexcept { return total_; }
  Units expiring() const noexcept { return stock_.front(); }
  std::span<const Units> stock() const noexcept { return stock_; }
  std::size_t index() const noexcept { return index_; }

 private:
  void take(std::size_t place) noexcept {
    --stock_[place];
    --total_;
    if (!weights_.empty()) index_ -= weights_[place];
  }

  std::span<const std::size_t> weights_;
  std::vector<Units> stock_;
  Units total_ = 0;
  std::size_t index_ = 0;
  std::size_t oldest_ = 0;
  std::size_t freshest_ = 0;
};

/// What the customers of a day take off a shelf.
class ShelfDemand {
 public:
  explicit ShelfDemand(const SkuModel& sku);

  const Masses& total() const noexcept { return total_; }
  /// Calls visit(shelf, probability) for all that the day may leave on the shelf. Probabilities may be 0. The
  /// shelf itself is used up.
  template <class Visit>
  void serve(Shelf& shelf, const Visit& visit) const;

 private:
  template <class Visit>
  void serve_shares(Shelf& shelf, const Visit& visit) const;
  template <class Visit>
  void serve_kinds(Shelf& shelf, const Visit& visit) const;
  /// P(D >= units).
  double at_least(Units units) const {
    return static_cast<std::size_t>(units) < tail_.size() ? tail_[static_cast<std::size_t>(units)] : 0.0;
  }

  Masses total_;
  std::vector<double> tail_;
  /// Whether the unit after so many others of a day is the oldest. The simulator serves all units of a day at
  /// once, the share of first-in-first-out rounded half up; unit by unit that share grows by 0 or 1, and both
  /// ends come to the same.
  std::vector<char> is_oldest_;
  const CustomerKinds* kinds_;  ///< nullptr but with issuing: by_customer
};

template <class Visit>
void ShelfDemand::serve(Shelf& shelf, const Visit& visit) const {
  kinds_ == nullptr ? serve_shares(shelf, visit) : serve_kinds(shelf, visit);
}

template <class Visit>
void ShelfDemand::serve_shares(Shelf& shelf, const Visit& visit) const {
  const Units stock = shelf.total();
  const auto last = static_cast<Units>(total_.size()) - 1;
  for (Units d = 0; d < stock; ++d) {
    visit(shelf, total_[static_cast<std::size_t>(d)]);
    if (d >= last) return;
    is_oldest_[static_cast<std::size_t>(d)] != 0 ? shelf.take_oldest() : shelf.take_freshest();
  }
  visit(shelf, at_least(stock));
}

template <class Visit>
void ShelfDemand::serve_kinds(Shelf& shelf, const Visit& visit) const {
  const Units stock = shelf.total();
  Shelf rest = shelf;
  for (Units o = 0; o < stock && o <= kinds_->most_oldest(); ++o) {
    if (o > 0) shelf.take_oldest();
    rest = shelf;
    for (Units f = 0; o + f < stock && f <= kinds_->most_freshest(); ++f) {
      if (f > 0) rest.take_freshest();
      visit(rest, kinds_->mass(o, f));
    }
  }
  rest.clear();
  visit(rest, at_least(stock));
}

class Perishable final : public Process {
 public:
  /// Orders up to `most`.
  Perishable(const WarehouseModel& warehouse, Units most);

  std::size_t state_width() const override { return life_ + pipeline_; }
  std::size_t post_width() const override { return life_ + static_cast<std::size_t>(terms_.lead_time()); }
  std::vector<std::string> names() const override;
  void start(std::span<Units> state) const override;
  void choices(std::span<const Units> state, std::vector<Units>& orders) const override;
  double order(std::span<const Units> state, std::span<const Units> orders,
               std::span<Units> post) const override;
  double follow(std::span<const Units> post, Outcomes& outcomes) const override;
  void show(std::span<const Units> state, DecisionRows& rows) const override;
  void read(const DecisionBatch& batch, std::size_t first, std::span<Units> state) const override;
  void make_legal(std::span<const Units> state, std::span<Units> orders) const override;

  const SkuModel& sku() const noexcept { return sku_; }
  const OrderTerms& terms() const noexcept { return terms_; }
  const ShelfDemand& demand() const noexcept { return demand_; }
  Units most() const noexcept { return most_; }
  std::size_t life() const noexcept { return life_; }
  std::size_t pipeline() const noexcept { return pipeline_; }

 private:
  const SkuModel& sku_;
  OrderTerms terms_;
  Units most_;
  ShelfDemand demand_;
  std::size_t life_;
  std::size_t pipeline_;  ///< L − 1, at least 0
};

}  // namespace restock::exact
