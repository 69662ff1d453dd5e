#include <fmt/format.h>

#include "env/core/json_writer.h"
#include "scenarios/scenario_file.h"
#include "tools/command.h"

namespace restock::tools {

namespace {

struct Options {
  CommonOptions common;
  std::vector<std::string> files;
};

void run(const Options& options) {
  const std::vector<Problem> problems = scenarios::validate_scenarios(options.files);
  if (!problems.empty()) throw InputError(problems);
  if (options.common.json) {
    JsonWriter json(2);
    fmt::print("{}\n", json.begin_object().member("valid", options.files).end_object().text());
    return;
  }
  for (const std::string& file : options.files) fmt::print("{}: valid\n", file);
}

}  // namespace

void add_validate(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App& verb = add_verb(app, "validate", "every problem of scenario files at once",
                            "restock validate scenarios/*.yaml", options, run);
  verb.add_option("scenarios", options->files, "scenario files")->required();
}

}  // namespace restock::tools
