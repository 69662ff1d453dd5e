// Sampled futures on disk: HDF5, dataset /units [paths × days × skus] int32 with the SKUs' ids beside it.
// Written to a temporary name and renamed, because an HDF5 file that was killed while being written cannot be
// read back.
#pragma once

#include <string>
#include <vector>

#include "env/sim/demand_paths.h"

namespace restock::experiments {

struct DemandPathsFile {
  DemandPaths paths;
  std::vector<std::string> skus;
};

/// Throws InputError where the file cannot be written.
void write_demand_paths(const DemandPathsFile& content, const std::string& file);
/// Throws InputError where the file is no such file, or is larger than `maximum_units`.
DemandPathsFile read_demand_paths(const std::string& file, std::size_t maximum_units = std::size_t{1} << 30);

}  // namespace restock::experiments
