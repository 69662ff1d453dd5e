#include "experiments/init/receipt_table.h"

#include <fmt/format.h>

#include <optional>

#include "env/core/csv.h"
#include "env/core/suggest.h"
#include "env/core/time.h"

namespace restock::experiments {

namespace {

constexpr std::int64_t kLongestDays = 2000;
constexpr std::size_t kShownLines = 5;

std::optional<Date> date_in(const CsvReader& csv, std::size_t column) {
  const std::string& text = csv.fields()[column];
  if (text.empty()) return std::nullopt;
  const auto date = parse_date(text);
  if (!date) csv.fail(column, in_quotes(text) + " is no date such as 2026-01-31");
  return date;
}

void leave_out(std::size_t line, ReceiptTable& table) {
  ++table.unusable;
  if (table.unusable_lines.size() < kShownLines) table.unusable_lines.push_back(line);
}

}  // namespace

ReceiptTable read_receipts(const std::string& file) {
  CsvReader csv(file);
  const std::size_t ordered = csv.column({"ordered", "order_date", "po_sent"});
  const std::size_t received = csv.column({"received", "receipt_date", "delivered"});
  const auto supplier = csv.find_column({"supplier", "vendor_name", "vendor"});
  ReceiptTable table;
  while (csv.next()) {
    const auto from = date_in(csv, ordered);
    const auto to = date_in(csv, received);
    const std::int64_t days = from && to ? (*to - *from).count() : -1;
    if (days < 0 || days > kLongestDays) {
      leave_out(csv.line(), table);
      continue;
    }
    table.lead_days.push_back(days);
    if (supplier && !csv.fields()[*supplier].empty())
      table.by_supplier[csv.fields()[*supplier]].push_back(days);
  }
  if (table.lead_days.empty())
    throw InputError(fmt::format(
        "{}: no row has both dates with the receipt on or after the order; expected at least one", file));
  return table;
}

}  // namespace restock::experiments
