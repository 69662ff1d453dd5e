// Paths such as skus[1].supply.lead_time_days, as messages and overrides write them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "scenarios/yaml_node.h"

namespace restock::scenarios {

/// "outer.name", or "name" where outer is empty. A name that is too long to be one is cut.
std::string joined_path(std::string_view outer, std::string_view name);

/// One step of a path.
struct PathStep {
  std::string_view name;             ///< "" for an index
  std::optional<std::size_t> index;  ///< [i]
};

/// Takes the first step off the path; nullopt where the path is malformed.
std::optional<PathStep> next_step(std::string_view& path);

/// The value of the key of the map that the path begins with, and takes that key off the path; nullptr where
/// there is none. A key may hold dots and brackets itself (ids do): the longest that fits.
const YamlNode* step_by_key(const YamlNode& map, std::string_view& path);

/// Where a path leads in a tree: the node itself, or the last one on the way that there is.
struct YamlTarget {
  const YamlNode* node;
  bool is_whole;  ///< the whole path was there
};

YamlTarget find_path(const YamlNode& from, std::string_view path);

}  // namespace restock::scenarios
