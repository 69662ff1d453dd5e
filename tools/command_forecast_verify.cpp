#include <fmt/format.h>

#include "env/core/error.h"
#include "env/core/json_writer.h"
#include "forecasting/verify_history.h"
#include "tools/command.h"
#include "tools/command_forecast.h"

namespace restock::tools {

namespace {

struct Options {
  CommonOptions common;
  std::string history;
  forecasting::VerifyConfig config;
  std::size_t most = 0;
};

void write_summary(JsonWriter& json, const forecasting::VerifiedHistory& found) {
  json.member("rows", found.rows).member("series", found.series);
  json.member("first", found.first ? format_date(*found.first) : std::string());
  json.member("last", found.last ? format_date(*found.last) : std::string());
  json.member("step", forecasting::name_of(found.frequency)).member("errors", found.errors());
  json.key("counts").begin_object();
  for (std::size_t kind = 0; kind < forecasting::kFaultKinds; ++kind)
    json.member(forecasting::name_of(static_cast<forecasting::FaultKind>(kind)), found.faults[kind]);
  json.end_object();
}

std::string counts_text(const forecasting::VerifiedHistory& found) {
  std::string text;
  for (std::size_t kind = 0; kind < forecasting::kFaultKinds; ++kind)
    if (found.faults[kind] > 0)
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", found.faults[kind],
                          forecasting::name_of(static_cast<forecasting::FaultKind>(kind)));
  return text.empty() ? "no faults" : text;
}

void run(const Options& options) {
  JsonWriter json(2);
  json.begin_object().member("history", options.history).key("faults").begin_array();
  std::size_t told = 0;
  const auto tell = [&](const forecasting::Fault& fault) {
    if (options.most > 0 && told++ >= options.most) return;
    if (options.common.json)
      json.begin_object()
          .member("kind", forecasting::name_of(fault.kind))
          .member("line", fault.line)
          .member("column", fault.column)
          .member("series", fault.series)
          .member("message", fault.message)
          .end_object();
    else
      fmt::print("{}:{}: {}{}{}\n", options.history, fault.line, fault.column,
                 fault.column.empty() ? "" : ": ", fault.message);
  };
  const forecasting::VerifiedHistory found =
      forecasting::verify_history(options.history, options.config, tell);
  json.end_array();
  write_summary(json, found);
  if (options.common.json)
    fmt::print("{}\n", json.end_object().text());
  else
    fmt::print("{} rows of {} series, {} to {}, by the {}: {}\n", found.rows, found.series,
               found.first ? format_date(*found.first) : "–", found.last ? format_date(*found.last) : "–",
               forecasting::name_of(found.frequency), counts_text(found));
  if (found.errors() > 0)
    throw InputError(fmt::format("{}: {} faults that have to be mended", options.history, found.errors()));
}

}  // namespace

void add_forecast_verify(CLI::App& forecast) {
  auto options = std::make_shared<Options>();
  CLI::App& verb = add_verb(forecast, "verify", "every fault of a demand history, by row and column",
                            "restock forecast verify sales.csv", options, run);
  verb.add_option("history", options->history, "CSV with unique_id,ds,y and any further columns")->required();
  verb.add_option("--outlier-deviations", options->config.outlier_deviations,
                  "robust deviations of log(1 + y) from which sales are suspicious")
      ->check(CLI::Range(1.0, 1000.0))
      ->capture_default_str();
  verb.add_option("--most", options->most, "faults that are printed; 0: all");
}

}  // namespace restock::tools
