// The entry point of libFuzzer; see tests/README.md.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  restock::fuzz::reads_csv({reinterpret_cast<const char*>(bytes), size});
  return 0;
}
