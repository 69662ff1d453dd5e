#include "experiments/sweep/sweep_results.h"

#include <fmt/format.h>

#include <cmath>

#include "env/core/atomic_file.h"
#include "env/core/csv.h"
#include "env/core/json_writer.h"

namespace restock::experiments {

namespace {

std::string number(double value) {
  return std::isnan(value) ? "" : fmt::format("{}", value);
}

std::string csv_of(const SweepResult& result, const SweepConfig& config) {
  std::string text = "trial";
  for (const SweepParameter& parameter : config.parameters)
    text += fmt::format(",{}", csv_field(parameter.name));
  text += fmt::format(",{},half_width,seeds\n", csv_field(config.metric.name));
  for (const TrialResult& trial : result.trials) {
    text += fmt::format("{}", trial.trial);
    for (const auto& [name, value] : trial.settings) text += fmt::format(",{}", csv_field(value));
    text += fmt::format(",{},{},{}\n", number(trial.metric.mean), number(trial.metric.half_width),
                        trial.values.size());
  }
  return text;
}

std::string json_of(const SweepResult& result, const SweepConfig& config) {
  JsonWriter json(2);
  json.begin_object().member("metric", config.metric.name).key("trials").begin_array();
  for (const TrialResult& trial : result.trials) {
    json.begin_object().member("trial", trial.trial).key("settings").begin_object();
    for (const auto& [name, value] : trial.settings) json.member(name, value);
    json.end_object().member("values", trial.values);
    write_estimate(json, "value", trial.metric.mean, trial.metric.half_width);
    json.end_object();
  }
  return json.end_array().end_object().text() + "\n";
}

std::string yaml_of(const TrialResult& trial, const SweepConfig& config) {
  std::string text = fmt::format("# Trial {}: {} = {}\n", trial.trial, config.metric.name, trial.metric.mean);
  for (const auto& [name, value] : trial.settings) text += fmt::format("{}: {}\n", name, value);
  return text;
}

}  // namespace

void write_sweep_results(SweepResult& result, const SweepConfig& config, const std::string& folder) {
  write_file_atomically(folder + "/results.csv", csv_of(result, config));
  write_file_atomically(folder + "/results.json", json_of(result, config));
  if (result.trials.empty() || std::isnan(result.trials.front().metric.mean)) return;
  result.best_file = folder + "/best.yaml";
  write_file_atomically(result.best_file, yaml_of(result.trials.front(), config));
}

}  // namespace restock::experiments
