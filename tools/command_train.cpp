#include <fmt/format.h>

#include "env/core/json_writer.h"
#include "experiments/run_folder.h"
#include "experiments/training.h"
#include "scenarios/yaml_reader.h"
#include "tools/command.h"
#include "tools/terminal.h"

namespace restock::tools {

namespace {

struct Options {
  CommonOptions common;
  std::string scenario;
  std::string agent;
  std::string config;
  std::string folder;
  std::string resume;
  std::string device = "cpu";
  std::vector<std::string> overrides;
  std::vector<std::string> settings;
};

experiments::AgentSettings settings_of(const Options& options) {
  experiments::AgentSettings settings;
  std::vector<std::string> overrides = options.overrides;
  if (!options.agent.empty()) overrides.insert(overrides.begin(), "agent=" + options.agent);
  return options.config.empty() ? scenarios::read_overrides(overrides, settings)
                                : scenarios::read_yaml(options.config, overrides, settings);
}

std::string folder_of(const Options& options, const experiments::AgentSettings& settings) {
  if (!options.resume.empty()) return options.resume;
  if (!options.folder.empty()) return options.folder;
  const std::size_t slash = options.scenario.find_last_of('/');
  const std::string name = options.scenario.substr(slash == std::string::npos ? 0 : slash + 1);
  return fmt::format("runs/{}-{}-seed-{}", name.substr(0, name.find_last_of('.')), settings.agent,
                     options.common.seed);
}

void run(const Options& options) {
  const experiments::AgentSettings settings = settings_of(options);
  const std::string folder = folder_of(options, settings);
  ProgressLine line;
  const auto show = [&](double fraction, const std::string& text) { line.show(fraction, text); };
  const int threads = options.common.thread_count();
  const auto scenario =
      experiments::prepare_scenario({.scenario_file = options.scenario,
                                     .overrides = options.settings,
                                     .seed = options.common.seed,
                                     .forecaster_folder = folder + "/" + experiments::kForecasterFolder,
                                     .threads = threads,
                                     .progress = show});
  const auto outcome = experiments::train_agent(scenario, settings,
                                                {.folder = folder,
                                                 .name = settings.agent,
                                                 .seed = options.common.seed,
                                                 .device = options.device,
                                                 .threads = threads,
                                                 .progress = show});
  if (options.common.json) {
    JsonWriter json(2);
    json.begin_object().member("run", folder).key("metrics").begin_object();
    for (const auto& [name, value] : outcome.metrics) json.member(name, value);
    fmt::print("{}\n", json.end_object().end_object().text());
    return;
  }
  if (outcome.was_finished) fmt::print("{} had finished already\n", folder);
  fmt::print(
      "run                {}\ntune cost a day    {:.5f}\nsteps              {:.0f} in {:.1f} s, {:.0f} a "
      "second\n",
      folder, outcome.metrics.at("tune/cost_per_day"), outcome.metrics.at("steps"),
      outcome.metrics.at("seconds"), outcome.metrics.at("steps_per_second"));
  fmt::print("compare it with    restock compare {} --policies base_stock,s_S,{}\n", options.scenario,
             folder);
}

}  // namespace

void add_train(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App& verb = add_verb(
      app, "train", "train an agent in a scenario",
      "restock train scenarios/literature/zipkin_poisson_L4_p9.yaml --agent ppo seconds=50", options, run);
  verb.add_option("scenario", options->scenario, "the scenario's YAML file")->required();
  verb.add_option("overrides", options->overrides, "key=value fields of the agent's configuration");
  verb.add_option("--agent", options->agent, "dqn or ppo");
  verb.add_option("--config", options->config,
                  "a YAML file with the agent and its configuration, such as a sweep's best.yaml");
  verb.add_option("--set", options->settings, "key=value changes of the scenario");
  verb.add_option("--out", options->folder, "run folder; default runs/SCENARIO-AGENT-seed-SEED");
  verb.add_option("--resume", options->resume, "go on in this run folder, from its latest checkpoint");
  verb.add_option("--device", options->device, "cpu or cuda")->capture_default_str();
}

}  // namespace restock::tools
