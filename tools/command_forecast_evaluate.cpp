#include <fmt/format.h>

#include "env/core/atomic_file.h"
#include "env/core/json_writer.h"
#include "experiments/fit_forecaster.h"
#include "experiments/forecast_page.h"
#include "forecasting/classical/methods.h"
#include "forecasting/evaluation/rolling_origin.h"
#include "forecasting/evaluation/transfer.h"
#include "scenarios/yaml_reader.h"
#include "tools/command.h"
#include "tools/command_forecast.h"
#include "tools/history_input.h"
#include "tools/terminal.h"

namespace restock::tools {

namespace {

struct Options {
  CommonOptions common;
  HistoryInput input;
  std::string fit_on, fit_static;
  std::vector<std::string> forecasters;  ///< empty: all classical ones
  forecasting::EvaluationConfig config;
  std::vector<std::string> settings;
  std::string out, html, device = "cpu";
};

std::vector<std::string> names_of(const Options& options) {
  if (!options.forecasters.empty()) return options.forecasters;
  std::vector<std::string> names;
  for (const forecasting::ClassicalMethod& method : forecasting::classical_methods())
    names.emplace_back(method.description.name);
  return names;
}

void print_table(const std::vector<forecasting::ModelEvaluation>& results) {
  fmt::print("{}\n",
             bold(fmt::format("{:<16}{:>8}{:>8}{:>8}{:>8}  {:<30}{:<24}{:>20}", "forecaster", "RMSSE", "MASE",
                              "CRPS", "bias", "SPL", "2 pinball / sum, .95", "RMSSE less naive's")));
  for (const forecasting::ModelEvaluation& one : results) {
    const forecasting::ScoreSheet& scores = one.scores;
    std::string spl, sums;
    for (const forecasting::LevelScores& level : scores.levels()) spl += fmt::format("{:.3f} ", level.spl);
    for (const forecasting::SumScores& sum : scores.sums())
      for (const forecasting::LevelScores& level : sum.levels)
        if (level.level == 0.95) sums += fmt::format("{} steps {:.3f} ", sum.steps, level.wql);
    fmt::print("{:<16}{:>8.3f}{:>8.3f}{:>8.3f}{:>8.3f}  {:<30}{:<24}{:>20}\n", one.model, scores.rmsse(),
               scores.mase(), scores.crps(), scores.bias(), spl, sums,
               one.rmsse_difference.distinguishable()
                   ? fmt::format("{:+.3f} ± {:.3f}", one.rmsse_difference.mean,
                                 (one.rmsse_difference.upper - one.rmsse_difference.lower) / 2)
                   : "not distinguishable");
  }
}

void print_json(const Options& options, const forecasting::Panel& panel,
                const std::vector<forecasting::ModelEvaluation>& results) {
  JsonWriter json(2);
  json.begin_object().member("history", options.input.file).member("series", panel.series());
  if (!options.fit_on.empty()) json.member("fit_on", options.fit_on);
  json.member("step", forecasting::name_of(panel.frequency)).key("last_known").begin_array();
  for (const std::size_t origin : origins_of(panel, options.config))
    json.value(format_date(panel.date(origin - 1)));
  json.end_array().key("forecasters").begin_array();
  for (const forecasting::ModelEvaluation& one : results) forecasting::write_json(json, one);
  fmt::print("{}\n", json.end_array().end_object().text());
}

/// Other series to learn from; none where they are not asked for.
std::optional<forecasting::Panel> others_of(const Options& options, const forecasting::Panel& panel) {
  if (options.fit_on.empty()) return std::nullopt;
  const forecasting::Panel all = options.input.like(options.fit_on, options.fit_static).read();
  forecasting::Panel others = forecasting::series_to_learn_from(all, panel);
  fmt::print(stderr, "models of all series learn from {} series of {}; {} that are judged are left out\n",
             others.series(), options.fit_on, all.series() - others.series());
  return others;
}

void evaluate(const Options& options) {
  const forecasting::Panel panel = options.input.read();
  const auto settings = scenarios::read_overrides<forecasting::ForecasterConfig>(options.settings);
  const std::optional<forecasting::Panel> others = others_of(options, panel);
  forecasting::FitByName fit = [&](const std::string& name, const forecasting::Panel& seen,
                                   std::size_t steps) {
    return experiments::fit_by_name(name, seen, steps, {options.common.seed, options.device, {}, settings});
  };
  if (others) fit = forecasting::fit_on_others(*others, fit);
  const auto results =
      forecasting::evaluate(names_of(options), panel, options.config, fit, options.common.thread_count());
  if (!options.out.empty()) write_file_atomically(options.out, series_csv(results, panel, options.config));
  if (!options.html.empty())
    write_file_atomically(options.html,
                          experiments::forecast_page(options.input.file, panel, options.config, results));
  if (options.common.json) return print_json(options, panel, results);
  print_table(results);
}

}  // namespace

void add_forecast_evaluate(CLI::App& forecast) {
  auto options = std::make_shared<Options>();
  CLI::App& verb =
      add_verb(forecast, "evaluate", "judge forecasters from several origins that end with the history",
               "restock forecast evaluate sales.csv --forecasters ets,croston --horizon 28 --origins 3",
               options, evaluate);
  options->input.add_to(verb);
  verb.add_option("--fit-on", options->fit_on,
                  "CSV of other series: models of all series learn from them alone");
  verb.add_option("--fit-static", options->fit_static, "their table beside it")->needs("--fit-on");
  verb.add_option("--forecasters", options->forecasters,
                  "which ones, with commas between; all classical ones")
      ->delimiter(',');
  forecasting::EvaluationConfig& config = options->config;
  const auto number = [&](const char* name, std::int64_t& value, const char* meaning, int least, int most) {
    verb.add_option(name, value, meaning)->check(CLI::Range(least, most))->capture_default_str();
  };
  number("--horizon", config.horizon, "steps that are forecast from each origin", 1, 1000);
  number("--origins", config.origins, "how often forecasts are made", 1, 1000);
  number("--spacing", config.spacing, "steps between two origins; 0: the horizon", 0, 1000);
  number("--gap", config.gap, "steps between the last known and the first judged", 0, 1000);
  number("--season", config.season, "season of MASE; 0: 7 days, 12 months, 1 week", 0, 400);
  verb.add_flag("!--no-refit", config.refit, "fit once, at the first origin");
  verb.add_option("--sums", config.sums, "sums over so many first steps are judged")->delimiter(',');
  verb.add_option("--levels", config.levels, "quantiles that are judged")
      ->delimiter(',')
      ->check(CLI::Range(0.001, 0.999));
  verb.add_option("--set", options->settings, "settings of forecasters, such as lstm.steps=800");
  verb.add_option("--out", options->out, "CSV to write, a row for each forecaster, series and origin");
  verb.add_option("--html", options->html, "report to write: one page that works offline");
  verb.add_option("--device", options->device, "cpu or cuda")->capture_default_str();
}

}  // namespace restock::tools
