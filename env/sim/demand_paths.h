// Demand that is known in advance: a real history (one path) or sampled futures (many).
#pragma once

#include <cstdint>
#include <vector>

namespace restock {

/// Units demanded by path, day of the horizon and SKU (row-major in this order). Replication r replays path r
/// mod paths.
struct DemandPaths {
  std::int64_t paths = 0;
  std::int64_t days = 0;
  std::int64_t skus = 0;
  std::vector<std::int32_t> units;  ///< [paths × days × skus], >= 0

  const std::int32_t* day(std::uint64_t replication, std::int64_t day_index) const {
    const auto path = static_cast<std::int64_t>(replication % static_cast<std::uint64_t>(paths));
    return units.data() + (path * days + day_index) * skus;
  }
};

}  // namespace restock
