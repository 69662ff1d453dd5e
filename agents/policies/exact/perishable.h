// Perishable stock, one item, lost sales, a fixed lead time of L days and a shelf life of m: Nahmias 1975
// (Operations Research 23(4)); the day of De Moor, Gijsbrechts and Boute 2022 (European Journal of
// Operational Research 301(2)).
//
// State at the review: s_1 … s_m, of which s_r expires at the close of the day r − 1 days from today (with L
// >= 1 the units that came this morning are s_m); q_1 … q_{L−1} on order. Customers take the oldest units,
// the freshest, or a share of each; what is left of s_1 is thrown away; the rest is held and moves up.
//
// Range of orders: the scenario's maximum_order_quantity; without one it is widened until the cost changes no
// more.
#pragma once

#include <cmath>

#include "agents/policies/exact/problem.h"
#include "agents/policies/exact/terms.h"

namespace restock::exact {

Recognition recognise_perishable(const DecisionModel& model);

/// Takes units off a shelf one by one, as customers do.
class Shelf {
 public:
  Shelf(const SkuModel& sku) : issuing_(sku.issuing), fifo_share_(sku.fifo_share) {}

  /// stock[r] expires in r days.
  void fill(std::span<const Units> stock);
  /// Takes the next unit and gives the place it lay in; there must be one.
  std::size_t take();
  Units total() const noexcept { return total_; }
  std::span<const Units> stock() const noexcept { return stock_; }

 private:
  Issuing issuing_;
  double fifo_share_;
  std::vector<Units> stock_;
  Units total_ = 0;
  Units taken_ = 0;
  Units taken_fifo_ = 0;
  std::size_t oldest_ = 0;
  std::size_t freshest_ = 0;
};

/// The simulator serves all units of a day at once, the share of first-in-first-out rounded half up; unit by
/// unit the share grows by 0 or 1, and both ends come to the same.
inline std::size_t Shelf::take() {
  ++taken_;
  --total_;
  Units fifo = issuing_ == Issuing::fifo ? taken_ : 0;
  if (issuing_ == Issuing::mixed) fifo = static_cast<Units>(std::floor(taken_ * fifo_share_ + 0.5));
  const bool is_fifo = fifo > taken_fifo_;
  taken_fifo_ = fifo;
  while (is_fifo && stock_[oldest_] == 0) ++oldest_;
  while (!is_fifo && stock_[freshest_] == 0) --freshest_;
  const std::size_t place = is_fifo ? oldest_ : freshest_;
  --stock_[place];
  return place;
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
  const Masses& demand() const noexcept { return demand_; }
  Units most() const noexcept { return most_; }
  std::size_t life() const noexcept { return life_; }
  std::size_t pipeline() const noexcept { return pipeline_; }

 private:
  const SkuModel& sku_;
  OrderTerms terms_;
  Units most_;
  Masses demand_;
  std::vector<double> tail_;
  std::size_t life_;
  std::size_t pipeline_;  ///< L − 1, at least 0
};

}  // namespace restock::exact
