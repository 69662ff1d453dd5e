// Who a series is to a network: its row among the series that were learned from, and the categories that a
// static table gives it. A series or a category that was not learned from has row 0, for which a network
// learns to speak as well: an unseen item is taken for a typical one of its categories.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "forecasting/panel.h"
#include "forecasting/tensor_file.h"

namespace restock::forecasting {

/// The values of a static column that were learned from, each with a row: value k has row k + 1.
struct CategoryColumn {
  std::string name;
  std::vector<std::string> values;
};

/// Rows of all columns together, those of unknown values included.
std::size_t category_rows(std::span<const CategoryColumn> columns);

/// What a network keeps of the series that it has learned from, so that it knows them again where no static
/// table is at hand.
struct Acquaintances {
  std::vector<std::string> ids;
  std::vector<CategoryColumn> columns;
  std::vector<std::size_t> categories;  ///< [ids × columns] rows among the rows of all columns
};
Acquaintances acquaintances_of(const Panel& panel);

struct SeriesIdentity {
  std::size_t series = 0;               ///< row among the series, 0 unknown
  std::vector<std::size_t> categories;  ///< by column: row among the rows of all columns
};
/// What the panel's static table says of a series goes before what is remembered of it.
std::vector<SeriesIdentity> identities_of(const Panel& panel, const Acquaintances& known);

/// As parts of a model's file, and back. Loading throws InputError.
void save_acquaintances(TensorFile& file, const Acquaintances& known);
Acquaintances load_acquaintances(const TensorFile& file);

}  // namespace restock::forecasting
