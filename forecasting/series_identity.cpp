#include "forecasting/series_identity.h"

#include <fmt/format.h>

#include <map>
#include <unordered_map>

#include "forecasting/model.h"

namespace restock::forecasting {

std::vector<CategoryColumn> categories_of(const Panel& panel) {
  std::vector<CategoryColumn> columns;
  for (const StaticColumn& column : panel.statics) {
    std::map<std::string_view, std::size_t> counts;
    for (const std::string& value : column.values) ++counts[value];
    CategoryColumn category{column.name, {}};
    for (const auto& [value, count] : counts)
      if (!value.empty() && count >= 2 && count < panel.series()) category.values.emplace_back(value);
    if (!category.values.empty()) columns.push_back(std::move(category));
  }
  return columns;
}

std::size_t category_rows(std::span<const CategoryColumn> columns) {
  std::size_t rows = 0;
  for (const CategoryColumn& column : columns) rows += column.values.size() + 1;
  return rows;
}

std::vector<SeriesIdentity> identities_of(const Panel& panel, std::span<const std::string> known_ids,
                                          std::span<const CategoryColumn> columns) {
  std::unordered_map<std::string_view, std::size_t> row_of;
  for (std::size_t row = 0; row < known_ids.size(); ++row) row_of.emplace(known_ids[row], row + 1);
  std::vector<SeriesIdentity> identities(panel.series());
  for (std::size_t s = 0; s < panel.series(); ++s) {
    const auto found = row_of.find(panel.ids[s]);
    if (found != row_of.end()) identities[s].series = found->second;
  }
  std::size_t first = 0;
  for (const CategoryColumn& column : columns) {
    row_of.clear();
    for (std::size_t k = 0; k < column.values.size(); ++k) row_of.emplace(column.values[k], k + 1);
    const StaticColumn* own = panel.find_static(column.name);
    for (std::size_t s = 0; s < panel.series(); ++s) {
      const auto found = own == nullptr ? row_of.end() : row_of.find(own->values[s]);
      identities[s].categories.push_back(first + (found == row_of.end() ? 0 : found->second));
    }
    first += column.values.size() + 1;
  }
  return identities;
}

void save_categories(TensorFile& file, std::span<const CategoryColumn> columns) {
  file.set_number("category_columns", static_cast<std::int64_t>(columns.size()));
  for (std::size_t c = 0; c < columns.size(); ++c) {
    file.metadata[fmt::format("category_{}", c)] = columns[c].name;
    file.metadata[fmt::format("category_{}_values", c)] = join_ids(columns[c].values);
  }
}

std::vector<CategoryColumn> load_categories(const TensorFile& file) {
  constexpr std::int64_t kMostColumns = 100;
  const auto count = static_cast<std::size_t>(file.number("category_columns", 0, kMostColumns));
  std::vector<CategoryColumn> columns;
  for (std::size_t c = 0; c < count; ++c) {
    columns.push_back({file.text(fmt::format("category_{}", c)),
                       split_ids(file.text(fmt::format("category_{}_values", c)))});
  }
  return columns;
}

}  // namespace restock::forecasting
