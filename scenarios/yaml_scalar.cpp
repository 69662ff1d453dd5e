#include "scenarios/yaml_scalar.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

#include "env/core/suggest.h"

namespace restock::scenarios {

namespace {

constexpr double kLargestExactWhole = 9007199254740992.0;  // 2^53

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

/// What has been read of a number so far. An underscore may stand between two digits.
struct NumberText {
  std::string digits;  ///< without underscores
  bool has_leading_zero = false;
  bool has_fraction_or_exponent = false;
};

/// Reads digits from `at` on; how many there were.
std::size_t read_digits(std::string_view text, std::size_t& at, std::string& digits) {
  std::size_t count = 0;
  for (; at < text.size(); ++at) {
    const bool joins =
        text[at] == '_' && count > 0 && at + 1 < text.size() && is_digit(text[at + 1]) && text[at - 1] != '_';
    if (joins) continue;
    if (!is_digit(text[at])) break;
    digits += text[at];
    ++count;
  }
  return count;
}

bool read_exponent(std::string_view text, std::size_t& at, NumberText& number) {
  if (at >= text.size() || (text[at] != 'e' && text[at] != 'E')) return true;
  number.has_fraction_or_exponent = true;
  number.digits += 'e';
  ++at;
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) number.digits += text[at++];
  return read_digits(text, at, number.digits) > 0;
}

/// [+-] digits [. digits] [e [+-] digits], with a digit before the exponent.
std::optional<NumberText> read_number_text(std::string_view text) {
  NumberText number;
  std::size_t at = 0;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    if (text[0] == '-') number.digits += '-';
    ++at;
  }
  const std::size_t begin = at;
  const std::size_t whole = read_digits(text, at, number.digits);
  number.has_leading_zero = whole > 1 && text[begin] == '0';
  std::size_t fraction = 0;
  if (at < text.size() && text[at] == '.') {
    number.has_fraction_or_exponent = true;
    number.digits += '.';
    ++at;
    fraction = read_digits(text, at, number.digits);
  }
  if (whole + fraction == 0 || !read_exponent(text, at, number) || at != text.size()) return std::nullopt;
  return number;
}

std::string remark_on(std::string_view text) {
  constexpr std::array<std::string_view, 12> no_finite_numbers{
      ".inf", ".Inf", ".INF", "-.inf", "-.Inf", "-.INF", "+.inf", ".nan", ".NaN", ".NAN", "inf", "nan"};
  for (const std::string_view name : no_finite_numbers)
    if (text == name) return " (it has to be finite)";
  if (text.starts_with("0x") || text.starts_with("0o") || text.starts_with("0b")) return " (decimal)";
  return "";
}

Parsed<double> finite_number(const std::string& digits) {
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error == std::errc::result_out_of_range)
    return {std::nullopt, " (too large or too small for a double)"};
  if (error != std::errc{} || end != digits.data() + digits.size()) return {};
  return {value, ""};
}

/// The parts of a number, or why the node holds none.
Parsed<NumberText> number_text_of(const YamlNode& node) {
  if (!node.is(YamlKind::scalar)) return {};
  auto number = read_number_text(node.text);
  if (!number) return {std::nullopt, remark_on(node.text)};
  if (node.quoted) return {std::nullopt, " (in quotes it is a text)"};
  if (number->has_leading_zero) return {std::nullopt, " without leading zeros, which some read as octal"};
  return {std::move(number), ""};
}

}  // namespace

Parsed<double> parse_number(const YamlNode& node) {
  const Parsed<NumberText> number = number_text_of(node);
  if (!number.value) return {std::nullopt, number.remark};
  return finite_number(number.value->digits);
}

Parsed<std::int64_t> parse_whole_number(const YamlNode& node) {
  const Parsed<NumberText> number = number_text_of(node);
  if (!number.value) return {std::nullopt, number.remark};
  const std::string& digits = number.value->digits;
  if (!number.value->has_fraction_or_exponent) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error == std::errc{}) return {value, ""};
    return {std::nullopt, " (too large for 64 bits)"};
  }
  const Parsed<double> real = finite_number(digits);
  if (!real.value) return {std::nullopt, real.remark};
  if (std::trunc(*real.value) != *real.value) return {};
  if (std::abs(*real.value) > kLargestExactWhole)
    return {std::nullopt, " (write large ones without exponent)"};
  return {static_cast<std::int64_t>(*real.value), ""};
}

Parsed<bool> parse_flag(const YamlNode& node) {
  if (!node.is(YamlKind::scalar)) return {};
  const bool is_name = node.text == "true" || node.text == "false";
  if (is_name && node.quoted) return {std::nullopt, " (in quotes it is a text)"};
  if (!is_name) return {};
  return {node.text == "true", ""};
}

std::string shown(const YamlNode& node) {
  switch (node.kind) {
    case YamlKind::nothing:
      return "no value";
    case YamlKind::sequence:
      return "a list";
    case YamlKind::map:
      return "a map";
    case YamlKind::refused:
      return "something that is not read";
    case YamlKind::scalar:
      break;
  }
  if (node.text.empty()) return "an empty text";
  if (node.quoted) {
    const std::string text = in_quotes(node.text);
    return '"' + text.substr(1, text.size() - 2) + '"';
  }
  const bool is_number = node.text.size() <= 40 && read_number_text(node.text).has_value();
  return is_number ? node.text : in_quotes(node.text);
}

std::string shown_range(double minimum, double maximum) {
  const bool has_minimum = std::isfinite(minimum);
  const bool has_maximum = std::isfinite(maximum);
  if (has_minimum && has_maximum) return fmt::format(" in [{}, {}]", minimum, maximum);
  if (has_minimum) return fmt::format(" of at least {}", minimum);
  if (has_maximum) return fmt::format(" of at most {}", maximum);
  return "";
}

}  // namespace restock::scenarios
