// Small pieces of HTML. Whatever comes from a user (ids of SKUs, names, descriptions) passes through
// escape_html; what a function here takes as `html` must be escaped already.
#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace restock::experiments {

/// Text as HTML text or attribute value. Control characters and bytes that are not UTF-8 become U+FFFD.
std::string escape_html(std::string_view text);

/// <tag class="css">html</tag>; no attribute where css is empty.
std::string element(std::string_view tag, std::string_view css, std::string_view html);
/// <p class="css">text</p> of plain text; empty for empty text.
std::string paragraph(std::string_view text, std::string_view css = "");

/// A cell whose HTML is escaped already; sorted by its number where it has one.
struct HtmlCell {
  std::string html;
  double sort_by = std::numeric_limits<double>::quiet_NaN();
  std::string css;
};
HtmlCell text_cell(std::string_view text);

struct HtmlColumn {
  std::string title;  ///< plain text
  bool numeric = true;
  std::string hint;  ///< plain text, shown on hover
};

/// A table that sorts when its headers are clicked, and scrolls sideways where the page is narrow.
std::string html_table(const std::vector<HtmlColumn>& columns,
                       const std::vector<std::vector<HtmlCell>>& rows);

/// A coloured dot and a name: what a colour of a chart means.
struct LegendEntry {
  std::string css;   ///< such as "learned"
  std::string text;  ///< plain text
};
std::string legend(const std::vector<LegendEntry>& entries);

}  // namespace restock::experiments
