// The architecture as data: which folder may include what, and what every file must keep to.
// tools/README.md gives the reasons; the CMakeLists.txt of each folder links the same arrows.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace restock::architecture {

/// One target and its arrows. A component may use what it names and, in turn, what those name.
struct Component {
  std::string_view name;
  std::string_view folder;               ///< with all below it that is no component of its own
  std::vector<std::string_view> uses;    ///< components
  std::vector<std::string_view> offers;  ///< libraries in its interface: whoever uses it may use them too
  std::vector<std::string_view>
      keeps_inside;  ///< libraries that no other component may meet through its headers
};

/// A library and how its headers' names begin.
struct Library {
  std::string_view name;
  std::vector<std::string_view> headers;
};

/// Text that must not stand in the code of a folder.
struct Ban {
  std::string_view folder;   ///< empty: everywhere but in the tests
  std::string_view pattern;  ///< regular expression (ECMAScript)
  std::string_view reason;
};

inline const std::vector<Component>& components() {
  static const std::vector<Component> table{
      {"core", "env/core", {}, {"fmt"}, {"POSIX"}},
      {"sim", "env/sim", {"core"}, {}, {}},
      {"period", "env/period", {"core"}, {}, {"CUDA", "SIMD"}},
      {"env", "env", {"sim", "period"}, {}, {}},
      {"forecasting", "forecasting", {"core"}, {"Eigen"}, {"XGBoost"}},
      {"forecasting_torch", "forecasting/neural", {"forecasting"}, {}, {"LibTorch", "CUDA", "POSIX"}},
      {"policies", "agents/policies", {"env"}, {}, {"NLopt"}},
      {"learning", "agents/learning", {"env"}, {"Eigen"}, {}},
      {"learning_torch", "agents/learning/torch", {"learning"}, {}, {"LibTorch", "CUDA"}},
      {"bundle",
       "agents/bundle",
       {"policies", "learning", "forecasting"},
       {},
       {"ONNX", "nlohmann-json", "POSIX"}},
      {"scenarios", "scenarios", {"env", "forecasting", "policies", "learning"}, {}, {"yaml-cpp"}},
      {"experiments",
       "experiments",
       {"scenarios", "bundle", "forecasting_torch", "learning_torch"},
       {},
       {"HDF5", "SQLite", "nlohmann-json", "POSIX"}},
      {"program", "tools", {"experiments"}, {}, {"CLI11", "nlohmann-json", "POSIX", "Benchmark"}},
  };
  return table;
}

inline const std::vector<Library>& libraries() {
  static const std::vector<Library> table{
      {"fmt", {"fmt/"}},
      {"Eigen", {"Eigen/"}},
      {"XGBoost", {"xgboost/"}},
      {"LibTorch", {"torch/", "ATen/", "c10/"}},
      {"CUDA", {"cuda"}},
      {"SIMD", {"immintrin.h"}},
      {"NLopt", {"nlopt.h"}},
      {"ONNX", {"onnx/", "google/protobuf/"}},
      {"nlohmann-json", {"nlohmann/"}},
      {"yaml-cpp", {"yaml-cpp/"}},
      {"HDF5", {"hdf5"}},
      {"SQLite", {"sqlite3.h"}},
      {"CLI11", {"CLI/"}},
      {"Benchmark", {"benchmark/"}},
      {"POSIX",
       {"dlfcn.h", "fcntl.h", "malloc.h", "poll.h", "pthread.h", "sched.h", "signal.h", "sys/", "termios.h",
        "unistd.h"}},
  };
  return table;
}

inline const std::vector<Ban>& bans() {
  static const std::vector<Ban> table{
      {"", R"(\bstd::\w+_distribution\b)",
       "standard distributions differ between libraries: use the laws of env/core/laws"},
      {"", R"(\b(mt19937|minstd_rand|default_random_engine|random_device)\b)",
       "a draw is a function of its key: use env/core/keyed_random.h"},
      {"", R"((^|[^\w:.>])(std::)?s?rand\s*\()",
       "a draw is a function of its key: use env/core/keyed_random.h"},
      {"env", R"(\bunordered_(multi)?(map|set)\b)", "the order of an unordered container is not portable"},
      {"env",
       R"(\b(system|steady|high_resolution)_clock\b|\b(clock_)?gettime(ofday)?\s*\(|\btime\((nullptr|0)\))",
       "there is no wall clock in env"},
  };
  return table;
}

/// What lies at the top level; beside it may lie what the top of .gitignore names.
inline const std::vector<std::string_view>& top_level() {
  static const std::vector<std::string_view> names{
      "CMakeLists.txt", "README.md",   "LICENSE",     ".git", ".ci",   "CMakePresets.json",
      ".clang-format",  ".clang-tidy", ".gitignore",  "env",  "tools", "forecasting",
      "agents",         "scenarios",   "experiments", "tests"};
  return names;
}

/// Folders that the README of the folder above speaks for.
inline const std::vector<std::string_view>& folders_without_readme() {
  static const std::vector<std::string_view> folders{"tools/cmake", "tests/"};
  return folders;
}

inline constexpr std::size_t kMaximumLines = 400;
inline constexpr std::size_t kMaximumWidth = 110;

}  // namespace restock::architecture
