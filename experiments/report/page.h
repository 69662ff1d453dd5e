// The report as one HTML page that works offline: style and script stand in it, and its security policy
// forbids the browser to load anything.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "experiments/report/report_data.h"

namespace restock::experiments {

std::string render_page(const ReportData& data);

/// A part of a page: its anchor, its title and what stands below, as HTML.
struct PageSection {
  std::string id, title, html;
};
/// A page of its own with this frame; sections without HTML are left out. Title and subtitle are plain text.
std::string assemble_page(std::string_view title, std::string_view subtitle,
                          std::span<const PageSection> sections);

/// The style sheet: layout, the palette of Okabe and Ito (2008), dark and print.
std::string_view page_style();
/// Sorts tables by the clicked column. Without it the page lacks nothing else.
std::string_view page_script();

}  // namespace restock::experiments
