#include "forecasting/cleaning/history_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "env/core/csv.h"
#include "env/core/suggest.h"
#include "forecasting/problem_list.h"

namespace restock::forecasting {

namespace {

constexpr double kLargestSales = 1e9;

void take_row(const CsvReader& csv, HistoryTable& table) {
  for (std::size_t column = 0; column < csv.fields().size(); ++column)
    if (csv.fields()[column].find(kFieldSeparator) != std::string::npos)
      csv.fail(column, in_quotes(csv.fields()[column]) + ", expected no unit separators (0x1F)");
  HistoryRow row{csv.fields(), table.rows.size(), csv.line(), {}, {}};
  const std::string& id = table.id_of(row);
  if (id.empty() || id.size() > 200)
    csv.fail(table.id, fmt::format("{}, expected a name of 1 to 200 bytes", in_quotes(id)));
  const auto date = parse_date(table.date_of(row));
  if (!date) csv.fail(table.ds, in_quotes(table.date_of(row)) + ", expected a date such as 2026-01-05");
  row.date = *date;
  if (!row.fields[table.y].empty()) row.sales = csv.number(table.y, -kLargestSales, kLargestSales);
  table.rows.push_back(std::move(row));
}

}  // namespace

std::optional<std::size_t> HistoryTable::find_column(const char* name) const {
  const auto found = std::find(header.begin(), header.end(), name);
  if (found == header.end()) return std::nullopt;
  return static_cast<std::size_t>(found - header.begin());
}

HistoryTable read_history_table(const std::string& file) {
  CsvReader csv(file);
  HistoryTable table{file, csv.header(), csv.column("unique_id"), csv.column("ds"), csv.column("y"), {}};
  ProblemList problems;
  problems.collect([&] {
    while (!problems.full() && csv.next()) problems.collect([&] { take_row(csv, table); });
  });
  if (problems.empty() && table.rows.empty()) problems.add({file, 1, 0, {}, "no rows below the header"});
  problems.throw_if_any();
  return table;
}

std::string csv_row(const std::vector<std::string>& fields) {
  std::string text;
  for (const std::string& field : fields) {
    if (&field != &fields.front()) text += ',';
    text += csv_field(field);
  }
  return text;
}

std::string csv_of(const HistoryTable& table) {
  std::string text = csv_row(table.header) + "\n";
  for (const HistoryRow& row : table.rows) (text += csv_row(row.fields)) += '\n';
  return text;
}

}  // namespace restock::forecasting
