#include "agents/learning/torch/device.h"

#include <fmt/format.h>
#include <torch/cuda.h>
#include <torch/version.h>

namespace restock::learning {

std::string torch_version() { return TORCH_VERSION; }

std::string cuda_devices() {
  if (!torch::cuda::is_available()) return "no device found";
  return fmt::format("{} device(s)", torch::cuda::device_count());
}

}  // namespace restock::learning
