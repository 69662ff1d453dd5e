// The sections of a report, in the order in which they are read. To add one: a file section_x.cpp that
// defines `std::string x_section(const ReportData&)`, and a line of the list in sections.cpp.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "experiments/report/report_data.h"

namespace restock::experiments {

struct ReportSection {
  std::string_view id;  ///< the anchor in the page
  std::string_view title;
  /// What stands below the title; empty where there is nothing to show, and then the title is left out too.
  std::string (*html)(const ReportData& data);
};

std::span<const ReportSection> report_sections();

}  // namespace restock::experiments
