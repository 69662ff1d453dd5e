#include <fmt/format.h>

#include <algorithm>

#include "env/core/atomic_file.h"
#include "env/core/json_writer.h"
#include "forecasting/future_covariates.h"
#include "tools/command.h"
#include "tools/command_forecast.h"
#include "tools/history_input.h"

namespace restock::tools {

namespace {

struct Options {
  CommonOptions common;
  HistoryInput input;
  std::string out;
  std::size_t horizon = 28, most = 20;
};

struct Missing {
  forecasting::Panel panel;
  forecasting::FutureCovariates future;
  std::vector<forecasting::MissingRow> rows;

  std::vector<std::string> names_of(const forecasting::MissingRow& row) const {
    std::vector<std::string> names;
    for (const std::size_t name : row.names) names.push_back(future.names[name]);
    return names;
  }
  std::string date_of(const forecasting::MissingRow& row) const {
    return format_date(panel.date(panel.days + row.step));
  }
};

void print_json(const Options& options, const Missing& missing) {
  JsonWriter json(2);
  json.begin_object().member("history", options.input.file).member("steps", options.horizon);
  json.member("first", format_date(missing.panel.date(missing.panel.days)));
  json.member("covariates", missing.future.names).key("missing").begin_array();
  for (const forecasting::MissingRow& row : missing.rows)
    json.begin_object()
        .member("unique_id", missing.panel.ids[row.series])
        .member("ds", missing.date_of(row))
        .member("columns", missing.names_of(row))
        .end_object();
  fmt::print("{}\n", json.end_array().end_object().text());
}

void print_text(const Options& options, const Missing& missing) {
  fmt::print("{} {}s from {}: {} of {} rows lack something of {}\n", options.horizon,
             forecasting::name_of(missing.panel.frequency),
             format_date(missing.panel.date(missing.panel.days)), missing.rows.size(),
             missing.panel.series() * options.horizon,
             missing.future.names.empty() ? "nothing, there are no covariates from files"
                                          : fmt::format("{}", fmt::join(missing.future.names, ", ")));
  const std::size_t shown = std::min(options.most, missing.rows.size());
  for (std::size_t i = 0; i < shown; ++i)
    fmt::print("  {:<30} {}  {}\n", missing.panel.ids[missing.rows[i].series],
               missing.date_of(missing.rows[i]), fmt::join(missing.names_of(missing.rows[i]), ", "));
  if (shown < missing.rows.size())
    fmt::print("  … and {} more; --json gives all\n", missing.rows.size() - shown);
}

void run(const Options& options) {
  Missing missing;
  missing.panel = options.input.read();
  missing.future =
      forecasting::read_future(missing.panel, options.input.file, options.input.future, options.horizon);
  missing.rows = forecasting::missing_rows(missing.future, missing.panel, options.horizon);
  if (!options.out.empty())
    write_file_atomically(options.out,
                          forecasting::template_csv(missing.future, missing.panel, options.horizon));
  options.common.json ? print_json(options, missing) : print_text(options, missing);
}

}  // namespace

void add_forecast_covariates(CLI::App& forecast) {
  auto options = std::make_shared<Options>();
  CLI::App& verb = add_verb(forecast, "covariates", "what is not known yet of the days to be forecast",
                            "restock forecast covariates sales.csv --horizon 28 --write-template future.csv",
                            options, run);
  options->input.add_to(verb);
  verb.add_option("--horizon", options->horizon, "steps that are to be forecast")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  verb.add_option("--most", options->most, "rows that are printed; --json gives all")->capture_default_str();
  verb.add_option("--write-template", options->out,
                  "CSV to write: what is known and room for the rest; --future takes it");
}

}  // namespace restock::tools
