// What cleaning has changed, in the order in which it was done, as a CSV that a person can read and from
// which the history comes back.
//
// `unique_id,ds,old,new,rule,change,place,row`: `change` says whether a value was changed (`value`), a row
// added
// (`added`), taken out (`removed`, which keeps the whole row and its place among the rows) or put elsewhere
// (`moved`, which keeps its place). Within a cleaned history a series and date stand once, so they name a
// row.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "forecasting/cleaning/history_table.h"

namespace restock::forecasting {

enum class ChangeKind { value, added, removed, moved };
std::string_view name_of(ChangeKind kind);

struct Change {
  std::string id, date;
  std::string before, after;  ///< the field y; "" where there is none
  std::string rule;
  ChangeKind kind = ChangeKind::value;
  std::size_t place = 0;              ///< removed, moved: where the row stood
  std::vector<std::string> row = {};  ///< removed: its fields
};
using ChangeLog = std::vector<Change>;

std::string csv_of(const ChangeLog& log);
/// Throws InputError.
ChangeLog read_change_log(const std::string& file);

/// The table as it was before: the same fields in the same rows. Throws InputError where the log does not fit
/// the table.
void undo(HistoryTable& table, const ChangeLog& log);

}  // namespace restock::forecasting
