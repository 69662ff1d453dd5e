// Rows of a DecisionBatch that hold states of a chain, so that any policy can be asked what it orders there.
#pragma once

#include <cstdint>
#include <vector>

#include "env/policy.h"
#include "env/sim/warehouse_model.h"

namespace restock::exact {

class DecisionRows {
 public:
  /// The widths are those of the simulation of this warehouse.
  explicit DecisionRows(const WarehouseModel& warehouse);

  void clear();
  std::size_t size() const noexcept { return sku_.size(); }
  /// A new row, in which nothing lies anywhere.
  void add(std::int32_t sku, std::int64_t day);
  /// Of the latest row.
  void set_stock(Quantity on_hand, Quantity backlog);
  /// What was ordered `age` >= 1 days ago (0: today) from the source is on its way.
  void add_on_order(std::size_t source, std::int64_t age, Quantity units);
  void set_life(std::size_t days_left, Quantity units);
  /// The supplier of the source is out of action.
  void set_supplier_out(std::size_t source);
  void set_days_since_order(std::int32_t days) { days_since_order_.back() = days; }
  /// Valid until the next change.
  DecisionBatch batch() const;
  /// Shows another calendar: every row as of `days` later.
  void move_days(std::int64_t days);

 private:
  const WarehouseModel& warehouse_;
  std::size_t pipeline_width_, life_width_, sources_;
  void set_date(std::size_t row);
  std::vector<std::int32_t> sku_, weekday_, month_, day_of_year_, days_since_order_;
  std::vector<std::int64_t> day_;
  std::vector<Quantity> on_hand_, backlog_, on_order_, pipeline_, by_source_, life_;
  std::vector<std::uint8_t> open_sources_, supplier_out_;
  std::vector<float> price_, promotion_, promotion_ahead_;
};

/// What row `row` of a batch shows of orders from `source` of this age in days, as add_on_order wrote it.
Quantity on_order_of_age(const DecisionBatch& batch, std::size_t row, std::size_t source, std::int64_t age);

}  // namespace restock::exact
