# How every target of the project is made: one language level, one instruction set, one set of warnings.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

# The project is kept free of warnings with g++ 12. Other compilers and the sanitizers find new ones, which must not keep
# anybody from building.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION MATCHES "^12\\." AND NOT RESTOCK_SANITIZE)
  set(free_of_warnings ON)
else()
  set(free_of_warnings OFF)
endif()
option(RESTOCK_WARNINGS_ARE_ERRORS "Treat every warning as an error" ${free_of_warnings})

add_library(restock_flags INTERFACE)
target_include_directories(restock_flags INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_options(restock_flags INTERFACE
  -march=${RESTOCK_INSTRUCTION_SET}
  -ffp-contract=off                       # the same sums with every compiler and level (env/README.md)
  -fno-math-errno -fno-trapping-math      # lets loops over exp and tanh vectorise; changes no result
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow)
if(RESTOCK_WARNINGS_ARE_ERRORS)
  target_compile_options(restock_flags INTERFACE -Werror)
endif()
if(RESTOCK_SANITIZE)
  target_compile_options(restock_flags INTERFACE -fsanitize=${RESTOCK_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all)
  target_link_options(restock_flags INTERFACE -fsanitize=${RESTOCK_SANITIZE})
endif()
if(RESTOCK_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    message(FATAL_ERROR "RESTOCK_FUZZ needs libFuzzer, which comes with clang++: use the preset fuzz")
  endif()
  target_compile_options(restock_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# restock_add_library(NAME FOLDER): a static library of the .cpp files that lie directly in the given folders.
function(restock_add_library name)
  set(sources "")
  foreach(folder IN LISTS ARGN)
    file(GLOB found CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp")
    list(APPEND sources ${found})
  endforeach()
  add_library(${name} STATIC ${sources})
  target_link_libraries(${name} PUBLIC restock_flags)
endfunction()
