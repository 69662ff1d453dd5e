// The resolved configuration: every value that holds, the defaults included, as YAML (config.resolved.yaml in
// a run folder) and as JSON. Values that are not set are left out; reading the YAML back gives the same
// configuration.
#pragma once

#include <functional>
#include <string>

#include "env/core/description.h"
#include "env/core/json_writer.h"

namespace restock::scenarios {

std::string resolved_yaml(const std::function<void(FieldVisitor&)>& describe_root);
void write_resolved(JsonWriter& json, const std::function<void(FieldVisitor&)>& describe_root);

template <Describable T>
std::string resolved_yaml(T value) {
  return resolved_yaml([&value](FieldVisitor& visitor) { describe(visitor, value); });
}

/// As one JSON object.
template <Describable T>
void write_resolved(JsonWriter& json, T value) {
  write_resolved(json, [&value](FieldVisitor& visitor) { describe(visitor, value); });
}

/// {"law": name, parameters…}.
void write_law_spec(JsonWriter& json, const LawSpec& law);

/// A text as YAML needs it: plain where it can only be read as that text, otherwise in double quotes.
std::string yaml_text(std::string_view text);

}  // namespace restock::scenarios
