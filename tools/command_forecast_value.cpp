#include <fmt/format.h>

#include <cmath>

#include "env/core/json_writer.h"
#include "experiments/forecast_value.h"
#include "tools/command.h"
#include "tools/command_forecast.h"
#include "tools/terminal.h"

namespace restock::tools {

namespace {

struct Options {
  CommonOptions common;
  experiments::ForecastValueOptions value{
      .file = {}, .forecasters = {"seasonal_naive", "moving_average", "ses", "tsb", "ets", "ridge"}};
};

void print_json(const experiments::ForecastValue& value) {
  JsonWriter json(2);
  json.begin_object().member("scenario", value.scenario).member("judged_by", value.phase);
  json.member("skus", value.warehouse->skus.size()).member("interval_days", value.interval_days);
  json.member("cheapest", value.forecasters[value.cheapest].outcome.name);
  json.member("sharpest", value.forecasters[value.sharpest].outcome.name).key("forecasters").begin_array();
  for (std::size_t i = 0; i < value.forecasters.size(); ++i) {
    const experiments::ForecasterValue& one = value.forecasters[i];
    json.begin_object().member("forecaster", one.outcome.name).member("cost_per_day", value.cost_per_day(i));
    write_estimate(json, "difference", one.difference.cost_per_day.mean,
                   one.difference.cost_per_day.half_width);
    json.member("verdict", experiments::name_of(one.difference.verdict)).key("kpis").begin_object();
    for (const KpiColumn& column : kpi_columns()) {
      const Estimate estimate = one.outcome.evaluation.kpi(*value.warehouse, column);
      write_estimate(json, column.name, estimate.mean, estimate.half_width);
    }
    json.end_object().key("losses");
    forecasting::write_json(json, one.losses);
    json.end_object();
  }
  json.end_array().member("notes", value.notes);
  fmt::print("{}\n", json.end_object().text());
}

std::string difference_text(const experiments::ForecasterValue& one) {
  if (one.difference.verdict == experiments::Verdict::not_distinguishable) return "not distinguishable";
  if (!std::isfinite(one.difference.percent.mean)) return "–";
  return fmt::format("{:+.1f} % ± {:.1f}", one.difference.percent.mean, one.difference.percent.half_width);
}

void print_text(const experiments::ForecastValue& value) {
  fmt::print("{}, {} SKUs, judged by {}\n", value.scenario, value.warehouse->skus.size(), value.phase);
  fmt::print("{}\n", bold(fmt::format("{:<18}{:>12}{:>10}{:>10}{:>8}{:>22}   {}", "forecaster", "cost a day",
                                      "holding", "shortage", "fill", "than seasonal naive",
                                      fmt::format("loss at .9 .95 .99 of {} days", value.interval_days))));
  for (std::size_t i = 0; i < value.forecasters.size(); ++i) {
    const experiments::ForecasterValue& one = value.forecasters[i];
    const auto kpi = [&](std::string_view name) {
      for (const KpiColumn& column : kpi_columns())
        if (column.name == name) return one.outcome.evaluation.kpi(*value.warehouse, column).mean;
      return std::nan("");
    };
    const auto& levels = one.losses.intervals.front().levels;
    fmt::print("{:<18}{:>12.2f}{:>10.2f}{:>10.2f}{:>7.1f}%{:>22}   {:.4f} {:.4f} {:.4f}\n", one.outcome.name,
               value.cost_per_day(i), kpi("holding_cost_per_period"), kpi("shortage_cost_per_period"),
               100 * kpi("fill_rate"), difference_text(one), levels[1].loss, levels[2].loss, levels[3].loss);
  }
  const std::string& cheapest = value.forecasters[value.cheapest].outcome.name;
  const std::string& sharpest = value.forecasters[value.sharpest].outcome.name;
  fmt::print(
      "{} costs least{}\n", cheapest,
      cheapest == sharpest ? " and has the least loss at .95" : "; the least loss at .95 has " + sharpest);
  for (const std::string& note : value.notes) fmt::print("note: {}\n", note);
}

void run(const Options& options) {
  ProgressLine line;
  experiments::ForecastValueOptions value = options.value;
  value.seed = options.common.seed;
  value.threads = options.common.thread_count();
  value.progress = [&](double fraction, const std::string& text) { line.show(fraction, text); };
  const experiments::ForecastValue result = experiments::value_forecasters(value);
  options.common.json ? print_json(result) : print_text(result);
}

}  // namespace

void add_forecast_value(CLI::App& forecast) {
  auto options = std::make_shared<Options>();
  CLI::App& verb =
      add_verb(forecast, "value", "what ordering by each forecaster costs, beside its loss",
               "restock forecast value scenarios/corner_grocery.yaml --forecasters ses,ets", options, run);
  experiments::ForecastValueOptions& value = options->value;
  verb.add_option("file", value.file,
                  "a scenario (.yaml) judged by its history, or a CSV with unique_id,ds,y")
      ->required();
  verb.add_option("parameters", value.parameters,
                  "key=value of forecast_order_up_to, such as service_level=0.95");
  verb.add_option("--forecasters", value.forecasters, "which ones, with commas between")->delimiter(',');
  verb.add_option("--items", value.items, "beside a CSV: what `restock init` takes");
  verb.add_option("--receipts", value.receipts, "likewise");
  verb.add_option("--set", value.overrides, "key=value changes of the scenario");
}

}  // namespace restock::tools
