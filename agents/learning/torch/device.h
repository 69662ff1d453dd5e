// What LibTorch finds on this machine, in words; its types stay inside.
#pragma once

#include <string>

namespace restock::learning {

/// Such as "1.13.1".
std::string torch_version();
/// Such as "1 device(s)", or "no device found".
std::string cuda_devices();

}  // namespace restock::learning
