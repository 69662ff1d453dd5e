// The report's numbers for machines: one JSON file and four CSV files. They hold every number that the page
// shows, unrounded; NaN is null in JSON and an empty field in CSV.
#pragma once

#include <string>

#include "experiments/report/report_data.h"

namespace restock::experiments {

std::string report_json(const ReportData& data);

/// policy, kind, kpi, unit, mean, half_width: one line for each indicator of each policy.
std::string kpis_csv(const Comparison& comparison);
/// policy, sku, stockout_days and one column for each indicator: one line for each SKU under each policy.
std::string per_sku_csv(const Comparison& comparison);
/// policy, date, day, sku and what was recorded of it.
std::string daily_csv(const Comparison& comparison);
/// One line for each policy other than the baseline.
std::string paired_csv(const Comparison& comparison);

}  // namespace restock::experiments
