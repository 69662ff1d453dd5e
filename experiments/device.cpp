#include "experiments/device.h"

#include <fmt/format.h>

#include "env/core/error.h"

#ifdef RESTOCK_HAS_TORCH
#include "agents/learning/torch/backend.h"
#endif

namespace restock::experiments {

std::unique_ptr<learning::Backend> backend_for(const std::string& device) {
  if (device == "cpu") return nullptr;
#ifdef RESTOCK_HAS_TORCH
  return learning::make_torch_backend(device);
#else
  throw InputError(
      fmt::format("device '{}': this build has no LibTorch (RESTOCK_TORCH=OFF), expected cpu", device));
#endif
}

}  // namespace restock::experiments
