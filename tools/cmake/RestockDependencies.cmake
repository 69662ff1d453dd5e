# The libraries the project stands on: each is there because it beats writing our own. tools/setup names their packages.
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(yaml-cpp REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(HDF5 REQUIRED COMPONENTS C)
find_package(Protobuf REQUIRED)

# XGBoost: Debian's package has neither a CMake configuration that works nor headers of its own place.
find_path(XGBOOST_INCLUDE_DIR xgboost/c_api.h REQUIRED)
find_library(XGBOOST_LIBRARY xgboost REQUIRED)
add_library(restock_xgboost INTERFACE)
target_link_libraries(restock_xgboost INTERFACE ${XGBOOST_LIBRARY})
target_include_directories(restock_xgboost SYSTEM INTERFACE ${XGBOOST_INCLUDE_DIR})

# LibTorch behind one target, restock_torch, with its many headers marked as the system's.
if(RESTOCK_TORCH AND RESTOCK_CUDA)
  include(RestockCudaTorch)
elseif(RESTOCK_TORCH)
  find_package(Torch REQUIRED)
  add_library(restock_torch INTERFACE)
  target_link_libraries(restock_torch INTERFACE ${TORCH_LIBRARIES})
  target_include_directories(restock_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
endif()
