#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "tests/unit/bundle/exported.h"

using namespace restock;
using namespace restock::bundle;

namespace {

/// The Python of the environment that tests use, else that of the machine.
std::string python() {
  if (const char* chosen = std::getenv("RESTOCK_PYTHON")) return chosen;
  const std::string own = RESTOCK_SOURCE_DIR "/build/python/bin/python";
  return std::filesystem::exists(own) ? own : "python3";
}

int exit_code_of(const std::string& command) {
  const int status = std::system(command.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

TEST_CASE("ONNX Runtime orders what the bundle orders", "[bundle]") {
  const TemporaryFolder folder;
  std::string bundles;
  for (const auto kind : {ActionKind::order_quantity, ActionKind::order_up_to, ActionKind::cover})
    for (const auto forecasts : {Forecasts::none, Forecasts::lstm}) {
      std::string name(names_of(kind)[static_cast<std::size_t>(kind)]);
      if (forecasts != Forecasts::none) name.append("-forecast");
      Shop(kind, forecasts)
          .export_network(folder.file(name), forecasts == Forecasts::lstm ? learning::Activation::relu
                                                                          : learning::Activation::tanh);
      bundles.append(" '").append(folder.file(name)).append("'");
    }
  const int code = exit_code_of(
      python().append(" " RESTOCK_SOURCE_DIR "/tests/unit/bundle/replay_onnx.py").append(bundles));
  if (code == 3 || code == 127) {
    std::cout << "SKIPPED: onnxruntime is not installed\n";
    SUCCEED();
    return;
  }
  CHECK(code == 0);
}
