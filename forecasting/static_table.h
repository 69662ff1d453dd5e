// What is known of a series once and for all: its category, department, store, supplier. One row a series in
// a CSV of its own, beside the history: an id column (`unique_id`, `id`, `sku` or `item_id`) and any others,
// all kept as text. An empty field means that nobody knows; so does a series without a row.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "forecasting/panel.h"

namespace restock::forecasting {

struct StaticTable {
  std::vector<StaticColumn> columns;  ///< in the order of the file, values in the order of the panel's series
  std::size_t unknown_rows = 0;       ///< of ids that the panel does not have; ignored
  std::vector<std::string> missing;   ///< series of the panel without a row, in its order
};

/// Reads the rows of the panel's series. Throws InputError: no id column or none beside it, an id that stands
/// twice, values of more than 200 bytes or with control characters; several problems at once.
StaticTable read_static_table(const std::string& file, const Panel& panel);

}  // namespace restock::forecasting
