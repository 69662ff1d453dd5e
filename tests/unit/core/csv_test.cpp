#include "env/core/csv.h"

#include <catch2/catch.hpp>
#include <limits>

#include "env/core/keyed_random.h"
#include "tests/unit/core/temporary_folder.h"

namespace restock {

namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(CsvReader& reader) {
  Rows rows;
  while (reader.next()) rows.push_back(reader.fields());
  return rows;
}

/// Header and rows of a text, or the error message.
Rows parsed(std::string_view text) {
  const TemporaryFolder folder;
  CsvReader reader(folder.file_with("f.csv", text));
  Rows rows = rows_of(reader);
  rows.insert(rows.begin(), reader.header());
  return rows;
}

std::string error_of(std::string_view text) {
  try {
    parsed(text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("after a row that is none the reader goes on with the line below") {
  const TemporaryFolder folder;
  CsvReader reader(folder.file_with("f.csv", "a,b\n1,2\nx\"y,3\n4\n5,6\n"));
  REQUIRE(reader.next());
  CHECK_THROWS_WITH(reader.next(), Catch::Contains("f.csv:3"));
  CHECK_THROWS_WITH(reader.next(), Catch::Contains("f.csv:4"));
  REQUIRE(reader.next());
  CHECK(reader.line() == 5);
  CHECK(reader.fields() == std::vector<std::string>{"5", "6"});
  CHECK_FALSE(reader.next());
}

TEST_CASE("plain, quoted and empty fields are read") {
  CHECK(parsed("a,b\n1,2\n3,4\n") == Rows{{"a", "b"}, {"1", "2"}, {"3", "4"}});
  CHECK(parsed("a,b\n1,2") == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(parsed("a,b\n,\n") == Rows{{"a", "b"}, {"", ""}});
  CHECK(parsed("a,b\n\"x,\"\"y\"\"\",\"two\nlines\"\n") == Rows{{"a", "b"}, {"x,\"y\"", "two\nlines"}});
  CHECK(parsed("\"a\",b\n\"\",2\n") == Rows{{"a", "b"}, {"", "2"}});
  CHECK(parsed("a\n x \n") == Rows{{"a"}, {" x "}});
  CHECK(parsed("a,b\n") == Rows{{"a", "b"}});
}

TEST_CASE("a byte order mark, CRLF and blank lines are tolerated") {
  CHECK(parsed("\xEF\xBB\xBF"
               "a,b\r\n1,2\r\n\r\n\n3,4\r\n") == Rows{{"a", "b"}, {"1", "2"}, {"3", "4"}});
  CHECK(parsed("\n\r\na\n1\r") == Rows{{"a"}, {"1"}});
}

TEST_CASE("hostile files are refused with file, line and reason") {
  const std::string long_line = "a,b\n1," + std::string(CsvReader::kMaximumLineBytes, 'x') + "\n";
  const std::string open_quote = "a,b\n1,\"" + std::string(CsvReader::kMaximumLineBytes, '\n') + "\n";
  std::string many_columns = "c0";
  for (std::size_t i = 1; i <= CsvReader::kMaximumColumns; ++i) many_columns += ",c" + std::to_string(i);
  struct Case {
    std::string text;
    std::string where;
    std::string reason;
  };
  const std::vector<Case> cases = {
      {"", "f.csv:1: ", "is empty"},
      {"\xEF\xBB\xBF", "f.csv:1: ", "is empty"},
      {"\n\n\n", "f.csv:4: ", "is empty"},
      {"a,b\n1\n", "f.csv:2: ", "1 fields, expected 2"},
      {"a,b\n1,2\n\n1,2,3\n", "f.csv:4: ", "3 fields, expected 2"},
      {"a,a\n", "f.csv:1: ", "two columns have the name 'a'"},
      {"a,,b\n", "f.csv:1: ", "column 2 of the header has no name"},
      {"a,\n", "f.csv:1: ", "column 2 of the header has no name"},
      {"a,b\n1,\"2\n", "f.csv:3: ", "the quotes that open in line 2"},
      {"a,b\n1,\"2", "f.csv:2: ", "the file ends inside the quotes"},
      {"a,b\n\"1\"x,2\n", "f.csv:2: ", "after a closing quote stands 'x'"},
      {"a,b\n1\",2\n", "f.csv:2: ", "a quote inside a field"},
      {"a,b\n1,2\rc,d\n", "f.csv:2: ", "carriage return"},
      {std::string("a,b\n1,\0", 7), "f.csv:2: ", "NUL"},
      {std::string("a,b\n\"\0\",1", 9), "f.csv:2: ", "NUL"},
      {std::string("\xFF\xFE"
                   "a\0,\0",
                   6),
       "f.csv:1: ", "NUL"},
      {long_line, "f.csv:2: ", "longer than 1048576 bytes"},
      {open_quote, "f.csv:", "longer than 1048576 bytes"},
      {std::string(CsvReader::kMaximumLineBytes + 1, 'x'), "f.csv:1: ", "longer than"},
      {many_columns, "f.csv:1: ", "more than 4096 columns"},
      {std::string(100'000, ','), "f.csv:1: ", "more than 4096 columns"},
  };
  for (const Case& c : cases) {
    INFO(c.text.substr(0, 40));
    CHECK_THAT(error_of(c.text), Catch::Contains(c.where) && Catch::Contains(c.reason));
  }
}

TEST_CASE("a name without a readable file is refused") {
  const TemporaryFolder folder;
  CHECK_THROWS_AS(CsvReader(folder.file("missing.csv")), InputError);
  CHECK_THROWS_WITH(CsvReader(folder.file("")), Catch::Contains("is a folder"));
}

TEST_CASE("columns are found by name, and a wrong name brings a suggestion") {
  const TemporaryFolder folder;
  const CsvReader reader(folder.file_with("f.csv", "unique_id,ds,y\n"));
  CHECK(reader.column("ds") == 1);
  CHECK(reader.find_column("y") == 2);
  CHECK_FALSE(reader.find_column("z"));
  CHECK_THROWS_WITH(reader.column("uniqe_id"),
                    Catch::Contains("f.csv:1: no column 'uniqe_id', did you mean 'unique_id'? "
                                    "The columns are 'unique_id', 'ds', 'y'"));
  CHECK_THROWS_WITH(reader.column("price"), Catch::Contains("no column 'price'. The columns are"));
}

TEST_CASE("numbers are read whole, finite and within their bounds") {
  const TemporaryFolder folder;
  CsvReader reader(folder.file_with("f.csv", "y\n12\n-0.5\n1e3\n5.0\n"));
  REQUIRE(reader.next());
  CHECK(reader.number(0, 0, 100) == 12);
  CHECK(reader.integer(0, 0, 100) == 12);
  CHECK_THROWS_WITH(reader.number(0, 0, 11.5),
                    Catch::Contains("f.csv:2: column 'y': '12', expected a number in [0, 11.5]"));
  CHECK_THROWS_WITH(reader.integer(0, 13, 20),
                    Catch::Contains("f.csv:2: column 'y': '12', expected a whole number in [13, 20]"));
  REQUIRE(reader.next());
  CHECK(reader.number(0, -1, 1) == -0.5);
  CHECK_THROWS_AS(reader.integer(0, -1, 1), InputError);
  REQUIRE(reader.next());
  CHECK(reader.number(0, 0, 1e4) == 1000);
  CHECK(reader.integer(0, 0, 10'000) == 1000);
  REQUIRE(reader.next());
  CHECK(reader.integer(0, 0, 10) == 5);
  CHECK_FALSE(reader.next());
}

TEST_CASE("what is no number is refused") {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const TemporaryFolder folder;
  for (const std::string text : {"\"\"", "nan", "inf", "-inf", "1e999", "0x10", "1,5", " 1", "1 ", "+1",
                                 "--1", "1.2.3", "abc", "1e", "٣"}) {
    INFO(text);
    CsvReader reader(folder.file_with("f.csv", "y,z\n\"" + (text == "\"\"" ? "" : text) + "\",1\n"));
    REQUIRE(reader.next());
    CHECK_THROWS_AS(reader.number(0, -kInfinity, kInfinity), InputError);
    CHECK_THROWS_AS(
        reader.integer(0, std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()),
        InputError);
  }
  CsvReader reader(folder.file_with("f.csv", "y,z\n,1\n"));
  REQUIRE(reader.next());
  CHECK_THROWS_WITH(reader.number(0, 0, 1),
                    Catch::Contains("column 'y': empty, expected a number in [0, 1]"));
}

TEST_CASE("the line of a row is where it begins") {
  const TemporaryFolder folder;
  CsvReader reader(folder.file_with("f.csv", "a\n\"x\ny\"\n\nz\n"));
  REQUIRE(reader.next());
  CHECK(reader.line() == 2);
  REQUIRE(reader.next());
  CHECK(reader.line() == 5);
}

TEST_CASE("any fields survive writing and reading") {
  constexpr std::string_view kAlphabet = "ab,\"\n\r \xc3\xa4";
  const Stream stream({}, Purpose::search, 2);
  Rows rows = {{"first", "second"}};
  std::string text = "first,second\n";
  for (int day = 0; day < 2000; ++day) {
    rows.push_back({"x", ""});
    const std::uint64_t size = stream.below(8, day);
    for (std::uint64_t k = 1; k <= size; ++k)
      rows.back()[1] += kAlphabet[stream.below(kAlphabet.size(), day, k)];
    text += csv_field(rows.back()[0]) + "," + csv_field(rows.back()[1]) + "\n";
  }
  CHECK(parsed(text) == rows);
}

TEST_CASE("no sequence of bytes does worse than an input error") {
  constexpr std::string_view kAlphabet("a1,\"\"\n\r\0\xff.", 10);
  const Stream stream({}, Purpose::search, 3);
  const TemporaryFolder folder;
  int refused = 0;
  for (int day = 0; day < 1000; ++day) {
    std::string text;
    const std::uint64_t size = stream.below(40, day);
    for (std::uint64_t k = 1; k <= size; ++k) text += kAlphabet[stream.below(kAlphabet.size(), day, k)];
    try {
      CsvReader reader(folder.file_with("f.csv", text));
      for (const auto& row : rows_of(reader)) CHECK(row.size() == reader.header().size());
    } catch (const InputError&) {
      ++refused;
    }
  }
  CHECK(refused > 300);
  CHECK(refused < 1000);
}

}  // namespace restock
