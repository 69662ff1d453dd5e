#include <fmt/format.h>

#include "env/core/json_writer.h"
#include "forecasting/generate.h"
#include "scenarios/yaml_reader.h"
#include "tools/command.h"

namespace restock::tools {

namespace {

struct Options {
  CommonOptions common;
  std::string config;
  std::string out;
  std::string demand_out;
  std::vector<std::string> overrides;
};

void run(const Options& options) {
  forecasting::GenerateConfig config;
  config.seed = static_cast<std::int64_t>(options.common.seed);
  config = options.config.empty() ? scenarios::read_overrides(options.overrides, config)
                                  : scenarios::read_yaml(options.config, options.overrides, config);
  const forecasting::GeneratedHistory history = forecasting::generate_history(config);
  forecasting::write_history_csv(history.panel, options.out);
  if (!options.demand_out.empty()) forecasting::write_demand_csv(history, options.demand_out);
  if (options.common.json) {
    JsonWriter json(2);
    json.begin_object()
        .member("file", options.out)
        .member("series", history.panel.series())
        .member("days", history.panel.days);
    fmt::print("{}\n", json.end_object().text());
    return;
  }
  fmt::print("{}: {} items, {} days from {}\n", options.out, history.panel.series(), history.panel.days,
             format_date(history.panel.first_day));
}

}  // namespace

void add_generate(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App& verb = add_verb(app, "generate", "a realistic retail demand history, from a law and a seed",
                            "restock generate --seed 7 --out sales.csv", options, run);
  verb.add_option("overrides", options->overrides,
                  "key=value changes of the configuration (restock schema generate)");
  verb.add_option("--config", options->config,
                  "a YAML file with the items and how they sell; ten items of a corner grocery otherwise");
  verb.add_option("--out", options->out, "the CSV to write: unique_id,ds,y,price,promotion,stocked_out")
      ->required();
  verb.add_option("--demand-out", options->demand_out, "also write what was asked for, sold or not");
}

}  // namespace restock::tools
