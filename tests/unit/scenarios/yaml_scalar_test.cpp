#include "scenarios/yaml_scalar.h"

#include <catch2/catch.hpp>
#include <limits>

namespace restock::scenarios {

namespace {

YamlNode scalar(const std::string& text, bool quoted = false) {
  YamlNode node;
  node.kind = YamlKind::scalar;
  node.text = text;
  node.quoted = quoted;
  return node;
}

}  // namespace

TEST_CASE("numbers are read in decimal notation") {
  const std::vector<std::pair<std::string, double>> cases{
      {"0", 0},        {"-0.5", -0.5},   {"+3", 3},
      {".5", 0.5},     {"5.", 5},        {"1e3", 1000},
      {"1E-3", 0.001}, {"100_000", 1e5}, {"1_0.2_5e1_0", 10.25e10},
      {"0.1", 0.1},    {"1e+2", 100},    {"-1", -1},
      {"1e308", 1e308}};
  for (const auto& [text, value] : cases) {
    INFO(text);
    REQUIRE(parse_number(scalar(text)).value.has_value());
    CHECK(*parse_number(scalar(text)).value == value);
  }
}

TEST_CASE("what is no finite decimal number is refused") {
  for (const std::string text :
       {"",      "-",      ".",    "e3",   "1e",   "1e+",  "_1",   "1_",    "1__0", "1_.5", "010",
        "00",    "-01",    "0x1F", "0o17", "0b1",  "1:30", ".inf", "-.inf", ".nan", "nan",  "inf",
        "1e999", "1e-999", "1,5",  "1 2",  "five", "1f",   "--1",  "+-1",   "0_1"}) {
    INFO(text);
    CHECK_FALSE(parse_number(scalar(text)).value.has_value());
    CHECK_FALSE(parse_whole_number(scalar(text)).value.has_value());
  }
  CHECK_FALSE(parse_number(scalar("5", true)).value.has_value());
}

TEST_CASE("whole numbers are exact") {
  CHECK(*parse_whole_number(scalar("9223372036854775807")).value == std::numeric_limits<std::int64_t>::max());
  CHECK(*parse_whole_number(scalar("-9223372036854775808")).value ==
        std::numeric_limits<std::int64_t>::min());
  CHECK(*parse_whole_number(scalar("9007199254740993")).value == 9007199254740993);
  CHECK(*parse_whole_number(scalar("1e3")).value == 1000);
  CHECK(*parse_whole_number(scalar("2.5e1")).value == 25);
  CHECK(*parse_whole_number(scalar("100_000")).value == 100'000);
  CHECK_FALSE(parse_whole_number(scalar("9223372036854775808")).value.has_value());
  CHECK_FALSE(parse_whole_number(scalar("2.5")).value.has_value());
  CHECK_FALSE(parse_whole_number(scalar("1e17")).value.has_value());
  CHECK_FALSE(parse_whole_number(scalar("1e-1")).value.has_value());
}

TEST_CASE("flags are true and false, nothing else") {
  CHECK(*parse_flag(scalar("true")).value);
  CHECK_FALSE(*parse_flag(scalar("false")).value);
  for (const std::string text : {"yes", "no", "on", "off", "True", "1", "0", ""}) {
    INFO(text);
    CHECK_FALSE(parse_flag(scalar(text)).value.has_value());
  }
  CHECK_FALSE(parse_flag(scalar("true", true)).value.has_value());
}

TEST_CASE("messages show what was written") {
  CHECK(shown(scalar("-2")) == "-2");
  CHECK(shown(scalar("abc")) == "'abc'");
  CHECK(shown(scalar("5", true)) == "\"5\"");
  CHECK(shown(scalar("")) == "an empty text");
  CHECK(shown(YamlNode{}) == "no value");
  CHECK(shown_range(0, 365) == " in [0, 365]");
  CHECK(shown_range(0, std::numeric_limits<double>::infinity()) == " of at least 0");
  CHECK(shown_range(-std::numeric_limits<double>::infinity(), 1) == " of at most 1");
}

}  // namespace restock::scenarios
