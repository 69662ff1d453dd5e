// What is fuzzed: readers of files that people hand us. Whatever the bytes are, a reader ends soon, in a
// value or in an InputError that names a problem; anything else is a bug. The fuzzers (libfuzzer/) and the
// test of the corpus call the same functions.
#pragma once

#include <string_view>

namespace restock::fuzz {

/// A scenario file, and the warehouse, observation and actions built from it. True where it can be simulated.
bool reads_scenario(std::string_view bytes);

/// A CSV file of any meaning, then the same as a demand history. True where it is a demand history.
bool reads_csv(std::string_view bytes);

}  // namespace restock::fuzz
