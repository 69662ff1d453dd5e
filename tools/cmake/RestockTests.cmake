# restock_add_tests(NAME FOLDER LIBRARIES…): one Catch2 program of all .cpp files in FOLDER, every test case known to ctest.
# A case without an assertion fails; one that prints "SKIPPED: why" shows as skipped; cases tagged [long] carry the label
# `long` and run only when asked for (ctest -L long).
find_package(Catch2 2.13 REQUIRED)
include(Catch)

add_library(restock_test_main STATIC "${PROJECT_SOURCE_DIR}/tests/main.cpp")
target_link_libraries(restock_test_main PUBLIC Catch2::Catch2 restock_flags)
target_compile_definitions(restock_test_main PUBLIC
  RESTOCK_SOURCE_DIR="${PROJECT_SOURCE_DIR}" RESTOCK_PROGRAM="$<TARGET_FILE:restock>")

function(restock_add_tests name folder)
  cmake_parse_arguments(PARSE_ARGV 2 TESTS "" "" "LIBRARIES")
  set_property(GLOBAL APPEND PROPERTY RESTOCK_TEST_FOLDERS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}")
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp")
  if(NOT sources)
    return()
  endif()
  add_executable(test_${name} ${sources})
  target_link_libraries(test_${name} PRIVATE restock_test_main ${TESTS_LIBRARIES})
  # A case without an assertion fails, and so does one whose name finds nothing to run. OMP_NUM_THREADS: ctest itself
  # keeps the cores busy, and a BLAS with threads of its own would fight the other tests for them.
  set(common EXTRA_ARGS -w NoAssertions TEST_PREFIX "${name}: ")
  set(properties SKIP_REGULAR_EXPRESSION "SKIPPED: " FAIL_REGULAR_EXPRESSION "No test cases matched"
    ENVIRONMENT OMP_NUM_THREADS=1)
  catch_discover_tests(test_${name} TEST_SPEC "~[long]" ${common} PROPERTIES ${properties} TIMEOUT 300)

  # Whether there are long cases is read from the text, so a change of the text is read anew.
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${sources})
  foreach(source IN LISTS sources)
    file(STRINGS "${source}" tagged REGEX "\\[long\\]")
    if(tagged)
      catch_discover_tests(test_${name} TEST_SPEC "[long]" TEST_LIST ${name}_long ${common}
        PROPERTIES ${properties} LABELS long TIMEOUT 3000)
      return()
    endif()
  endforeach()
endfunction()

# Stops where a folder holds tests that no program builds: they would never run, and nobody would notice.
function(restock_check_that_every_test_is_built)
  get_property(built GLOBAL PROPERTY RESTOCK_TEST_FOLDERS)
  file(GLOB_RECURSE tests CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*_test.cpp")
  foreach(test IN LISTS tests)
    cmake_path(GET test PARENT_PATH folder)
    if(NOT folder IN_LIST built)
      message(SEND_ERROR "${test} is in no program: name its folder in tests/CMakeLists.txt")
    endif()
  endforeach()
endfunction()

# restock_add_fuzzer(NAME): the program fuzz_NAME, libFuzzer with fuzz/libfuzzer/NAME.cpp. tools/fuzz runs it.
function(restock_add_fuzzer name)
  add_executable(fuzz_${name} "fuzz/libfuzzer/${name}.cpp" fuzz/targets.cpp)
  target_link_libraries(fuzz_${name} PRIVATE restock_scenarios)
  target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
endfunction()
