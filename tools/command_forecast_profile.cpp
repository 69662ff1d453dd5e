#include <fmt/format.h>

#include <array>
#include <cmath>

#include "env/core/atomic_file.h"
#include "env/core/json_writer.h"
#include "forecasting/history_profile.h"
#include "forecasting/read_history.h"
#include "tools/command.h"
#include "tools/command_forecast.h"
#include "tools/terminal.h"

namespace restock::tools {

namespace {

struct Options {
  CommonOptions common;
  std::string history, out;
  std::size_t season = 0;
};

void print_json(const Options& options, const forecasting::Panel& panel,
                const std::vector<forecasting::SeriesProfile>& profiles) {
  JsonWriter json(2);
  json.begin_object()
      .member("history", options.history)
      .member("step", forecasting::name_of(panel.frequency));
  json.member("first", format_date(panel.first_day)).member("last", format_date(panel.date(panel.days - 1)));
  json.key("series").begin_array();
  for (const forecasting::SeriesProfile& profile : profiles) forecasting::write_json(json, profile);
  fmt::print("{}\n", json.end_array().end_object().text());
}

void print_text(const forecasting::Panel& panel, const std::vector<forecasting::SeriesProfile>& profiles) {
  struct Row {
    std::size_t series = 0, missing = 0, seasonal = 0, suspected = 0;
    double zeros = 0, mean = 0;
  };
  std::array<Row, 4> rows;
  for (const forecasting::SeriesProfile& p : profiles) {
    Row& row = rows[static_cast<std::size_t>(p.demand_class)];
    ++row.series;
    row.missing += p.missing;
    row.seasonal += p.season_strength > 0.3 ? 1 : 0;
    row.suspected += p.suspected_steps;
    row.zeros += std::isnan(p.zeros) ? 0 : p.zeros;
    row.mean += std::isnan(p.mean) ? 0 : p.mean;
  }
  fmt::print("{} series of {} {}s, {} to {}\n", panel.series(), panel.days,
             forecasting::name_of(panel.frequency), format_date(panel.first_day),
             format_date(panel.date(panel.days - 1)));
  fmt::print("{}\n", bold(fmt::format("{:<14}{:>8}{:>10}{:>10}{:>10}{:>12}{:>22}", "class", "series", "mean",
                                      "zeros", "missing", "seasonal", "suspected stockouts")));
  for (std::size_t c = 0; c < rows.size(); ++c) {
    const auto n = static_cast<double>(std::max<std::size_t>(1, rows[c].series));
    fmt::print("{:<14}{:>8}{:>10.3g}{:>9.1f}%{:>10}{:>12}{:>16} steps\n",
               forecasting::name_of(static_cast<forecasting::DemandClass>(c)), rows[c].series,
               rows[c].mean / n, 100 * rows[c].zeros / n, rows[c].missing, rows[c].seasonal,
               rows[c].suspected);
  }
}

void profile(const Options& options) {
  const forecasting::Panel panel = forecasting::read_history(
      options.history, {{}, forecasting::RowStep::automatic, forecasting::Gaps::missing});
  const auto profiles = forecasting::profile_history(panel, options.season);
  if (!options.out.empty()) write_file_atomically(options.out, forecasting::profile_csv(profiles));
  options.common.json ? print_json(options, panel, profiles) : print_text(panel, profiles);
}

}  // namespace

void add_forecast_profile(CLI::App& forecast) {
  auto options = std::make_shared<Options>();
  CLI::App& verb =
      add_verb(forecast, "profile", "what a history holds: classes of demand, seasons, holes, stockouts",
               "restock forecast profile sales.csv --out profile.csv", options, profile);
  verb.add_option("history", options->history, "CSV with unique_id,ds,y; rows may be missing")->required();
  verb.add_option("--season", options->season, "steps of a season; 0: 7 days, 12 months, none of weeks")
      ->check(CLI::Range(0, 400))
      ->capture_default_str();
  verb.add_option("--out", options->out, "CSV to write, a row for each series");
}

}  // namespace restock::tools
