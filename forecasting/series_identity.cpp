#include "forecasting/series_identity.h"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <unordered_map>

#include "forecasting/model.h"

namespace restock::forecasting {

namespace {

/// Columns of the panel's static table that tell groups of series apart: values that at least two series
/// share and not all.
std::vector<CategoryColumn> columns_of(const Panel& panel) {
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

using RowOf = std::unordered_map<std::string_view, std::size_t>;

/// Row k + 1 for name k.
RowOf rows_by_name(std::span<const std::string> names) {
  RowOf row_of;
  for (std::size_t k = 0; k < names.size(); ++k) row_of.emplace(names[k], k + 1);
  return row_of;
}

std::size_t row_in(const RowOf& row_of, const std::string& name) {
  const auto found = row_of.find(name);
  return found == row_of.end() ? 0 : found->second;
}

std::string values_of(std::size_t column) {
  return fmt::format("category_{}_values", column);
}

/// The rows among all columns' that the file gives each series.
std::vector<std::size_t> load_rows(const TensorFile& file, const Acquaintances& known) {
  const std::size_t width = known.columns.size();
  std::vector<std::size_t> rows;
  for (const float value : file.get("series_categories", {known.ids.size(), width})) {
    std::size_t first = 0;
    for (std::size_t c = 0; c < rows.size() % width; ++c) first += known.columns[c].values.size() + 1;
    const auto last = static_cast<float>(first + known.columns[rows.size() % width].values.size());
    if (value < static_cast<float>(first) || value > last || value != std::floor(value))
      file.fail("tensor 'series_categories' holds a number that is no row of its column");
    rows.push_back(static_cast<std::size_t>(value));
  }
  return rows;
}

}  // namespace

std::size_t category_rows(std::span<const CategoryColumn> columns) {
  std::size_t rows = 0;
  for (const CategoryColumn& column : columns) rows += column.values.size() + 1;
  return rows;
}

Acquaintances acquaintances_of(const Panel& panel) {
  Acquaintances known{panel.ids, columns_of(panel), {}};
  for (const SeriesIdentity& one : identities_of(panel, known))
    known.categories.insert(known.categories.end(), one.categories.begin(), one.categories.end());
  return known;
}

std::vector<SeriesIdentity> identities_of(const Panel& panel, const Acquaintances& known) {
  const RowOf row_of = rows_by_name(known.ids);
  std::vector<SeriesIdentity> identities(panel.series());
  for (std::size_t s = 0; s < panel.series(); ++s) identities[s].series = row_in(row_of, panel.ids[s]);
  std::size_t first = 0;
  for (std::size_t c = 0; c < known.columns.size(); ++c) {
    const CategoryColumn& column = known.columns[c];
    const StaticColumn* own = panel.find_static(column.name);
    const RowOf value_row = rows_by_name(column.values);
    for (std::size_t s = 0; s < panel.series(); ++s) {
      const std::size_t row = identities[s].series;
      const bool remembered = own == nullptr && row > 0;
      identities[s].categories.push_back(
          remembered ? known.categories[(row - 1) * known.columns.size() + c]
                     : first + (own == nullptr ? 0 : row_in(value_row, own->values[s])));
    }
    first += column.values.size() + 1;
  }
  return identities;
}

void save_acquaintances(TensorFile& file, const Acquaintances& known) {
  file.metadata["ids"] = join_ids(known.ids);
  file.set_number("category_columns", static_cast<std::int64_t>(known.columns.size()));
  for (std::size_t c = 0; c < known.columns.size(); ++c) {
    file.metadata[fmt::format("category_{}", c)] = known.columns[c].name;
    file.metadata[values_of(c)] = join_ids(known.columns[c].values);
  }
  file.set("series_categories", {known.ids.size(), known.columns.size()},
           {known.categories.begin(), known.categories.end()});
}

Acquaintances load_acquaintances(const TensorFile& file) {
  constexpr std::int64_t kMostColumns = 100;
  Acquaintances known{split_ids(file.text("ids")), {}, {}};
  const auto count = static_cast<std::size_t>(file.number("category_columns", 0, kMostColumns));
  for (std::size_t c = 0; c < count; ++c)
    known.columns.push_back({file.text(fmt::format("category_{}", c)), split_ids(file.text(values_of(c)))});
  known.categories = load_rows(file, known);
  return known;
}

}  // namespace restock::forecasting
