#include <fmt/format.h>

#include <map>

#include "env/core/atomic_file.h"
#include "env/core/error.h"
#include "env/core/json_writer.h"
#include "forecasting/cleaning/cleaning.h"
#include "scenarios/yaml_reader.h"
#include "tools/command.h"
#include "tools/command_forecast.h"

namespace restock::tools {

namespace {

struct Options {
  CommonOptions common;
  std::string history, out, log, config;
  std::vector<std::string> settings;
  bool undo = false;
};

forecasting::CleaningConfig config_of(const Options& options) {
  return options.config.empty()
             ? scenarios::read_overrides<forecasting::CleaningConfig>(options.settings)
             : scenarios::read_yaml<forecasting::CleaningConfig>(options.config, options.settings);
}

void print(const Options& options, std::size_t rows, const forecasting::ChangeLog& log) {
  std::map<std::string, std::size_t> rules;
  for (const forecasting::Change& change : log) ++rules[change.rule];
  if (!options.common.json) {
    fmt::print("{}: {} rows, {} changes {}\n", options.out, rows, log.size(),
               options.undo ? "undone" : "written to " + options.log);
    for (const auto& [rule, count] : rules) fmt::print("  {:<20} {}\n", rule, count);
    return;
  }
  JsonWriter json(2);
  json.begin_object().member("history", options.out).member("log", options.log).member("rows", rows);
  json.member("changes", log.size()).key("rules").begin_object();
  for (const auto& [rule, count] : rules) json.member(rule, count);
  fmt::print("{}\n", json.end_object().end_object().text());
}

void clean(const Options& options) {
  forecasting::HistoryTable table = forecasting::read_history_table(options.history);
  forecasting::ChangeLog log;
  if (options.undo) {
    log = forecasting::read_change_log(options.log);
    forecasting::undo(table, log);
  } else {
    log = forecasting::clean(table, config_of(options));
    write_file_atomically(options.log, forecasting::csv_of(log));
  }
  write_file_atomically(options.out, forecasting::csv_of(table));
  print(options, table.rows.size(), log);
}

}  // namespace

void add_forecast_clean(CLI::App& forecast) {
  auto options = std::make_shared<Options>();
  CLI::App& verb = add_verb(
      forecast, "clean", "duplicates, returns, anomalies and holes by chosen rules, each change logged",
      "restock forecast clean sales.csv --out clean.csv --log log.csv duplicates=sum returns=net holes=zero",
      options, clean);
  verb.add_option("history", options->history, "CSV with unique_id,ds,y")->required();
  verb.add_option("rules", options->settings,
                  "duplicates=refuse|sum|first|last returns=refuse|zero|net anomalies=leave|flag|cap|replace "
                  "holes=leave|zero|last|usual; deviations=8 and other settings");
  verb.add_option("--config", options->config, "a YAML file with the rules");
  verb.add_option("--out", options->out, "CSV to write")->required();
  verb.add_option("--log", options->log, "CSV of all changes: written, and read by --undo")->required();
  verb.add_flag("--undo", options->undo, "the history as it was before, from the log");
}

}  // namespace restock::tools
