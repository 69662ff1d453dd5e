#include <fmt/format.h>

#include "agents/policies/tune.h"
#include "env/core/json_writer.h"
#include "experiments/prepared_scenario.h"
#include "tools/command.h"
#include "tools/terminal.h"

namespace restock::tools {

namespace {

struct Options {
  CommonOptions common;
  std::string scenario;
  std::string policy = "base_stock";
  std::vector<std::string> settings;
  policies::TuningConfig tuning{.replications = 0};
};

void print_json(const Options& options, const KpiColumn& measure, const policies::TuningResult& result) {
  const auto& description = policies::find_policy(options.policy);
  JsonWriter json(2);
  json.begin_object().member("scenario", options.scenario).member("policy", options.policy);
  json.member("simulations", result.simulations).member("converged", result.converged);
  write_estimate(json, measure.name, result.cost.mean, result.cost.half_width);
  json.key("skus").begin_array();
  for (std::size_t sku = 0; sku < result.skus.size(); ++sku) {
    const policies::TunedSku& tuned = result.skus[sku];
    json.begin_object().member("id", result.parameters.skus[sku]).key("parameters").begin_object();
    for (std::size_t i = 0; i < tuned.values.size(); ++i)
      json.member(description.parameters[i].name, tuned.values[i]);
    json.end_object().member("settings", policies::text_of(result.parameters, sku));
    write_estimate(json, measure.name, tuned.cost.mean, tuned.cost.half_width);
    json.member(fmt::format("starting_{}", measure.name), tuned.starting_cost)
        .key("neighbours")
        .begin_array();
    for (const policies::NeighbourCost& neighbour : tuned.neighbours) {
      json.begin_object().member("values", neighbour.values);
      write_estimate(json, fmt::format("extra_{}", measure.name), neighbour.extra_cost.mean,
                     neighbour.extra_cost.half_width);
      json.end_object();
    }
    json.end_array().end_object();
  }
  fmt::print("{}\n", json.end_array().end_object().text());
}

void print_text(const KpiColumn& measure, const policies::TuningResult& result) {
  for (std::size_t sku = 0; sku < result.skus.size(); ++sku) {
    const policies::TunedSku& tuned = result.skus[sku];
    fmt::print("{}  {}  costs {:.4f} ± {:.4f} {} (closed form: {:.4f})\n", bold(result.parameters.skus[sku]),
               policies::text_of(result.parameters, sku), tuned.cost.mean, tuned.cost.half_width,
               measure.unit, tuned.starting_cost);
    for (const policies::NeighbourCost& neighbour : tuned.neighbours)
      fmt::print("    at {}: {:+.4f} ± {:.4f}\n", fmt::join(neighbour.values, ", "),
                 neighbour.extra_cost.mean, neighbour.extra_cost.half_width);
  }
  fmt::print("all SKUs together: {:.4f} ± {:.4f} {} on the tune split, {} simulations{}\n", result.cost.mean,
             result.cost.half_width, measure.unit, result.simulations,
             result.converged ? "" : " (stopped before every search had ended)");
}

void run(const Options& options) {
  ProgressLine line;
  const auto show = [&](double fraction, const std::string& text) { line.show(fraction, text); };
  const auto scenario = experiments::prepare_scenario({.scenario_file = options.scenario,
                                                       .overrides = options.settings,
                                                       .seed = options.common.seed,
                                                       .threads = options.common.thread_count(),
                                                       .progress = show});
  policies::TuningConfig config = options.tuning;
  config.seed = options.common.seed;
  config.threads = options.common.thread_count();
  if (config.replications == 0) config.replications = policies::enough_replications(*scenario.warehouse);
  const auto result =
      policies::tune(scenario.tuning, options.policy, config, [&](const policies::TuningProgress& progress) {
        show(static_cast<double>(progress.skus_done) / static_cast<double>(progress.skus),
             fmt::format("{} simulations, best cost {:.4f}", progress.simulations, progress.cost));
      });
  const KpiColumn& measure = policies::tuned_measure(*scenario.warehouse);
  options.common.json ? print_json(options, measure, result) : print_text(measure, result);
}

}  // namespace

void add_tune(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App& verb = add_verb(app, "tune", "the best parameters of a classical policy, on the tune split",
                            "restock tune scenarios/literature/zipkin_poisson_L4_p9.yaml --policy base_stock",
                            options, run);
  verb.add_option("scenario", options->scenario, "the scenario's YAML file")->required();
  verb.add_option("fixed", options->tuning.fixed,
                  "key=value or SKU.key=value: parameters that are given, not looked for");
  verb.add_option("--policy", options->policy, "a classical policy by name")->capture_default_str();
  verb.add_option("--set", options->settings, "key=value changes of the scenario");
  verb.add_option("--replications", options->tuning.replications,
                  "replications of each candidate; not given: as many as make 400,000 days, 4 to 32")
      ->check(CLI::Range(2, 1'000'000));
  verb.add_option("--maximum-simulations", options->tuning.maximum_simulations,
                  "then the best so far is taken; ten times as many by weekday")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  verb.add_option("--by-weekday", options->tuning.by_weekday,
                  "parameters that may have another value on each weekday")
      ->delimiter(',');
  verb.add_option("--by-forecast", options->tuning.by_forecast,
                  "quantities that are looked for as multiples of the forecast")
      ->delimiter(',');
  verb.add_option("--state", options->tuning.state_file,
                  "a file that keeps what has been simulated; the same command goes on from it");
}

}  // namespace restock::tools
