// Reads demand histories from CSV, strictly: whatever is wrong is reported with file, line and column,
// several problems at once (a bounded number), and nothing is guessed.
//
// Two forms, told apart by their header:
//
// - `unique_id,ds,y[,stocked_out][,price][,promotion][,…]`: one row a series and day, days without gaps. An
//   empty y at the end of every series marks days to come of which only the covariates are known. An empty
//   covariate at the beginning of a series means that the item was not offered yet. Rows may also stand for
//   weeks or months, and with `gaps: missing` rows and values may be missing and series begin and end when
//   they like.
// - `timestamp,sku,quantity`: one row an order line, in any order; summed per day, a day without lines
//   counts as 0.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "env/core/description.h"
#include "forecasting/panel.h"

namespace restock::forecasting {

/// What a row stands for: `automatic` finds out from the dates.
enum class RowStep { day, week, month, automatic };
std::span<const std::string_view> names_of(RowStep step);

/// Rows that a series lacks and empty sales: an error, or values that nobody knows.
enum class Gaps { refuse, missing };
std::span<const std::string_view> names_of(Gaps gaps);

struct HistoryFormat {
  /// What is known in advance: columns of the file, and names of calendar/calendar_covariates.h. Where no
  /// column is named, price and promotion where the file has them.
  std::vector<std::string> covariates = {};
  RowStep step = RowStep::day;
  Gaps gaps = Gaps::refuse;
};

void describe(FieldVisitor& visitor, HistoryFormat& format);

/// Throws InputError.
Panel read_history(const std::string& file, const HistoryFormat& format = {});

}  // namespace restock::forecasting
