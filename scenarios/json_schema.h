// JSON Schema (draft-07) of a configuration, so that editors complete its keys, show their meaning and mark
// mistakes.
//
// It is written from the same description as the reader's checks. An editor sees one file and no rules
// between fields: what it marks the reader refuses too, what it accepts the reader may still refuse.
#pragma once

#include <functional>
#include <string>

#include "env/core/description.h"

namespace restock::scenarios {

/// The schema of what `describe_root` visits, which has to hold the defaults.
std::string json_schema(const std::string& title, const std::function<void(FieldVisitor&)>& describe_root);

template <Describable T>
std::string json_schema(const std::string& title) {
  T defaults{};
  return json_schema(title, [&defaults](FieldVisitor& visitor) { describe(visitor, defaults); });
}

}  // namespace restock::scenarios
