#include "env/core/json_writer.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "env/core/error.h"
#include "env/core/keyed_random.h"

namespace restock {

namespace {

template <class T>
std::string written(const T& value) {
  return JsonWriter().value(value).text();
}

}  // namespace

TEST_CASE("values print as JSON") {
  CHECK(written(true) == "true");
  CHECK(written(nullptr) == "null");
  CHECK(written(-7) == "-7");
  CHECK(written(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
  CHECK(written("a") == "\"a\"");
  CHECK(written(std::string("b")) == "\"b\"");
  CHECK(written(std::vector<int>{}) == "[]");
  CHECK(written(std::vector<std::vector<int>>{{1, 2}, {}}) == "[[1, 2], []]");
}

TEST_CASE("doubles print with the shortest digits that read back the same") {
  CHECK(written(0.1) == "0.1");
  CHECK(written(3.0) == "3");
  CHECK(written(1e300) == "1e+300");
  CHECK(written(std::nan("")) == "null");
  CHECK(written(std::numeric_limits<double>::infinity()) == "null");
  CHECK(written(-std::numeric_limits<double>::infinity()) == "null");
  const Stream stream({}, Purpose::search, 0);
  for (int day = 0; day < 1000; ++day) {
    const double number =
        (stream.uniform(day) - 0.5) * std::ldexp(1.0, static_cast<int>(stream.below(600, day, 1)) - 300);
    CHECK(nlohmann::json::parse(written(number)).get<double>() == number);
  }
}

TEST_CASE("objects and arrays nest, on one line or indented") {
  const auto write = [](int indent) {
    JsonWriter json(indent);
    json.begin_object()
        .member("a", 1)
        .key("b")
        .begin_array()
        .value("x")
        .begin_object()
        .end_object()
        .end_array();
    json.key("c").begin_object().member("d", std::vector<double>{0.5}).end_object().end_object();
    return json.text();
  };
  CHECK(write(0) == R"({"a": 1, "b": ["x", {}], "c": {"d": [0.5]}})");
  CHECK(write(2) == R"({
  "a": 1,
  "b": [
    "x",
    {}
  ],
  "c": {
    "d": [
      0.5
    ]
  }
})");
}

TEST_CASE("strings are escaped as RFC 8259 asks") {
  CHECK(written("\"\\/\b\f\n\r\t\x01\x1f\x7f") == "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\"");
  CHECK(written(std::string("a\0b", 3)) == "\"a\\u0000b\"");
  CHECK(written("Käse €  𝄞") == "\"Käse €  𝄞\"");
}

TEST_CASE("bytes that are no UTF-8 are replaced") {
  const std::string replacement = "\xEF\xBF\xBD";
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"\x80", replacement},
      {"\xff\xfe", replacement + replacement},
      {"a\xc3", "a" + replacement},
      {"\xc0\xaf", replacement + replacement},                    // overlong
      {"\xe0\x80\xaf", replacement + replacement + replacement},  // overlong
      {"\xed\xa0\x80", replacement + replacement + replacement},  // surrogate
      {"\xf0\x80\x80\x80", replacement + replacement + replacement + replacement},
      {"\xf4\x90\x80\x80", replacement + replacement + replacement + replacement},  // beyond U+10FFFF
      {"\xe2\x82z", replacement + replacement + "z"},
      {"\xed\x9f\xbf", "\xed\x9f\xbf"},
      {"\xf4\x8f\xbf\xbf", "\xf4\x8f\xbf\xbf"}};
  for (const auto& [bytes, expected] : cases) CHECK(written(bytes) == "\"" + expected + "\"");
}

TEST_CASE("any bytes become JSON that others read") {
  const Stream stream({}, Purpose::search, 1);
  for (int day = 0; day < 2000; ++day) {
    std::string bytes;
    const std::uint64_t size = stream.below(12, day);
    for (std::uint64_t k = 1; k <= size; ++k) bytes += static_cast<char>(stream.below(256, day, k));
    CHECK_NOTHROW(nlohmann::json::parse(written(bytes)));
  }
}

TEST_CASE("an estimate has a mean and a half-width") {
  JsonWriter json;
  json.begin_object();
  write_estimate(json, "cost", 6.5, 0.25);
  CHECK(json.end_object().text() == R"({"cost": {"mean": 6.5, "half_width": 0.25}})");
}

TEST_CASE("closing what is not open is an error of the program") {
  CHECK_THROWS_AS(JsonWriter().end_object(), InvariantError);
  CHECK_THROWS_AS(JsonWriter().key("a"), InvariantError);
  CHECK_THROWS_AS(JsonWriter().begin_object().key("a").end_object(), InvariantError);
}

}  // namespace restock
