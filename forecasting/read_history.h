// Reads demand histories from CSV, strictly: whatever is wrong is reported with file, line and column,
// several problems at once (a bounded number), and nothing is guessed.
//
// Two forms, told apart by their header:
//
// - `unique_id,ds,y[,stocked_out][,price][,promotion][,…]`: one row a series and day, days without gaps. An
//   empty y at the end of every series marks days to come of which only the covariates are known. An empty
//   covariate at the beginning of a series means that the item was not offered yet.
// - `timestamp,sku,quantity`: one row an order line, in any order; summed per day, a day without lines
//   counts as 0.
#pragma once

#include <string>
#include <vector>

#include "env/core/description.h"
#include "forecasting/panel.h"

namespace restock::forecasting {

struct HistoryFormat {
  /// Columns to read as covariates known in advance; empty: price and promotion where the file has them.
  std::vector<std::string> covariates;
};

void describe(FieldVisitor& visitor, HistoryFormat& format);

/// Throws InputError.
Panel read_history(const std::string& file, const HistoryFormat& format = {});

}  // namespace restock::forecasting
