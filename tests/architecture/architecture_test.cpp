// The arrows between the folders and the budgets of every file, held against the project as it lies on the
// disk.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "tests/architecture/checker.h"
#include "tests/architecture/rules.h"

using namespace restock::architecture;

namespace {

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  return text;
}

/// An empty folder that is gone with the test.
struct TemporaryRoot {
  std::filesystem::path path = std::filesystem::temp_directory_path() / "restock_architecture_test";
  TemporaryRoot() { std::filesystem::remove_all(path), std::filesystem::create_directories(path); }
  ~TemporaryRoot() { std::filesystem::remove_all(path); }
  void write(const std::string& name, const std::string& text = "") const {
    std::filesystem::create_directories((path / name).parent_path());
    std::ofstream(path / name) << text;
  }
};

}  // namespace

TEST_CASE("every include is an arrow of the table") {
  const Files files = read_sources(RESTOCK_SOURCE_DIR);
  CHECK(files.size() > 100);  // the walk found the project
  const auto violations = include_violations(files);
  INFO(joined(violations));
  CHECK(violations.empty());
}

TEST_CASE("every file keeps to its budget and to keyed draws") {
  const auto violations = text_violations(read_sources(RESTOCK_SOURCE_DIR));
  INFO(joined(violations));
  CHECK(violations.empty());
}

TEST_CASE("the top level holds the known folders, and every folder explains itself") {
  const auto violations = layout_violations(RESTOCK_SOURCE_DIR);
  INFO(joined(violations));
  CHECK(violations.empty());
}

TEST_CASE("the table names known components and libraries, and holds no circle") {
  for (const Component& component : components()) {
    const auto known_component = [](std::string_view name) {
      return std::any_of(components().begin(), components().end(),
                         [&](const auto& c) { return c.name == name; });
    };
    const auto known_library = [](std::string_view name) {
      return std::any_of(libraries().begin(), libraries().end(),
                         [&](const auto& l) { return l.name == name; });
    };
    INFO(component.name);
    CHECK(std::all_of(component.uses.begin(), component.uses.end(), known_component));
    CHECK(std::all_of(component.offers.begin(), component.offers.end(), known_library));
    CHECK(std::all_of(component.keeps_inside.begin(), component.keeps_inside.end(), known_library));
    Files circle{{std::string(component.folder) + "/x.h", ""}};
    for (const auto used : component.uses)
      for (const Component& other : components())
        if (other.name == used)
          circle[std::string(other.folder) + "/y.h"] =
              "#include \"" + std::string(component.folder) + "/x.h\"\n";
    CHECK(include_violations(circle).size() == component.uses.size());
  }
}

TEST_CASE("a wrong arrow is reported with its place") {
  const auto reported = [](const std::string& path, const std::string& text) {
    const Files files{{path, text},
                      {"env/core/time.h", ""},
                      {"env/sim/demand.h", ""},
                      {"forecasting/series.h", "#include <Eigen/Core>\n"},
                      {"scenarios/builder.h", "#include <yaml-cpp/mark.h>\n"},
                      {"scenarios/through.h", "#include \"scenarios/builder.h\"\n"}};
    return include_violations(files);
  };
  using Reports = std::vector<std::string>;
  CHECK(reported("env/sim/a.cpp", "#include \"env/core/time.h\"\n#include <vector>\n").empty());
  CHECK(reported("scenarios/a.cpp", "#include \"scenarios/through.h\"\n#include <Eigen/Core>\n").empty());
  CHECK(reported("tests/a.cpp", "#include <yaml-cpp/yaml.h>\n#include \"env/sim/demand.h\"\n").empty());

  CHECK(reported("env/core/a.h", "\n#include \"env/sim/demand.h\"\n") ==
        Reports{"env/core/a.h:2: core may not use \"env/sim/demand.h\" of sim"});
  CHECK(reported("env/sim/a.cpp", "#include \"forecasting/series.h\"\n") ==
        Reports{"env/sim/a.cpp:1: sim may not use \"forecasting/series.h\" of forecasting"});
  CHECK(reported("forecasting/a.cpp", "  #  include \"env/sim/demand.h\"\n").size() == 1);
  CHECK(reported("env/a.cpp", "#include <Eigen/Core>\n") ==
        Reports{"env/a.cpp:1: env may not use <Eigen/Core>"});
  CHECK(reported("experiments/a.cpp", "#include <torch/torch.h>\n").size() == 1);
  CHECK(reported("experiments/a.cpp", "#include <yaml-cpp/yaml.h>\n").size() == 1);
  CHECK(
      reported("experiments/a.cpp", "#include \"scenarios/through.h\"\n") ==
      Reports{"experiments/a.cpp:1: \"scenarios/through.h\" brings yaml-cpp, which scenarios keeps inside"});
  CHECK(reported("env/sim/a.cpp", "#include \"demand.h\"\n") ==
        Reports{"env/sim/a.cpp:1: \"demand.h\" is no file from the root"});
  CHECK(reported("env/sim/a.cpp", "#include <mystery/x.h>\n").size() == 1);
  CHECK(reported("agents/a.cpp", "") == Reports{"agents/a.cpp:0: belongs to no component"});
}

TEST_CASE("text that is too long, too wide or banned is reported") {
  const auto reported = [](const std::string& path, const std::string& text) {
    return text_violations({{path, text}}).size();
  };
  std::string lines;
  for (std::size_t i = 0; i < kMaximumLines; ++i) lines += "\n";
  CHECK(reported("env/a.h", lines) == 0);
  CHECK(reported("env/a.h", lines + "\n") == 1);
  CHECK(reported("env/a.h", std::string(kMaximumWidth, 'x')) == 0);
  CHECK(reported("env/a.h", std::string(kMaximumWidth + 1, 'x')) == 1);
  CHECK(reported("env/a.h", std::string(kMaximumWidth - 1, 'x') + "σ") == 0);  // one character of two bytes

  CHECK(reported("env/sim/a.cpp", "std::normal_distribution<double> law;") == 1);
  CHECK(reported("experiments/a.cpp", "std::uniform_int_distribution<> law;") == 1);
  CHECK(reported("agents/a.cpp", "std::mt19937 generator;") == 1);
  CHECK(reported("agents/a.cpp", "return std::rand();") == 1);
  CHECK(reported("agents/a.cpp", "return rand ();") == 1);
  CHECK(reported("agents/a.cpp", "return torch::rand({2}) + tensor.rand();") == 0);
  CHECK(reported("env/a.cpp", "#include <unordered_map>") == 1);
  CHECK(reported("experiments/a.cpp", "#include <unordered_map>") == 0);
  CHECK(reported("env/a.cpp", "auto now = std::chrono::steady_clock::now();") == 1);
  CHECK(reported("env/a.cpp",
                 "// not rand(), nor std::mt19937\nauto s = \"rand()\"; /* srand(1)\n rand() */") == 0);
}

TEST_CASE("a stray entry and a folder that explains nothing are reported") {
  const TemporaryRoot root;
  root.write(".gitignore", "/build/\n*.swp\n/notes.txt\n");
  root.write("build/anything");
  root.write("notes.txt");
  root.write("env/README.md");
  root.write("env/core/README.md");
  root.write("tests/README.md");
  root.write("tests/unit/core/time_test.cpp");
  CHECK(layout_violations(root.path).empty());
  root.write("scratch.cpp");
  root.write("env/sim/event.h");
  CHECK(
      layout_violations(root.path) ==
      std::vector<std::string>{"env/sim: has no README.md", "scratch.cpp: does not belong at the top level"});
}
