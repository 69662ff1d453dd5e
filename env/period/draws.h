// Where a day's demand and an order's lead time come from: keyed draws from tables, the same draws as the
// event engine's (Stream of env/core/keyed_random.h, k = 0: one demand and at most one order a day), or
// demand that is known in advance.
#pragma once

#include <cstdint>

#include "env/core/keyed_random.h"
#include "env/period/draw_table.h"
#include "env/period/host_device.h"

namespace restock::period {

/// One law of demand for all days.
struct OneTable {
  TableView table;
  RESTOCK_HOST_DEVICE const TableView& of(std::int64_t /*day*/) const { return table; }
};

/// The law of demand changes from day to day.
struct TableOfDay {
  const TableView* tables = nullptr;
  const std::uint16_t* place = nullptr;  ///< of each day
  RESTOCK_HOST_DEVICE const TableView& of(std::int64_t day) const { return tables[place[day]]; }
};

/// Demand and lead times from tables, for one environment.
template <class Quantity, class Tables = OneTable>
struct TableDraws {
  Stream demand_stream;
  Stream lead_time_stream;
  Tables demand_tables;
  TableView lead_time_table;

  RESTOCK_HOST_DEVICE Quantity demand(std::int64_t day) const {
    return static_cast<Quantity>(sample(demand_tables.of(day), demand_stream.bits(day)));
  }
  /// Whole days.
  RESTOCK_HOST_DEVICE std::int64_t lead_time(std::int64_t day) const {
    return sample(lead_time_table, lead_time_stream.bits(day));
  }
};

/// Demand from a path, lead times from a table, for one environment.
template <class Quantity>
struct PathDraws {
  const std::int32_t* units = nullptr;  ///< of day 0
  std::int64_t stride = 1;              ///< from one day to the next
  Stream lead_time_stream;
  TableView lead_time_table;

  RESTOCK_HOST_DEVICE Quantity demand(std::int64_t day) const { return units[day * stride]; }
  RESTOCK_HOST_DEVICE std::int64_t lead_time(std::int64_t day) const {
    return sample(lead_time_table, lead_time_stream.bits(day));
  }
};

}  // namespace restock::period
