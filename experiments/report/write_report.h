// Writes a report: one page for people, the same numbers for machines.
#pragma once

#include <string>

#include "experiments/report/report_data.h"

namespace restock::experiments {

/// Writes report.html, report.json, kpis.csv, per_sku.csv, daily.csv and paired.csv into `folder`, each
/// atomically, the page last. Returns the path of the page. Throws InputError where a file cannot be written.
std::string write_report(const ReportData& data, const std::string& folder);

}  // namespace restock::experiments
