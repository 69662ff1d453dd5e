#include "experiments/doctor.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <filesystem>

#include "env/core/parallel.h"
#include "experiments/run_folder.h"

#ifdef RESTOCK_HAS_TORCH
#include "agents/learning/torch/device.h"
#endif

namespace restock::experiments {

#ifdef RESTOCK_HAS_TORCH
namespace {

/// The library in which the linked BLAS really lies; small products are slow with the reference one.
std::string blas_in_use() {
  void* const product = dlsym(RTLD_DEFAULT, "sgemm_");
  if (product == nullptr) return "none linked";
  Dl_info info{};
  if (dladdr(product, &info) == 0 || info.dli_fname == nullptr) return "unknown";
  std::error_code error;
  const std::string file =
      std::filesystem::canonical(info.dli_fname, error).string();  // behind Debian's alternatives
  const bool fast = file.find("openblas") != std::string::npos || file.find("mkl") != std::string::npos ||
                    file.find("torch_cpu") != std::string::npos;
  return file + (fast ? "" : "  (the reference BLAS: up to 26 times slower, install libopenblas-dev)");
}

}  // namespace
#endif

std::vector<std::pair<std::string, std::string>> examine_machine() {
  auto facts = build_facts();
#if defined(__AVX2__)
  facts.emplace_back("instructions", "x86-64-v3 (AVX2, FMA)");
#else
  facts.emplace_back("instructions", "portable");
#endif
  facts.emplace_back("cores", fmt::format("{}", available_threads()));
#ifdef RESTOCK_HAS_TORCH
  facts.emplace_back("libtorch", learning::torch_version());
  facts.emplace_back("cuda", learning::cuda_devices());
  facts.emplace_back("blas", blas_in_use());
#else
  facts.emplace_back("libtorch",
                     "not in this build (RESTOCK_TORCH=OFF): no training of neural forecasters, no CUDA");
#endif
  return facts;
}

}  // namespace restock::experiments
