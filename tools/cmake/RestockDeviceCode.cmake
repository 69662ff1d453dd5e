# restock_add_device_code(TARGET SOURCE.cu): compiles SOURCE with nvcc into TARGET, which then has the definition
# RESTOCK_HAS_DEVICE_CODE and needs nothing but CUDA's static runtime. Without an nvcc that works with this compiler it
# says so and does nothing.
#
# nvcc is called by hand: CMake 3.25 passes no -std to nvcc 13, and with CUDA as a language of the project nvcc would
# link every program, without the sanitizers. --fmad=false: the device must not round otherwise than the host.
find_program(RESTOCK_NVCC nvcc HINTS ENV CUDA_HOME PATHS /usr/local/cuda PATH_SUFFIXES bin
  DOC "CUDA's compiler, for the period kernel on devices")
set(RESTOCK_CUDA_ARCHITECTURE "sm_75" CACHE STRING "Oldest device that device code is compiled for; newer ones translate it")

function(restock_find_cuda_runtime)
  cmake_path(GET RESTOCK_NVCC PARENT_PATH folder)
  file(REAL_PATH "${RESTOCK_NVCC}" nvcc)
  cmake_path(GET nvcc PARENT_PATH real_folder)
  find_library(RESTOCK_CUDA_STATIC_RUNTIME NAMES cudart_static PATHS "${folder}/.." "${real_folder}/.."
    PATH_SUFFIXES lib64 lib targets/x86_64-linux/lib DOC "CUDA's static runtime")
endfunction()

function(restock_try_nvcc)
  if(DEFINED RESTOCK_NVCC_WORKS)
    return()
  endif()
  set(probe "${PROJECT_BINARY_DIR}/CMakeFiles/restock_nvcc_probe.cu")
  file(WRITE "${probe}" "#include <variant>\n__global__ void nothing() {}\n")
  execute_process(
    COMMAND "${RESTOCK_NVCC}" -std=c++20 -arch=${RESTOCK_CUDA_ARCHITECTURE} -ccbin "${CMAKE_CXX_COMPILER}" -c "${probe}"
      -o "${probe}.o"
    RESULT_VARIABLE status OUTPUT_VARIABLE said ERROR_VARIABLE said)
  if(status EQUAL 0)
    set(RESTOCK_NVCC_WORKS ON CACHE INTERNAL "nvcc compiles C++20 with this compiler")
  else()
    set(RESTOCK_NVCC_WORKS OFF CACHE INTERNAL "nvcc compiles C++20 with this compiler")
    message(STATUS "nvcc does not work with this compiler: ${said}")
  endif()
endfunction()

function(restock_add_device_code target source)
  if(NOT RESTOCK_NVCC)
    message(STATUS "no nvcc: the period kernel is built for the processor alone")
    return()
  endif()
  restock_find_cuda_runtime()
  restock_try_nvcc()
  if(NOT RESTOCK_NVCC_WORKS OR NOT RESTOCK_CUDA_STATIC_RUNTIME)
    message(STATUS "no device code: nvcc works: ${RESTOCK_NVCC_WORKS}, runtime: ${RESTOCK_CUDA_STATIC_RUNTIME}")
    return()
  endif()
  set(object "${CMAKE_CURRENT_BINARY_DIR}/${source}.o")
  cmake_path(GET object PARENT_PATH folder)
  file(MAKE_DIRECTORY "${folder}")
  add_custom_command(OUTPUT "${object}"
    COMMAND "${RESTOCK_NVCC}" -std=c++20 -O3 --fmad=false --expt-relaxed-constexpr -arch=${RESTOCK_CUDA_ARCHITECTURE}
      -ccbin "${CMAKE_CXX_COMPILER}"
      -Xcompiler=-fPIC,-ffp-contract=off,-march=${RESTOCK_INSTRUCTION_SET} -I "${PROJECT_SOURCE_DIR}" -MD -MF "${object}.d" -MT "${object}"
      -c "${CMAKE_CURRENT_SOURCE_DIR}/${source}" -o "${object}"
    DEPENDS "${source}" DEPFILE "${object}.d" COMMENT "Building CUDA object ${source}.o" VERBATIM)
  target_sources(${target} PRIVATE "${object}")
  target_compile_definitions(${target} PRIVATE RESTOCK_HAS_DEVICE_CODE)
  target_link_libraries(${target} PUBLIC "${RESTOCK_CUDA_STATIC_RUNTIME}" ${CMAKE_DL_LIBS} rt)
endfunction()
