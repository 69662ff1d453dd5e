#include "experiments/report/html.h"

#include <fmt/format.h>

#include <cmath>

namespace restock::experiments {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

unsigned byte_at(std::string_view text, std::size_t i) {
  return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
}

/// Bytes of the character at `i`; 0 where there is no well-formed one.
std::size_t character_length(std::string_view text, std::size_t i) {
  const unsigned first = byte_at(text, i);
  if (first < 0x80) return 1;
  const std::size_t length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
  for (std::size_t k = 1; k < length; ++k)
    if ((byte_at(text, i + k) & 0xC0U) != 0x80U) return 0;
  return length;
}

std::string_view entity_of(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    case '`':
      return "&#96;";
    default:
      break;
  }
  const auto byte = static_cast<unsigned char>(c);
  const bool control = (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F;
  return control ? kReplacement : std::string_view();
}

std::string header_cell(const HtmlColumn& column) {
  const std::string hint = column.hint.empty() ? "" : fmt::format(" title=\"{}\"", escape_html(column.hint));
  return fmt::format("<th scope=\"col\"{}{}><button type=\"button\">{}</button></th>",
                     column.numeric ? " class=\"n\"" : "", hint, escape_html(column.title));
}

std::string body_cell(const HtmlColumn& column, const HtmlCell& cell) {
  const std::string css =
      fmt::format("{}{}{}", column.numeric ? "n" : "", cell.css.empty() ? "" : " ", cell.css);
  const std::string css_attribute = css.empty() ? "" : fmt::format(" class=\"{}\"", css);
  const std::string value = std::isfinite(cell.sort_by) ? fmt::format(" data-v=\"{}\"", cell.sort_by) : "";
  return fmt::format("<td{}{}>{}</td>", css_attribute, value, cell.html);
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = character_length(text, i);
    const std::string_view entity = length == 1 ? entity_of(text[i]) : std::string_view();
    if (length == 0)
      out += kReplacement;
    else
      out += entity.empty() ? text.substr(i, length) : entity;
    i += length == 0 ? 1 : length;
  }
  return out;
}

std::string element(std::string_view tag, std::string_view css, std::string_view html) {
  const std::string attribute = css.empty() ? "" : fmt::format(" class=\"{}\"", css);
  return fmt::format("<{}{}>{}</{}>\n", tag, attribute, html, tag);
}

std::string paragraph(std::string_view text, std::string_view css) {
  return text.empty() ? "" : element("p", css, escape_html(text));
}

HtmlCell text_cell(std::string_view text) {
  return {escape_html(text), std::numeric_limits<double>::quiet_NaN(), ""};
}

std::string html_table(const std::vector<HtmlColumn>& columns,
                       const std::vector<std::vector<HtmlCell>>& rows) {
  std::string head;
  for (const HtmlColumn& column : columns) head += header_cell(column);
  std::string body;
  for (const std::vector<HtmlCell>& row : rows) {
    body += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i) body += body_cell(columns.at(i), row[i]);
    body += "</tr>\n";
  }
  return fmt::format(
      "<div class=\"scroll\"><table "
      "class=\"sortable\"><thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody></table></div>\n",
      head, body);
}

std::string legend(const std::vector<LegendEntry>& entries) {
  std::string items;
  for (const LegendEntry& entry : entries)
    items += fmt::format("<span class=\"key\"><i class=\"dot {}\"></i>{}</span>", entry.css,
                         escape_html(entry.text));
  return element("div", "legend", items);
}

}  // namespace restock::experiments
