// The one strict reader of YAML: fills any configuration that describes itself (env/core/description.h) and
// reports everything that is wrong with a file at once, as file:line:column: path: got, expected, did you
// mean.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "env/core/description.h"

namespace restock::scenarios {

/// key=value changes, applied in this order before the file is read; the last one for a key holds.
using Overrides = std::vector<std::string>;
using DescribeRoot = std::function<void(FieldVisitor&)>;

/// Reads `text` through `describe_root`. `name` is what messages call the text. Throws InputError with every
/// problem.
void read_yaml_text(std::string_view text, const std::string& name, const Overrides& overrides,
                    const DescribeRoot& describe_root);
/// The same with the text of a file.
void read_yaml_file(const std::string& file, const Overrides& overrides, const DescribeRoot& describe_root);

/// The configuration in a text; what the text leaves out stays as in `base`.
template <Describable T>
T read_yaml_text(std::string_view text, const std::string& name, const Overrides& overrides = {},
                 T base = {}) {
  read_yaml_text(text, name, overrides, [&base](FieldVisitor& visitor) { describe(visitor, base); });
  return base;
}

/// The configuration in a file.
template <Describable T>
T read_yaml(const std::string& file, const Overrides& overrides = {}, T base = {}) {
  read_yaml_file(file, overrides, [&base](FieldVisitor& visitor) { describe(visitor, base); });
  return base;
}

/// A configuration without a file: `base` and what the overrides say.
template <Describable T>
T read_overrides(const Overrides& overrides, T base = {}) {
  return read_yaml_text<T>("", "command line", overrides, std::move(base));
}

}  // namespace restock::scenarios
