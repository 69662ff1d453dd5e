// What a scalar means, decided by the field that it is read into. Numbers are decimal: 12, -0.5, 1e-3,
// 100_000. Not read: 010 (eight to some, ten to others), 0x1F, 1:30, .inf, .nan, and numbers in quotes, which
// are texts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "scenarios/yaml_node.h"

namespace restock::scenarios {

/// A value, or why there is none: "" or a remark such as " (in quotes, so a text)".
template <class T>
struct Parsed {
  std::optional<T> value;
  std::string remark;
};

Parsed<double> parse_number(const YamlNode& node);
/// A number without a fraction, in any of the notations: 1000, 1_000, 1e3.
Parsed<std::int64_t> parse_whole_number(const YamlNode& node);
/// true or false.
Parsed<bool> parse_flag(const YamlNode& node);

/// What a person wrote, for a message: -2, 'abc', "5", a list, a map, no value.
std::string shown(const YamlNode& node);

/// "in [0, 365]", "of at least 0", "of at most 1", or "" where the bounds are infinite; begins with a space.
std::string shown_range(double minimum, double maximum);

}  // namespace restock::scenarios
