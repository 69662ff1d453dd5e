// A text that must not change unnoticed, kept beside the test. With RESTOCK_UPDATE_GOLDEN=1 in the
// environment the file is written anew; the commit says why it changed.
#pragma once

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

namespace restock::testing {

inline void check_golden(const std::string& name, const std::string& text) {
  const std::string file = std::string(RESTOCK_SOURCE_DIR) + "/tests/golden/" + name;
  if (std::getenv("RESTOCK_UPDATE_GOLDEN")) std::ofstream(file) << text;
  std::ifstream stream(file);
  std::stringstream kept;
  kept << stream.rdbuf();
  std::istringstream now(text);
  std::istringstream then(kept.str());
  std::string line_now;
  std::string line_then;
  for (int line = 1; std::getline(then, line_then); ++line) {
    line_now = "(nothing)";
    std::getline(now, line_now);
    INFO(file << ":" << line);
    REQUIRE(line_now == line_then);
  }
  CHECK(text == kept.str());
}

}  // namespace restock::testing
