// Replications of one SKU on a CUDA device, one thread each: the same source, the same outcomes.
//
// Compiled where CMake finds nvcc (RESTOCK_NVCC); without it find_device() says so and nothing else changes.
#pragma once

#include <span>
#include <string>

#include "env/period/run.h"

namespace restock::period {

struct Device {
  bool is_there = false;
  std::string name;  ///< or why there is none
};
Device find_device();

/// Replications run.replication, run.replication + 1, … of a SKU that fits_lockstep and has one law of
/// demand. Throws InputError where there is no device or it has too little memory.
void run_on_device(const Sku& sku, const RunKey& run, std::span<Outcome> outcomes);

}  // namespace restock::period
