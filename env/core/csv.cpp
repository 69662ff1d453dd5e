#include "env/core/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <set>

#include "env/core/suggest.h"

namespace restock {

namespace {

constexpr int kEnd = std::char_traits<char>::eof();

/// Takes one record out of a stream, byte by byte.
class RecordParser {
 public:
  RecordParser(std::streambuf& in, const std::string& file, std::size_t& line)
      : in_(in), file_(file), line_(line) {}

  /// False where the stream has ended.
  bool read(std::vector<std::string>& fields) {
    fields_ = &fields;
    count_ = 0;
    if (in_.sgetc() == kEnd) return false;
    while (read_field()) {
    }
    fields.resize(count_);
    return true;
  }

 private:
  [[noreturn]] void fail(const std::string& message) const {
    throw InputError(std::vector<Problem>{{file_, line_, 0, {}, message}});
  }

  int take() {
    const int c = in_.sbumpc();
    if (c == 0) fail("holds a NUL byte; save the file as UTF-8 text");
    if (++bytes_ > CsvReader::kMaximumLineBytes) {
      fail(fmt::format("the row is longer than {} bytes; is a quote left open above?",
                       CsvReader::kMaximumLineBytes));
    }
    if (c == '\n') ++line_;
    return c;
  }

  std::string& next_field() {
    if (count_ == CsvReader::kMaximumColumns)
      fail(fmt::format("more than {} columns", CsvReader::kMaximumColumns));
    if (count_ == fields_->size()) fields_->emplace_back();
    std::string& field = (*fields_)[count_++];
    field.clear();
    return field;
  }

  /// True where another field follows in this record.
  bool read_field() {
    std::string& field = next_field();
    if (in_.sgetc() != '"') return read_plain(field);
    take();
    read_quoted(field);
    const int c = take();
    if (c == ',' || ends_record(c)) return c == ',';
    fail(fmt::format(
        "after a closing quote stands {}, expected a comma or the end of the line; write \"\" for a quote",
        in_quotes(std::string(1, static_cast<char>(c)))));
  }

  bool read_plain(std::string& field) {
    while (true) {
      const int c = take();
      if (c == ',' || ends_record(c)) return c == ',';
      if (c == '"')
        fail("a quote inside a field that does not begin with one; put the field in quotes and write \"\"");
      field += static_cast<char>(c);
    }
  }

  void read_quoted(std::string& field) {
    const std::size_t opened = line_;
    while (true) {
      const int c = take();
      if (c == kEnd) fail(fmt::format("the file ends inside the quotes that open in line {}", opened));
      if (c == '"' && in_.sgetc() != '"') return;
      if (c == '"') take();
      field += static_cast<char>(c);
    }
  }

  bool ends_record(int c) {
    if (c == '\r') {
      if (in_.sgetc() != '\n' && in_.sgetc() != kEnd) fail("a carriage return without a line feed");
      if (in_.sgetc() == '\n') take();
      return true;
    }
    return c == '\n' || c == kEnd;
  }

  std::streambuf& in_;
  const std::string& file_;
  std::size_t& line_;
  std::vector<std::string>* fields_ = nullptr;
  std::size_t count_ = 0;
  std::size_t bytes_ = 0;
};

template <class Number>
std::optional<Number> parsed(const std::string& text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

void skip_byte_order_mark(std::streambuf& in) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (in.sgetc() != 0xEF) return;
  for (std::size_t i = 0; i < kMark.size() && in.sgetc() == static_cast<unsigned char>(kMark[i]); ++i)
    in.sbumpc();
}

std::string shown(const std::string& field) {
  return field.empty() ? "empty" : in_quotes(field);
}

}  // namespace

CsvReader::CsvReader(const std::string& file) : file_(file), stream_(file, std::ios::binary) {
  std::error_code ignored;
  const auto refuse = [&](const std::string& message) {
    throw InputError(std::vector<Problem>{{file_, line_, 0, {}, message}});
  };
  if (std::filesystem::is_directory(file, ignored)) refuse("is a folder, expected a CSV file");
  if (!stream_) refuse("cannot be read; check the name and the permissions");
  skip_byte_order_mark(*stream_.rdbuf());
  if (!read_record(header_)) refuse("is empty, expected a header line with the names of the columns");
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < header_.size(); ++i) {
    if (header_[i].empty()) refuse(fmt::format("column {} of the header has no name", i + 1));
    if (!seen.insert(header_[i]).second)
      refuse(fmt::format("two columns have the name {}", in_quotes(header_[i])));
  }
}

