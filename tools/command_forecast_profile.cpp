#include <fmt/format.h>

#include <array>
#include <cmath>

#include "env/core/atomic_file.h"
#include "env/core/json_writer.h"
#include "forecasting/history_profile.h"
#include "tools/command.h"
#include "tools/command_forecast.h"
#include "tools/history_input.h"
#include "tools/terminal.h"

namespace restock::tools {

namespace {

struct Options {
  CommonOptions common;
  HistoryInput input;
  std::string out;
  std::size_t season = 0, at_once = 20'000;
};

/// A history without its sales.
struct Profiled {
  forecasting::Frequency frequency{};
  std::string first, last;
  std::size_t steps = 0;
  std::vector<forecasting::SeriesProfile> series;
};

void print_json(const Options& options, const Profiled& profiled) {
  JsonWriter json(2);
  json.begin_object()
      .member("history", options.input.file)
      .member("step", forecasting::name_of(profiled.frequency));
  json.member("first", profiled.first).member("last", profiled.last).key("series").begin_array();
  for (const forecasting::SeriesProfile& profile : profiled.series) forecasting::write_json(json, profile);
  fmt::print("{}\n", json.end_array().end_object().text());
}

void print_text(const Profiled& profiled) {
  struct Row {
    std::size_t series = 0, missing = 0, seasonal = 0, suspected = 0;
    double zeros = 0, mean = 0;
  };
  std::array<Row, 4> rows;
  for (const forecasting::SeriesProfile& p : profiled.series) {
    Row& row = rows[static_cast<std::size_t>(p.demand_class)];
    ++row.series;
    row.missing += p.missing;
    row.seasonal += p.season_strength > 0.3 ? 1 : 0;
    row.suspected += p.suspected_steps;
    row.zeros += std::isnan(p.zeros) ? 0 : p.zeros;
    row.mean += std::isnan(p.mean) ? 0 : p.mean;
  }
  fmt::print("{} series of {} {}s, {} to {}\n", profiled.series.size(), profiled.steps,
             forecasting::name_of(profiled.frequency), profiled.first, profiled.last);
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
  Profiled profiled;
  HistoryPieces pieces(options.input, options.at_once);
  while (const auto panel = pieces.next()) {
    profiled.frequency = panel->frequency;
    profiled.first = format_date(panel->first_day);
    profiled.last = format_date(panel->date(panel->days - 1));
    profiled.steps = panel->days;
    const auto profiles = forecasting::profile_history(*panel, options.season);
    profiled.series.insert(profiled.series.end(), profiles.begin(), profiles.end());
  }
  if (!options.out.empty()) write_file_atomically(options.out, forecasting::profile_csv(profiled.series));
  options.common.json ? print_json(options, profiled) : print_text(profiled);
}

}  // namespace

void add_forecast_profile(CLI::App& forecast) {
  auto options = std::make_shared<Options>();
  CLI::App& verb =
      add_verb(forecast, "profile", "what a history holds: classes of demand, seasons, holes, stockouts",
               "restock forecast profile sales.csv --out profile.csv", options, profile);
  options->input.add_to(verb);
  verb.add_option("--season", options->season, "steps of a season; 0: 7 days, 12 months, none of weeks")
      ->check(CLI::Range(0, 400))
      ->capture_default_str();
  verb.add_option("--out", options->out, "CSV to write, a row for each series");
  verb.add_option("--at-once", options->at_once,
                  "series in memory at a time; rows of each stand together then")
      ->check(CLI::Range(1, 10'000'000))
      ->capture_default_str();
}

}  // namespace restock::tools
