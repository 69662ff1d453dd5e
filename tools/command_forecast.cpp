#include "tools/command_forecast.h"

#include <fmt/format.h>

#include "env/core/json_writer.h"
#include "experiments/forecast_accuracy.h"
#include "forecasting/forecasters.h"
#include "tools/command.h"
#include "tools/history_input.h"
#include "tools/terminal.h"

namespace restock::tools {

namespace {

struct Options {
  CommonOptions common;
  HistoryInput input = HistoryInput::whole_days();
  std::vector<std::string> forecasters{"lstm", "seasonal_naive", "moving_average"};
  std::string forecaster = "lstm";
  std::string out;
  std::string device = "cpu";
  std::int64_t days = 28;
};

experiments::FitOptions fit_options(const Options& options, ProgressLine& line) {
  return {options.common.seed,
          options.device,
          [&line](double fraction, const std::string& text) { line.show(fraction, text); },
          {}};
}

void train(const Options& options) {
  ProgressLine line;
  const forecasting::Panel history = options.input.read();
  const auto model =
      experiments::fit_by_name(options.forecaster, history, history.days, fit_options(options, line));
  forecasting::save_forecaster(*model, options.out);
  if (options.common.json)
    fmt::print("{}\n", JsonWriter(2).begin_object().member("forecaster", options.out).end_object().text());
  else
    fmt::print("{}: {} of {} series, {} days\n", options.out, options.forecaster, history.series(),
               history.days);
}

void print_scores(const std::vector<forecasting::BacktestResult>& results) {
  fmt::print("{}\n", bold(fmt::format("{:<18}{:>8}{:>8}{:>10}{:>10}   {}", "forecaster", "MASE", "RMSSE",
                                      "SPL .5", "SPL .95", "loss at .95 of sums over 3, 7, 14 days")));
  for (const forecasting::BacktestResult& result : results) {
    fmt::print("{:<18}{:>8.4f}{:>8.4f}{:>10.4f}{:>10.4f}  ", result.forecaster, result.one_day_mase,
               result.one_day_rmsse, result.one_day[0].loss, result.one_day[2].loss);
    for (const forecasting::IntervalScore& interval : result.intervals)
      fmt::print(" {:.4f}", interval.levels[2].loss);
    fmt::print("\n");
  }
}

void backtest(const Options& options) {
  ProgressLine line;
  const forecasting::Panel history = options.input.read();
  forecasting::BacktestConfig config;
  config.days = options.days;
  const auto results =
      experiments::backtest_by_name(options.forecasters, history, config, fit_options(options, line));
  if (!options.common.json) return print_scores(results);
  JsonWriter json(2);
  json.begin_object().member("history", options.input.file).key("forecasters").begin_array();
  for (const forecasting::BacktestResult& result : results) forecasting::write_json(json, result);
  fmt::print("{}\n", json.end_array().end_object().text());
}

}  // namespace

void add_forecast(CLI::App& app) {
  CLI::App& verb =
      *app.add_subcommand("forecast", "train forecasters, and judge them on the last days of a history");
  verb.require_subcommand(1);
  auto training = std::make_shared<Options>();
  training->input = HistoryInput();  // weeks, months and holes are the forecaster's to refuse
  CLI::App& train_verb =
      add_verb(verb, "train", "fit a forecaster and keep it",
               "restock forecast train scenarios/corner_grocery.csv --forecaster lstm --out lstm.safetensors",
               training, train);
  training->input.add_to(train_verb);
  train_verb.add_option("--forecaster", training->forecaster, "which one")->capture_default_str();
  train_verb.add_option("--out", training->out, "file to write")->required();
  train_verb.add_option("--device", training->device, "cpu or cuda")->capture_default_str();
  auto judging = std::make_shared<Options>();
  CLI::App& backtest_verb =
      add_verb(verb, "backtest", "how good forecasters are on the last days",
               "restock forecast backtest scenarios/corner_grocery.csv", judging, backtest);
  judging->input.add_to(backtest_verb);
  backtest_verb.add_option("--forecasters", judging->forecasters, "which ones, with commas between")
      ->delimiter(',');
  backtest_verb.add_option("--days", judging->days, "days that are held back")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  backtest_verb.add_option("--device", judging->device, "cpu or cuda")->capture_default_str();
  add_forecast_verify(verb);
  add_forecast_basket(verb);
  add_forecast_evaluate(verb);
  add_forecast_profile(verb);
  add_forecast_covariates(verb);
  add_forecast_clean(verb);
  add_forecast_update(verb);
  add_forecast_value(verb);
  add_forecast_predict(verb);
}

}  // namespace restock::tools
