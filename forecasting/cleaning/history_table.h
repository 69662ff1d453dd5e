// A demand history as its file has it: every row with all its fields as text, in the order of the file. What
// cleaning changes and undoes; what forecasters read is a Panel.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "env/core/time.h"

namespace restock::forecasting {

/// Parts the fields of a row within one field of a log; no field may hold it.
inline constexpr char kFieldSeparator = '\x1f';

struct HistoryRow {
  std::vector<std::string> fields;
  std::size_t place = 0;  ///< among the rows of the file, 0 the first below the header
  std::size_t line = 0;   ///< in the file, for messages
  Date date{};
  std::optional<double> sales;  ///< nullopt where the field is empty
};

struct HistoryTable {
  std::string file;
  std::vector<std::string> header;
  std::size_t id = 0, ds = 0, y = 0;  ///< columns
  std::vector<HistoryRow> rows;

  const std::string& id_of(const HistoryRow& row) const { return row.fields[id]; }
  const std::string& date_of(const HistoryRow& row) const { return row.fields[ds]; }
  std::optional<std::size_t> find_column(const char* name) const;
};

/// Of `unique_id,ds,y` with any further columns; dates and sales are checked, negative sales allowed. Throws
/// InputError with several problems at once.
HistoryTable read_history_table(const std::string& file);

/// The same rows as CSV: fields in quotes only where they need them, lines ended by a line feed.
std::string csv_of(const HistoryTable& table);
std::string csv_row(const std::vector<std::string>& fields);

}  // namespace restock::forecasting
