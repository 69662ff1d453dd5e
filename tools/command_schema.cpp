#include <fmt/format.h>

#include "env/scenario.h"
#include "experiments/experiment_config.h"
#include "experiments/sweep/sweep_config.h"
#include "forecasting/generate.h"
#include "scenarios/json_schema.h"
#include "tools/command.h"

namespace restock::tools {

namespace {

struct Options {
  CommonOptions common;
  std::string of = "scenario";
};

void run(const Options& options) {
  if (options.of == "scenario") fmt::print("{}\n", scenarios::json_schema<Scenario>("restock scenario"));
  if (options.of == "experiment")
    fmt::print("{}\n", scenarios::json_schema<experiments::ExperimentConfig>("restock experiment"));
  if (options.of == "sweep")
    fmt::print("{}\n", scenarios::json_schema<experiments::SweepConfig>("restock sweep"));
  if (options.of == "generate")
    fmt::print("{}\n", scenarios::json_schema<forecasting::GenerateConfig>("restock generate"));
}

}  // namespace

void add_schema(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App& verb = add_verb(app, "schema", "JSON Schema of our YAML files, for editors",
                            "restock schema scenario > scenario.schema.json", options, run);
  verb.add_option("of", options->of, "scenario, experiment, sweep or generate")
      ->check(CLI::IsMember({"scenario", "experiment", "sweep", "generate"}))
      ->capture_default_str();
}

}  // namespace restock::tools
