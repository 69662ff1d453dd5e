// Real histories for tests: files of the data folder beside the checkout, unpacked into a temporary file.
// Where the folder is missing the test says so and is shown as skipped.
#pragma once

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>

#include "tests/support/temporary_file.h"

namespace restock::forecasting {

class SharedFile {
 public:
  explicit SharedFile(const std::string& name) : source_(folder() + "/data/" + name) {
    if (!std::filesystem::exists(source_)) return;
    exists_ = std::system(("gzip -dc '" + source_ + "' > '" + unpacked_.path() + "'").c_str()) == 0;
  }
  bool exists() const { return exists_; }
  const std::string& path() const { return unpacked_.path(); }
  /// Says that the file is missing.
  void skip() const {
    std::cout << "SKIPPED: no " << source_ << "; set RESTOCK_SHARED to the folder that holds data/\n";
    SUCCEED();
  }

 private:
  static std::string folder() {
    const char* set = std::getenv("RESTOCK_SHARED");
    return set ? set : std::string(RESTOCK_SOURCE_DIR) + "/../shared";
  }
  std::string source_;
  TemporaryFile unpacked_;
  bool exists_ = false;
};

}  // namespace restock::forecasting
