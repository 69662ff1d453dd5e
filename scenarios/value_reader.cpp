#include "scenarios/value_reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "env/core/suggest.h"
#include "scenarios/yaml_scalar.h"

namespace restock::scenarios {

namespace {

void refuse(const ValueSource& from, const std::string& expected) {
  from.findings.add_unreadable(from.node, from.path,
                               fmt::format("{}, expected {}", shown(from.node), expected));
}

/// Stores the number, or the nearest one allowed with a problem.
template <class T>
void store_number(const ValueSource& from, T number, T& value) {
  const double minimum = from.info.minimum;
  const double maximum = from.info.maximum;
  const bool below = static_cast<double>(number) < minimum;
  const bool above = static_cast<double>(number) > maximum;
  if (below || above)
    from.findings.add_wrong(
        from.node, from.path,
        fmt::format("{}, expected {}", shown(from.node), expected_value(from.info, value)));
  value = below ? static_cast<T>(minimum) : above ? static_cast<T>(maximum) : number;
}

template <class T>
void read_number(const ValueSource& from, const Parsed<T>& parsed, T& value) {
  if (!parsed.value) return refuse(from, expected_value(from.info, value) + parsed.remark);
  store_number(from, *parsed.value, value);
}

}  // namespace

void read_value(const ValueSource& from, bool& value) {
  const Parsed<bool> parsed = parse_flag(from.node);
  if (!parsed.value) return refuse(from, expected_value(from.info, value) + parsed.remark);
  value = *parsed.value;
}

void read_value(const ValueSource& from, std::int64_t& value) {
  read_number(from, parse_whole_number(from.node), value);
}

void read_value(const ValueSource& from, double& value) {
  read_number(from, parse_number(from.node), value);
}

void read_value(const ValueSource& from, std::string& value) {
  if (!from.node.is(YamlKind::scalar)) return refuse(from, expected_value(from.info, value));
  if (from.node.text.empty()) return refuse(from, "a text, or no such key");
  value = from.node.text;
}

void read_value(const ValueSource& from, const ChoiceRef& value) {
  const auto& names = value.names;
  const std::string& text = from.node.text;
  const auto found = std::find(names.begin(), names.end(), text);
  if (from.node.is(YamlKind::scalar) && found != names.end())
    return value.set(static_cast<std::size_t>(found - names.begin()));
  refuse(from, fmt::format("one of {}{}", fmt::join(names, ", "), did_you_mean(text, names)));
}

std::string expected_value(const FieldInfo&, const bool&) {
  return "true or false";
}

std::string expected_value(const FieldInfo& info, const std::int64_t&) {
  return "a whole number" + shown_range(info.minimum, info.maximum);
}

std::string expected_value(const FieldInfo& info, const double&) {
  return "a number" + shown_range(info.minimum, info.maximum);
}

std::string expected_value(const FieldInfo&, const std::string&) {
  return "a text";
}

bool is_set(const FieldInfo& info, std::int64_t value) noexcept {
  return static_cast<double>(value) >= info.minimum && static_cast<double>(value) <= info.maximum;
}

bool is_set(const FieldInfo&, double value) noexcept {
  return !std::isnan(value);
}
bool is_set(const FieldInfo&, const std::string& value) noexcept {
  return !value.empty();
}
bool is_set(const FieldInfo&, const LawSpec& value) noexcept {
  return value.is_set();
}

}  // namespace restock::scenarios