bool CsvReader::read_record(std::vector<std::string>& fields) {
  try {
    do {
      line_ = next_line_;
      if (!RecordParser(*stream_.rdbuf(), file_, next_line_).read(fields)) return false;
    } while (fields.size() == 1 && fields[0].empty());
  } catch (const std::ios_base::failure&) {
    throw InputError(
        std::vector<Problem>{{file_, line_, 0, {}, "cannot be read any further (input/output error)"}});
  } catch (const InputError&) {
    skip_line();
    throw;
  }
  return true;
}

void CsvReader::skip_line() {
  std::streambuf& in = *stream_.rdbuf();
  for (int c = in.sgetc(); c != kEnd; c = in.sgetc()) {
    in.sbumpc();
    if (c != '\n') continue;
    ++next_line_;
    return;
  }
}

bool CsvReader::next() {
  if (!read_record(fields_)) return false;
  if (fields_.size() == header_.size()) return true;
  throw InputError(std::vector<Problem>{
      {file_,
       line_,
       0,
       {},
       fmt::format("{} fields, expected {} as in the header", fields_.size(), header_.size())}});
}

std::optional<std::size_t> CsvReader::find_column(std::string_view name) const {
  const auto found = std::find(header_.begin(), header_.end(), name);
  if (found == header_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - header_.begin());
}

std::optional<std::size_t> CsvReader::find_column(std::initializer_list<std::string_view> names) const {
  for (const std::string_view name : names)
    if (const auto column = find_column(name)) return column;
  return std::nullopt;
}

std::size_t CsvReader::column(std::initializer_list<std::string_view> names) const {
  const auto found = find_column(names);
  return found ? *found : column(*names.begin());
}

std::size_t CsvReader::column(std::string_view name) const {
  if (const auto found = find_column(name)) return *found;
  const std::vector<std::string_view> names(header_.begin(), header_.end());
  constexpr std::size_t kShown = 20;
  std::string there;
  for (std::size_t i = 0; i < std::min(names.size(), kShown); ++i)
    there += (i == 0 ? "" : ", ") + in_quotes(names[i]);
  if (names.size() > kShown) there += ", …";
  const std::string hint = did_you_mean(name, names);
  throw InputError(std::vector<Problem>{
      {file_,
       1,
       0,
       {},
       fmt::format("no column {}{} The columns are {}", in_quotes(name), hint.empty() ? "." : hint, there)}});
}

void CsvReader::fail(std::size_t column, const std::string& message) const {
  throw InputError(
      std::vector<Problem>{{file_, line_, 0, "column " + in_quotes(header_.at(column)), message}});
}

double CsvReader::number(std::size_t column, double minimum, double maximum) const {
  const std::string& field = fields_.at(column);
  const auto value = parsed<double>(field);
  if (value && std::isfinite(*value) && *value >= minimum && *value <= maximum) return *value;
  fail(column, fmt::format("{}, expected a number in [{}, {}]", shown(field), minimum, maximum));
}

std::int64_t CsvReader::integer(std::size_t column, std::int64_t minimum, std::int64_t maximum) const {
  const std::string& field = fields_.at(column);
  auto value = parsed<std::int64_t>(field);
  if (const auto real = parsed<double>(field); !value && real && std::fabs(*real) < 0x1p53) {
    if (std::floor(*real) == *real)
      value = static_cast<std::int64_t>(*real);  // 5.0, as many programs write 5
  }
  if (value && *value >= minimum && *value <= maximum) return *value;
  fail(column, fmt::format("{}, expected a whole number in [{}, {}]", shown(field), minimum, maximum));
}

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"') result += '"';
    result += c;
  }
  return result + '"';
}

}  // namespace restock
