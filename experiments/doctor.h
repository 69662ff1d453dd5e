// What this build and this machine can do: for people who wonder why something is slow or missing.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace restock::experiments {

/// Pairs of (what, how it stands), in the order in which they should be read.
std::vector<std::pair<std::string, std::string>> examine_machine();

}  // namespace restock::experiments
