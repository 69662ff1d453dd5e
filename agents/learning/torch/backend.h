// The learners' networks through LibTorch, on the CPU or on a CUDA device. Nothing of LibTorch shows in this
// header.
#pragma once

#include <memory>
#include <string>

#include "agents/learning/backend.h"

namespace restock::learning {

/// device: "cpu", "cuda" or "cuda:N". Throws InputError where there is no such device.
std::unique_ptr<Backend> make_torch_backend(const std::string& device);

}  // namespace restock::learning
