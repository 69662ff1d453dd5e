# The libraries the project stands on: each is there because it beats writing our own. tools/setup names their packages.
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(yaml-cpp REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(HDF5 REQUIRED COMPONENTS C)
find_package(Protobuf REQUIRED)

# LibTorch behind one target, restock_torch, with its many headers marked as the system's.
if(RESTOCK_TORCH AND RESTOCK_CUDA)
  include(RestockCudaTorch)
elseif(RESTOCK_TORCH)
  find_package(Torch REQUIRED)
  add_library(restock_torch INTERFACE)
  target_link_libraries(restock_torch INTERFACE ${TORCH_LIBRARIES})
  target_include_directories(restock_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
endif()
