# LibTorch 2.x with CUDA behind the target restock_torch: the Python package `torch` of the virtual environment that
# `tools/setup --cuda` makes, or any other one whose torch folder is named in CMAKE_PREFIX_PATH.
#
# The package carries LibTorch, the CUDA runtime and its headers, so its libraries are linked by their paths: no CUDA
# toolkit need be on the machine. The package's own TorchConfig.cmake would ask for one with nvcc, mix that toolkit's
# runtime with the package's, and find Debian's libc10 in the system's folders.
file(GLOB packages "${PROJECT_SOURCE_DIR}/build/python-cuda/lib/python3*/site-packages")
find_path(RESTOCK_TORCH_FOLDER "lib/libtorch_cuda.so" NO_DEFAULT_PATH DOC "folder of LibTorch 2.x with CUDA"
  PATHS ${CMAKE_PREFIX_PATH} $ENV{CMAKE_PREFIX_PATH} "${packages}/torch")
if(NOT RESTOCK_TORCH_FOLDER)
  message(FATAL_ERROR "RESTOCK_CUDA is ON, but there is no LibTorch with CUDA in build/python-cuda. "
    "Run tools/setup --cuda, or name the torch folder of another one with -DCMAKE_PREFIX_PATH=…")
endif()
message(STATUS "LibTorch with CUDA: ${RESTOCK_TORCH_FOLDER}")

file(GLOB cuda_folders "${RESTOCK_TORCH_FOLDER}/../nvidia/*/lib")
file(GLOB cuda_includes "${RESTOCK_TORCH_FOLDER}/../nvidia/*/include")
find_path(RESTOCK_CUDA_INCLUDE cuda_runtime_api.h REQUIRED
  HINTS ${cuda_includes} PATHS ENV CUDA_HOME /usr/local/cuda PATH_SUFFIXES include)
find_library(RESTOCK_CUDA_RUNTIME NAMES libcudart.so.13 libcudart.so.12 cudart REQUIRED
  HINTS ${cuda_folders} PATHS ENV CUDA_HOME /usr/local/cuda PATH_SUFFIXES lib64 lib)

add_library(restock_torch INTERFACE)
# The package brings along the headers of a newer fmt, and not its library: the few files that see them compile it in.
target_compile_definitions(restock_torch INTERFACE RESTOCK_HAS_CUDA FMT_HEADER_ONLY)
target_include_directories(restock_torch SYSTEM INTERFACE
  "${RESTOCK_TORCH_FOLDER}/include" "${RESTOCK_TORCH_FOLDER}/include/torch/csrc/api/include"
  ${cuda_includes} "${RESTOCK_CUDA_INCLUDE}")
# Nothing in our code names a symbol of libtorch_cuda: without --no-as-needed a linker may drop it, and CUDA with it.
set(torch_libraries "${RESTOCK_TORCH_FOLDER}/lib")
target_link_libraries(restock_torch INTERFACE
  "-Wl,--push-state,--no-as-needed,${torch_libraries}/libtorch_cuda.so,--pop-state"
  "${torch_libraries}/libtorch.so" "${torch_libraries}/libtorch_cpu.so"
  "${torch_libraries}/libc10.so" "${torch_libraries}/libc10_cuda.so" "${RESTOCK_CUDA_RUNTIME}")
# The CUDA libraries that LibTorch itself needs (NCCL, cuDNN, …) lie in folders of their own.
foreach(folder IN LISTS torch_libraries cuda_folders)
  target_link_options(restock_torch INTERFACE "LINKER:-rpath,${folder}" "LINKER:-rpath-link,${folder}")
endforeach()
