// Columns of a user's table under one of their usual names.
#pragma once

#include <initializer_list>
#include <optional>
#include <string_view>

#include "env/core/csv.h"

namespace restock::experiments {

using ColumnNames = std::initializer_list<std::string_view>;

/// The first of these that the table has.
inline std::optional<std::size_t> first_column(const CsvReader& csv, ColumnNames names) {
  for (const std::string_view name : names)
    if (const auto column = csv.find_column(name)) return column;
  return std::nullopt;
}

/// Throws InputError, which lists the columns there are.
inline std::size_t required_column(const CsvReader& csv, ColumnNames names) {
  const auto column = first_column(csv, names);
  return column ? *column : csv.column(*names.begin());
}

}  // namespace restock::experiments
