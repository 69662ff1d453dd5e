// key=value overrides: `skus[0].costs.holding_per_unit_day=2`. An override is written into the tree before
// anything is read from it, so it is checked like the file, and a default that it changes reaches everything
// that takes it.
#pragma once

#include <string>
#include <vector>

#include "scenarios/yaml_node.h"

namespace restock::scenarios {

/// Writes `override` into the tree; its value is YAML (3, [1, 2], {law: poisson, mean: 5}). What is wrong
/// with it is noted in the document's problems. Lists can be changed at the elements that they have, or as a
/// whole.
void apply_override(YamlDocument& document, const std::string& override_text);

/// What the messages about an override begin with.
std::string override_name(const std::string& override_text);

}  // namespace restock::scenarios
