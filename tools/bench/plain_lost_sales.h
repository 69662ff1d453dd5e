// Relative value iteration for lost sales as one would write it for that one class: for each pipeline and
// each order a triangular Toeplitz product over the on-hand levels that lie beside each other. The yardstick
// for agents/policies/exact/lost_sales_chain.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace restock::bench {

class PlainLostSales {
 public:
  /// Masses of a day's demand; holding 1, `shortage` a unit. Zipkin's bounds: k orders in a row at most the
  /// shortage / (shortage + 1) quantile of k days' demand, the position that of L + 1 days'.
  PlainLostSales(std::vector<double> demand, std::size_t lead_time, double shortage);

  std::size_t states() const noexcept { return states_; }
  std::uint64_t state_actions() const noexcept { return state_actions_; }
  /// Average cost, once upper − lower <= tolerance × cost.
  double solve(double tolerance);
  std::int64_t sweeps() const noexcept { return sweeps_; }

 private:
  struct Row {
    std::vector<int> orders;  ///< the one that comes next first
    std::size_t first = 0;    ///< of its states
    int levels = 0;           ///< on hand 0 … levels
  };
  void add_rows(std::vector<int>& orders);
  bool fits(const std::vector<int>& orders) const;
  std::size_t place(const std::vector<int>& orders, std::size_t skip, int last) const;
  void sweep_row(const Row& row);

  std::vector<double> demand_;
  std::vector<double> tail_;
  std::size_t lead_time_;
  std::vector<int> most_;  ///< of k + 1 orders in a row
  int position_ = 0;
  std::vector<double> cost_;  ///< of a day, by on hand
  std::vector<Row> rows_;
  std::vector<std::size_t> row_at_;  ///< by the orders as digits
  std::size_t states_ = 0;
  std::uint64_t state_actions_ = 0;
  std::vector<double> value_, next_, ahead_;
  std::int64_t sweeps_ = 0;
};

}  // namespace restock::bench
