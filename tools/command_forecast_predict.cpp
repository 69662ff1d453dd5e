#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "env/core/atomic_file.h"
#include "env/core/error.h"
#include "env/core/json_writer.h"
#include "experiments/fit_forecaster.h"
#include "forecasting/history_stream.h"
#include "forecasting/predictions.h"
#include "scenarios/yaml_reader.h"
#include "tools/command.h"
#include "tools/command_forecast.h"
#include "tools/history_input.h"

namespace restock::tools {

namespace {

struct Options {
  CommonOptions common;
  HistoryInput input;
  std::string model, forecaster, out, device = "cpu";
  forecasting::PredictionConfig config;
  std::vector<std::string> settings;
  std::size_t at_once = 20'000;
};

struct Written {
  std::size_t series = 0;
  std::string first;
};

/// Series after series, a few in memory at a time.
Written write_predictions(const Options& options, std::ofstream& file) {
  const auto settings = scenarios::read_overrides<forecasting::ForecasterConfig>(options.settings);
  std::unique_ptr<forecasting::ForecastModel> model;
  if (!options.model.empty()) model = forecasting::load_forecaster(options.model);
  HistoryPieces pieces(options.input, options.at_once);
  Written written;
  file << forecasting::prediction_header(options.config);
  while (const auto panel = pieces.next()) {
    if (options.model.empty())
      model = experiments::fit_by_name(options.forecaster, *panel, panel->days,
                                       {options.common.seed, options.device, {}, settings});
    std::string text;
    forecasting::append_predictions(text, *model->bind(*panel, panel->days), *panel, options.config);
    file << text;
    written.series += panel->series();
    written.first = format_date(panel->date(panel->days));
  }
  return written;
}

void predict(const Options& options) {
  if (options.model.empty() == options.forecaster.empty())
    throw InputError(
        "expected either --model, a forecaster that was trained, or --forecaster, one to be fitted");
  Written written;
  write_file_atomically(options.out, [&](const std::string& temporary) {
    std::ofstream file(temporary, std::ios::binary);
    written = write_predictions(options, file);
    file.close();
    if (!file) throw InputError(fmt::format("{}: cannot be written; is the disk full?", options.out));
  });
  if (!options.common.json)
    return fmt::print("{}: {} steps from {} of {} series\n", options.out, options.config.horizon,
                      written.first, written.series);
  JsonWriter json(2);
  json.begin_object().member("predictions", options.out).member("series", written.series);
  json.member("first", written.first).member("steps", options.config.horizon);
  fmt::print("{}\n", json.end_object().text());
}

}  // namespace

void add_forecast_predict(CLI::App& forecast) {
  auto options = std::make_shared<Options>();
  CLI::App& verb =
      add_verb(forecast, "predict", "means and quantiles of the days after a history",
               "restock forecast predict sales.csv --forecaster ets --horizon 28 --sums 7,14 --out "
               "forecast.csv",
               options, predict);
  options->input.add_to(verb);
  verb.add_option("--model", options->model, "what `forecast train` wrote");
  verb.add_option("--forecaster", options->forecaster, "fitted on the history, instead of a model");
  verb.add_option("--out", options->out, "CSV to write")->required();
  verb.add_option("--horizon", options->config.horizon, "single steps")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  verb.add_option("--sums", options->config.sums, "sums over so many first steps, too")
      ->delimiter(',')
      ->check(CLI::Range(1, 1000));
  verb.add_option("--levels", options->config.levels, "quantiles")
      ->delimiter(',')
      ->check(CLI::Range(0.001, 0.999));
  verb.add_option("--at-once", options->at_once,
                  "series in memory at a time; rows of each stand together then")
      ->check(CLI::Range(1, 10'000'000))
      ->capture_default_str();
  verb.add_option("--set", options->settings, "settings of forecasters, such as lstm.steps=800");
  verb.add_option("--device", options->device, "cpu or cuda")->capture_default_str();
}

}  // namespace restock::tools
