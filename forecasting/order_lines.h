// Daily sales out of single order lines `timestamp,sku,quantity`: summed per day and SKU from the first day
// of the file to its last; a day without lines counts as 0. The lines may stand in any order.
#pragma once

#include <string>

#include "env/core/csv.h"
#include "forecasting/panel.h"

namespace restock::forecasting {

/// `csv` stands behind the header of `file`. Throws InputError with up to 20 located problems.
Panel read_order_lines(const std::string& file, CsvReader& csv);

}  // namespace restock::forecasting
