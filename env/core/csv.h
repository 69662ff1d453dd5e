// A strict, streaming CSV reader: a header line, then rows of exactly as many fields. RFC 4180 quoting. Every
// error names file, row and column. Lines, fields and the number of columns are bounded, so that hostile
// files cannot exhaust memory.
#pragma once

#include <fstream>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "env/core/error.h"

namespace restock {

class CsvReader {
 public:
  static constexpr std::size_t kMaximumLineBytes = 1 << 20;
  static constexpr std::size_t kMaximumColumns = 4096;

  /// Opens the file and reads the header. Throws InputError.
  explicit CsvReader(const std::string& file);

  const std::vector<std::string>& header() const noexcept { return header_; }
  /// Index of a column; throws InputError that lists the columns there are.
  std::size_t column(std::string_view name) const;
  std::optional<std::size_t> find_column(std::string_view name) const;
  /// The first of these that the file has: a column under one of its usual names.
  std::optional<std::size_t> find_column(std::initializer_list<std::string_view> names) const;
  /// The same; throws InputError that lists the columns there are.
  std::size_t column(std::initializer_list<std::string_view> names) const;

  /// Reads the next row into fields(); false at the end. Blank lines are skipped. Throws InputError; the next
  /// call then goes on with the line below.
  bool next();
  const std::vector<std::string>& fields() const noexcept { return fields_; }
  /// 1-based line in the file of the current row.
  std::size_t line() const noexcept { return line_; }

  /// The field as a finite number within the bounds, or InputError at file:line: column.
  double number(std::size_t column, double minimum, double maximum) const;
  std::int64_t integer(std::size_t column, std::int64_t minimum, std::int64_t maximum) const;
  /// Throws the InputError for the current row.
  [[noreturn]] void fail(std::size_t column, const std::string& message) const;

 private:
  bool read_record(std::vector<std::string>& fields);
  void skip_line();
  std::string file_;
  std::ifstream stream_;
  std::vector<std::string> header_;
  std::vector<std::string> fields_;
  std::size_t line_ = 0;
  std::size_t next_line_ = 1;
};

/// A field as CSV needs it: quoted where it holds a comma, a quote or a line break.
std::string csv_field(std::string_view text);

}  // namespace restock
