// Every file of the corpus is read or refused, and nothing worse: hand-made nasty ones and what fuzzers have
// found. good_* must be read and bad_* refused; of the others (found_*) only an orderly end is asked.
#include <catch2/catch.hpp>
#include <ctime>
#include <filesystem>
#include <set>

#include "env/core/atomic_file.h"
#include "tests/fuzz/targets.h"

using namespace restock;

namespace {

constexpr std::size_t kMostBytes = std::size_t{8} << 20;

#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
constexpr double kMostSeconds = 2;  // of the processor, for one file
#else
constexpr double kMostSeconds = 60;
#endif

int check_corpus(const std::string& folder, bool (*reads)(std::string_view)) {
  std::set<std::filesystem::path> files;
  for (const auto& entry :
       std::filesystem::directory_iterator(RESTOCK_SOURCE_DIR "/tests/fuzz/corpus/" + folder))
    files.insert(entry.path());
  for (const auto& file : files) {
    const std::string name = file.filename().string();
    const std::string bytes = read_file(file.string(), kMostBytes);
    INFO(name);
    const std::clock_t start = std::clock();
    const bool good = reads(bytes);
    CHECK(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC < kMostSeconds);
    if (name.starts_with("good_")) CHECK(good);
    if (name.starts_with("bad_")) CHECK_FALSE(good);
    if (bytes.size() > 2'000) continue;  // and every beginning of it
    for (std::size_t size = 0; size < bytes.size(); ++size) CHECK_NOTHROW(reads(bytes.substr(0, size)));
  }
  return static_cast<int>(files.size());
}

}  // namespace

TEST_CASE("scenario files of the corpus are read or refused") {
  CHECK(check_corpus("scenario", fuzz::reads_scenario) >= 40);
}

TEST_CASE("CSV files of the corpus are read or refused") {
  CHECK(check_corpus("csv", fuzz::reads_csv) >= 30);
}
