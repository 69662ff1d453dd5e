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
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp")
  if(NOT sources)
    return()
  endif()
  add_executable(test_${name} ${sources})
  target_link_libraries(test_${name} PRIVATE restock_test_main ${TESTS_LIBRARIES})
  set(common EXTRA_ARGS -w NoAssertions TEST_PREFIX "${name}: ")
  catch_discover_tests(test_${name} TEST_SPEC "~[long]" ${common}
    PROPERTIES SKIP_REGULAR_EXPRESSION "SKIPPED: " TIMEOUT 300)
  set(long_cases FALSE)
  foreach(source IN LISTS sources)
    file(STRINGS "${source}" tagged REGEX "\\[long\\]")
    if(tagged)
      set(long_cases TRUE)
    endif()
  endforeach()
  if(long_cases)
    catch_discover_tests(test_${name} TEST_SPEC "[long]" TEST_LIST ${name}_long ${common}
      PROPERTIES SKIP_REGULAR_EXPRESSION "SKIPPED: " LABELS long TIMEOUT 3000)
  endif()
endfunction()
