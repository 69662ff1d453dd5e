// Where a learner computes.
#pragma once

#include <memory>
#include <string>

#include "agents/learning/backend.h"

namespace restock::experiments {

/// nullptr for "cpu", whose own backend is always there. Throws InputError for a device that this build or
/// this machine does not have.
std::unique_ptr<learning::Backend> backend_for(const std::string& device);

}  // namespace restock::experiments
