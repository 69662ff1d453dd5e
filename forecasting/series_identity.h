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

/// Columns of the panel's static table that tell groups of series apart: values that at least two series
/// share and not all.
std::vector<CategoryColumn> categories_of(const Panel& panel);
/// Rows of all columns together, those of unknown values included.
std::size_t category_rows(std::span<const CategoryColumn> columns);

struct SeriesIdentity {
  std::size_t series = 0;               ///< row among the series, 0 unknown
  std::vector<std::size_t> categories;  ///< by column: row among the rows of all columns
};
std::vector<SeriesIdentity> identities_of(const Panel& panel, std::span<const std::string> known_ids,
                                          std::span<const CategoryColumn> columns);

/// As metadata of a model's file, and back. Loading throws InputError.
void save_categories(TensorFile& file, std::span<const CategoryColumn> columns);
std::vector<CategoryColumn> load_categories(const TensorFile& file);

}  // namespace restock::forecasting
