#include "env/core/atomic_file.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "env/core/error.h"
#include "env/core/parallel.h"
#include "tests/unit/core/temporary_folder.h"

namespace restock {

namespace {

constexpr std::size_t kAny = std::size_t{1} << 30;

}  // namespace

TEST_CASE("a file is written with its folders and read back") {
  const TemporaryFolder folder;
  const std::string file = folder.file("a/b/c.bin");
  const std::string content("line\n\0\xff", 7);
  write_file_atomically(file, content);
  CHECK(read_file(file, kAny) == content);
  write_file_atomically(file, "");
  CHECK(read_file(file, kAny).empty());
  const std::string large(1'000'000, 'x');
  write_file_atomically(file, large);
  CHECK(read_file(file, kAny) == large);
  CHECK(std::distance(std::filesystem::directory_iterator(folder.file("a/b")), {}) == 1);
}

TEST_CASE("a writer that fails leaves the old file and no temporary one") {
  const TemporaryFolder folder;
  const std::string file = folder.file("model.json");
  write_file_atomically(file, "old");
  CHECK_THROWS_AS(write_file_atomically(file,
                                        [](const std::string& temporary) {
                                          std::ofstream(temporary) << "half of it";
                                          throw std::runtime_error("disk full");
                                        }),
                  std::runtime_error);
  CHECK(read_file(file, kAny) == "old");
  CHECK(folder.entries() == 1);
  CHECK_THROWS_AS(write_file_atomically(file, [](const std::string&) {}), InputError);  // nothing was written
  CHECK(read_file(file, kAny) == "old");
  CHECK(folder.entries() == 1);
}

TEST_CASE("a library's file keeps its folder and extension while it is temporary") {
  const TemporaryFolder folder;
  const std::string file = folder.file("model.json");
  write_file_atomically(file, [&](const std::string& temporary) {
    CHECK(temporary != file);
    CHECK(std::filesystem::path(temporary).extension() == ".json");
    CHECK(std::filesystem::path(temporary).parent_path() == std::filesystem::path(file).parent_path());
    std::ofstream(temporary) << "new";
  });
  CHECK(read_file(file, kAny) == "new");
  CHECK(folder.entries() == 1);
}

TEST_CASE("places that cannot be written are refused with the file's name") {
  const TemporaryFolder folder;
  const std::string file = folder.file_with("plain", "old");
  std::filesystem::create_directories(folder.file("folder/inner"));
  for (const std::string& bad :
       {folder.file("plain/below"), folder.file("folder"), folder.file("folder/"), std::string(),
        folder.file(std::string(300, 'n')), folder.file("folder/..")}) {
    INFO(bad);
    const std::string_view content = "new";
    CHECK_THROWS_AS(write_file_atomically(bad, content), InputError);
  }
  CHECK_THROWS_WITH(write_file_atomically(folder.file("plain/below"), "new"), Catch::Contains("plain/below"));
  CHECK(read_file(file, kAny) == "old");
  CHECK(folder.entries() == 2);
}

TEST_CASE("many writers of one file leave one whole content") {
  const TemporaryFolder folder;
  const std::string file = folder.file("shared.txt");
  parallel_for(64, 4, [&](std::size_t i, int) {
    write_file_atomically(file, std::string(10'000, static_cast<char>('a' + i % 26)));
  });
  const std::string content = read_file(file, kAny);
  CHECK(content == std::string(10'000, content.at(0)));
  CHECK(folder.entries() == 1);
}

TEST_CASE("names of the longest allowed length work") {
  const TemporaryFolder folder;
  const std::string file = folder.file(std::string(250, 'n') + ".txt");
  write_file_atomically(file, "x");
  CHECK(read_file(file, kAny) == "x");
}

TEST_CASE("reading is bounded and says what is wrong") {
  const TemporaryFolder folder;
  const std::string file = folder.file_with("ten", "0123456789");
  CHECK(read_file(file, 10) == "0123456789");
  CHECK_THROWS_WITH(read_file(file, 9), Catch::Contains("ten") && Catch::Contains("larger than the 9 bytes"));
  CHECK_THROWS_AS(read_file(folder.file("missing"), 9), InputError);
  CHECK_THROWS_AS(read_file(folder.file(""), 9), InputError);
  CHECK_THROWS_AS(read_file("/dev/zero", 1 << 20), InputError);
}

}  // namespace restock
