// Reads one node into one value: its type, its range, its law. A number out of range is noted and read as the
// nearest one allowed, so that what follows is judged as if it had been right; what is no number at all
// leaves the value as it was. Internal to this folder.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "env/core/description.h"
#include "scenarios/findings.h"
#include "scenarios/yaml_node.h"

namespace restock::scenarios {

/// Where a value comes from and what it has to be.
struct ValueSource {
  Findings& findings;
  const YamlNode& node;
  const std::string& path;
  const FieldInfo& info;
};

void read_value(const ValueSource& from, bool& value);
void read_value(const ValueSource& from, std::int64_t& value);
void read_value(const ValueSource& from, double& value);
/// A text that is not empty: where nothing is meant, the key is left out.
void read_value(const ValueSource& from, std::string& value);
/// A plain number means {law: constant}.
void read_value(const ValueSource& from, LawSpec& value);
void read_value(const ValueSource& from, const ChoiceRef& value);

/// "a number in [0, 365]", "a text"… as it stands behind "expected".
std::string expected_value(const FieldInfo& info, const bool&);
std::string expected_value(const FieldInfo& info, const std::int64_t&);
std::string expected_value(const FieldInfo& info, const double&);
std::string expected_value(const FieldInfo& info, const std::string&);
std::string expected_value(const FieldInfo& info, const LawSpec&);

/// Whether a field holds a value (description.h): not NaN, not "", a law with a name, a whole number within
/// its range.
bool is_set(const FieldInfo& info, std::int64_t value) noexcept;
bool is_set(const FieldInfo& info, double value) noexcept;
bool is_set(const FieldInfo& info, const std::string& value) noexcept;
bool is_set(const FieldInfo& info, const LawSpec& value) noexcept;

}  // namespace restock::scenarios
