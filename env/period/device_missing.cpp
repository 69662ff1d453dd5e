// What stands for device.cu where CMake found no nvcc.
#ifndef RESTOCK_HAS_DEVICE_CODE

#include "env/core/error.h"
#include "env/period/device.h"

namespace restock::period {

Device find_device() {
  return {false, "built without nvcc"};
}

void run_on_device(const Sku&, const RunKey&, std::span<Outcome>) {
  throw InputError("no CUDA device: built without nvcc");
}

}  // namespace restock::period

#endif
