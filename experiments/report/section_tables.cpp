// Tables that somebody else filled, such as the accuracy of forecasts: shown as they are.
#include <cmath>

#include "experiments/report/number_text.h"
#include "experiments/report/section_parts.h"
#include "experiments/report/sections.h"

namespace restock::experiments {

namespace {

bool is_numeric(const Table& table, std::size_t column) {
  for (const std::vector<Table::Cell>& row : table.rows)
    if (!std::holds_alternative<double>(row.at(column))) return false;
  return !table.rows.empty();
}

/// Four significant digits of the largest number; none for whole numbers.
int decimals_of_column(const Table& table, std::size_t column) {
  double largest = 0;
  bool whole = true;
  for (const std::vector<Table::Cell>& row : table.rows) {
    const double* value = std::get_if<double>(&row.at(column));
    if (!value || !std::isfinite(*value)) continue;
    largest = std::max(largest, std::fabs(*value));
    whole = whole && *value == std::floor(*value);
  }
  return whole ? 0 : decimals_for(largest);
}

}  // namespace

std::string table_html(const Table& table) {
  std::vector<HtmlColumn> columns;
  std::vector<int> decimals;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    columns.push_back({table.columns[i], is_numeric(table, i), ""});
    decimals.push_back(decimals_of_column(table, i));
  }
  std::vector<std::vector<HtmlCell>> rows;
  for (const std::vector<Table::Cell>& row : table.rows) {
    std::vector<HtmlCell>& cells = rows.emplace_back();
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const double* value = std::get_if<double>(&row.at(i));
      cells.push_back(value ? number_cell(*value, decimals[i]) : text_cell(std::get<std::string>(row[i])));
    }
  }
  return element("h3", "", escape_html(table.title)) + paragraph(table.note, "note") +
         html_table(columns, rows);
}

std::string tables_section(const ReportData& data) {
  std::string html;
  for (const Table& table : data.tables) html += table_html(table);
  return html;
}

}  // namespace restock::experiments
