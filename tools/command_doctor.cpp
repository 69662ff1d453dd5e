#include <fmt/format.h>

#include "env/core/json_writer.h"
#include "env/core/parallel.h"
#include "experiments/doctor.h"
#include "tools/command.h"
#include "tools/terminal.h"

namespace restock::tools {

namespace {

struct Options {
  CommonOptions common;
};

void run(const Options& options) {
  const auto facts = experiments::examine_machine();
  if (options.common.json) {
    JsonWriter json(2);
    json.begin_object();
    for (const auto& [name, value] : facts) json.member(name, value);
    fmt::print("{}\n", json.end_object().text());
    return;
  }
  for (const auto& [name, value] : facts) fmt::print("{} {}\n", bold(fmt::format("{:<14}", name)), value);
}

}  // namespace

void add_doctor(CLI::App& app) {
  add_verb(app, "doctor", "what this build and this machine can do", "restock doctor",
           std::make_shared<Options>(), run);
}

}  // namespace restock::tools
