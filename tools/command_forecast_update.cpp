#include <fmt/format.h>

#include <algorithm>

#include "env/core/error.h"
#include "env/core/json_writer.h"
#include "experiments/fit_forecaster.h"
#include "forecasting/updating/model_update.h"
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
  std::string model, out, device = "cpu", refit = "auto";
  forecasting::UpdateConfig config;
  std::vector<std::string> settings;
};

/// What came out of an update.
struct Update {
  std::string forecaster;
  forecasting::Panel panel;  ///< of the series that the model knows
  std::size_t new_series = 0;
  forecasting::DriftReport drift;
  std::optional<forecasting::GuardReport> guard;

  bool replaces() const { return guard && guard->candidate_stays; }
  std::string since(const forecasting::Drift& one) const {
    return one.found ? format_date(panel.date(*one.found)) : "";
  }
  std::vector<forecasting::Drift> drifting() const {
    std::vector<forecasting::Drift> found = drift.series;
    std::erase_if(found, [](const forecasting::Drift& one) { return !one.found; });
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.ratio > b.ratio; });
    return found;
  }
};

void print_json(const Options& options, const Update& update) {
  JsonWriter json(2);
  json.begin_object().member("model", options.out).member("forecaster", update.forecaster);
  json.member("series", update.panel.series()).member("new_series", update.new_series);
  json.member("new_steps", options.config.new_steps).member("replaced", update.replaces());
  const auto write = [&](const forecasting::Drift& drift) {
    json.member("drift", drift.found.has_value()).member("since", update.since(drift));
    json.member("error_ratio", drift.ratio);
  };
  json.key("total").begin_object();
  write(update.drift.total);
  json.end_object().key("drifting").begin_array();
  for (const forecasting::Drift& drift : update.drifting()) {
    json.begin_object().member("unique_id", update.panel.ids[drift.series]);
    write(drift);
    json.end_object();
  }
  json.end_array().key("guard");
  if (!update.guard) {
    json.value(nullptr);
  } else {
    json.begin_object().key("old");
    forecasting::write_json(json, update.guard->old_model);
    json.key("candidate");
    forecasting::write_json(json, update.guard->candidate);
    const forecasting::PairedDifference& difference = update.guard->crps_difference;
    json.key("crps_difference").begin_object().member("mean", difference.mean);
    json.member("lower", difference.lower).member("upper", difference.upper).end_object().end_object();
  }
  fmt::print("{}\n", json.end_object().text());
}

void print_guard(const forecasting::GuardReport& guard) {
  fmt::print("{}\n", bold(fmt::format("{:<12}{:>8}{:>8}{:>10}", "", "CRPS", "RMSSE", "SPL .95")));
  for (const auto* one : {&guard.old_model, &guard.candidate}) {
    const auto levels = one->scores.levels();
    fmt::print("{:<12}{:>8.3f}{:>8.3f}{:>10.3f}\n", one->model, one->scores.crps(), one->scores.rmsse(),
               levels.at(2).spl);
  }
}

void print_text(const Options& options, const Update& update) {
  constexpr std::size_t kMost = 10;
  fmt::print("{}: {} series, {} new {}s; {} series that the model does not know\n", update.forecaster,
             update.panel.series(), options.config.new_steps, forecasting::name_of(update.panel.frequency),
             update.new_series);
  const std::vector<forecasting::Drift> drifting = update.drifting();
  fmt::print("errors in total are {:.2f} times what they were: {}; {} series drift\n",
             update.drift.total.ratio,
             update.drift.total.found ? "drift since " + update.since(update.drift.total) : "no drift",
             drifting.size());
  for (std::size_t i = 0; i < std::min(kMost, drifting.size()); ++i)
    fmt::print("  {:<30} since {}, errors {:.2f} times\n", update.panel.ids[drifting[i].series],
               update.since(drifting[i]), drifting[i].ratio);
  if (update.guard) print_guard(*update.guard);
  fmt::print("{}: {}\n", options.out,
             update.replaces() ? "the candidate, fitted on all days"
             : update.guard    ? "the old model: the candidate is worse on the new days"
                               : "the old model: its weights stay, the history brings its memory up to date");
}

void run(const Options& options) {
  const forecasting::Panel all = options.input.read();
  auto model = forecasting::load_forecaster(options.model);
  const auto settings = scenarios::read_overrides<forecasting::ForecasterConfig>(options.settings);
  const auto fit = [&](const std::string& name, const forecasting::Panel& seen, std::size_t steps) {
    return experiments::fit_by_name(name, seen, steps, {options.common.seed, options.device, {}, settings});
  };
  Update update{std::string(model->name()), forecasting::known_series(*model, all), 0, {}, {}};
  update.new_series = all.series() - update.panel.series();
  update.drift = forecasting::find_drift(*model, update.panel, options.config);
  const bool network = update.forecaster == "lstm";
  if (options.refit == "always" || (options.refit == "auto" && !network))
    update.guard = forecasting::guard(*model, fit, update.panel, all, options.config);
  if (update.replaces()) model = fit(update.forecaster, all, all.days);
  forecasting::save_forecaster(*model, options.out);
  options.common.json ? print_json(options, update) : print_text(options, update);
}

}  // namespace

void add_forecast_update(CLI::App& forecast) {
  auto options = std::make_shared<Options>();
  CLI::App& verb =
      add_verb(forecast, "update", "new days for a fitted forecaster: drift, and a guarded refit",
               "restock forecast update model.safetensors sales.csv --new-steps 28 --out "
               "new.safetensors",
               options, run);
  verb.add_option("model", options->model, "what `forecast train` wrote")->required();
  options->input.add_to(verb);
  verb.add_option("--out", options->out, "file to write: the better of both")->required();
  const auto number = [&](const char* name, std::int64_t& value, const char* meaning, int least) {
    verb.add_option(name, value, meaning)->check(CLI::Range(least, 10'000))->capture_default_str();
  };
  number("--new-steps", options->config.new_steps, "last steps, which the model has not learned from", 1);
  number("--baseline-steps", options->config.baseline_steps, "steps before them: what errors are usual", 2);
  number("--horizon", options->config.horizon, "steps of the forecasts that are judged", 1);
  verb.add_option("--threshold", options->config.drift.threshold, "at which drift is found")
      ->check(CLI::Range(1.0, 1e6))
      ->capture_default_str();
  verb.add_option("--refit", options->refit, "auto: all but networks")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  verb.add_option("--set", options->settings, "settings of forecasters, such as classical.largest_order=14");
  verb.add_option("--device", options->device, "cpu or cuda")->capture_default_str();
}

}  // namespace restock::tools
