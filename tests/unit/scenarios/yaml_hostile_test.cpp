// Whatever the bytes are, reading ends soon: in a configuration or in an InputError.
#include <catch2/catch.hpp>
#include <ctime>

#include "scenarios/yaml_reader.h"
#include "tests/unit/scenarios/sample_config.h"

namespace restock::scenarios {

namespace {

/// Reads the text; true where it is a configuration. Anything thrown but InputError ends the test.
bool reads(const std::string& text) {
  try {
    read_yaml_text<Sample>(text, "f");
    return true;
  } catch (const InputError& error) {
    if (error.problems().empty()) throw std::logic_error("an InputError without a problem");
    return false;
  }
}

/// Of the processor, so that other programs do not count.
double seconds_for(const std::string& text) {
  const std::clock_t start = std::clock();
  reads(text);
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

std::string repeated(const std::string& text, std::size_t bytes) {
  std::string result;
  while (result.size() < bytes) result += text;
  return result;
}

}  // namespace

TEST_CASE("every beginning of a good file is read or refused") {
  const std::string good = kGoodSample;
  std::size_t refused = 0;
  for (std::size_t size = 0; size < good.size(); ++size)
    if (!reads(good.substr(0, size))) ++refused;
  CHECK(reads(good));
  CHECK(refused > good.size() * 9 / 10);
}

TEST_CASE("every change of one byte is read or refused") {
  const std::string good = kGoodSample;
  const std::string interesting = std::string("\0\x04\t\r\n :-,[]{}#&*!|>'\"%@`?~<0\x7f\x80\xC2\xFF", 33);
  std::size_t refused = 0;
  for (std::size_t i = 0; i < good.size(); ++i)
    for (const char c : interesting) {
      std::string text = good;
      text[i] = c;
      if (!reads(text)) ++refused;
    }
  CHECK(refused > 0);
}

TEST_CASE("random changes of several bytes are read or refused") {
  const std::string good = kGoodSample;
  const std::string bytes = " \n:-,[]{}#&*!|>'\"%?\\a1.\t";
  std::size_t refused = 0;
  for (std::uint64_t round = 0; round < 5000; ++round) {
    std::string text = good;
    std::uint64_t state = round * 0x9E3779B97F4A7C15ULL + 1;
    const auto next = [&](std::size_t bound) {
      state ^= state << 13;
      state ^= state >> 7;
      state ^= state << 17;
      return static_cast<std::size_t>(state % bound);
    };
    for (std::size_t k = 0; k <= round % 6; ++k) {
      const std::size_t at = next(text.size());
      if (next(3) == 0) {
        text.erase(at, 1 + next(8));
      } else {
        text.insert(at, 1 + next(3), bytes[next(bytes.size())]);
      }
    }
    if (!reads(text)) ++refused;
  }
  CHECK(refused > 0);
}

TEST_CASE("long texts of one pattern take bounded time") {
  constexpr std::size_t kBytes = std::size_t{1} << 19;
  for (const std::string pattern :
       {"[",   "{",  "- ", "? ",    ": ",         "\"",  "'",       "#",      "a ",   "a: ",     "&a ",
        "*a ", "!",  ",",  "---\n", "...\n",      "-\n", "a\n",     "[a, ",   "{a: ", "&a [",    "? a\n",
        "a, ", "[]", "\\", "|\n ",  "%TAG ! a\n", "\n",  "a: {b: ", "- |\n ", "!<",   "<<: *a\n"}) {
    INFO(pattern);
    CHECK(seconds_for(repeated(pattern, kBytes)) < 10);
  }
}

TEST_CASE("many unknown and many different keys take bounded time") {
  std::string text;
  for (int i = 0; text.size() < (std::size_t{1} << 10); ++i) text += "key" + std::to_string(i) + ": 1\n";
  CHECK(seconds_for(text) < 10);
}

}  // namespace restock::scenarios
