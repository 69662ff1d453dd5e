#include <fmt/format.h>

#include <cmath>
#include <sstream>

#include "agents/policies/parameters.h"
#include "agents/policies/registry.h"
#include "env/core/atomic_file.h"
#include "env/core/json_writer.h"
#include "env/evaluation.h"
#include "env/sim/trace.h"
#include "experiments/exact_costs.h"
#include "experiments/prepared_scenario.h"
#include "tools/command.h"
#include "tools/terminal.h"

namespace restock::tools {

namespace {

struct Options {
  CommonOptions common;
  std::string scenario;
  std::string policy = "base_stock";
  std::vector<std::string> parameters;
  std::vector<std::string> settings;
  std::int64_t replications = 30;
  std::string trace;
};

void print_json(const Options& options, const Evaluation& evaluation, const WarehouseModel& model) {
  JsonWriter json(2);
  json.begin_object().member("scenario", options.scenario).member("policy", options.policy);
  json.member("replications", evaluation.replications.size()).member("periods", model.counted_days());
  json.member("ledger_hash", fmt::format("{:016x}", evaluation.ledger_hash())).key("kpis").begin_object();
  for (const KpiColumn& column : kpi_columns()) {
    const Estimate estimate = evaluation.kpi(model, column);
    write_estimate(json, column.name, estimate.mean, estimate.half_width);
  }
  fmt::print("{}\n", json.end_object().end_object().text());
}

void print_text(const Evaluation& evaluation, const WarehouseModel& model) {
  const auto number = [](double value) {
    return std::isnan(value) ? std::string("–") : fmt::format("{:.6g}", value);
  };
  for (const KpiColumn& column : kpi_columns()) {
    const Estimate estimate = evaluation.kpi(model, column);
    if (!is_worth_showing(column, estimate.mean)) continue;
    fmt::print("{:<26} {:>12} ± {:<10} {}\n", column.name, number(estimate.mean), number(estimate.half_width),
               column.unit);
  }
  fmt::print("{:<26} {:>16}     {} × {} days\n", "ledger_hash",
             fmt::format("{:016x}", evaluation.ledger_hash()), evaluation.replications.size(),
             model.counted_days());
}

void write_trace(const Options& options, const std::shared_ptr<const DecisionModel>& model,
                 const Policy& policy) {
  std::ostringstream text;
  TraceWriter writer(text);
  simulate_once(model, policy, {options.common.seed, Split::evaluate, 0}, &writer);
  write_file_atomically(options.trace, text.str());
}

std::unique_ptr<Policy> make_policy(const Options& options, const experiments::PreparedScenario& scenario) {
  if (options.policy != experiments::kOptimalPolicy)
    return policies::make_policy(options.policy, *scenario.evaluation, options.parameters);
  constexpr std::int64_t kMemoryMb = 4096;
  return experiments::ExactCosts(scenario.evaluation,
                                 {.memory_mb = kMemoryMb, .threads = options.common.thread_count()})
      .required_policy();
}

void run(const Options& options) {
  ProgressLine line;
  const bool is_optimal = options.policy == experiments::kOptimalPolicy;
  const auto scenario = experiments::prepare_scenario(
      {.scenario_file = options.scenario,
       .overrides = options.settings,
       .seed = options.common.seed,
       .evaluation_only = true,
       .forecasts = !is_optimal && policies::find_policy(options.policy).needs_forecast,
       .threads = options.common.thread_count(),
       .progress = [&](double fraction, const std::string& text) { line.show(fraction, text); }});
  const auto policy = make_policy(options, scenario);
  const std::int64_t replications = scenario.judged_by_history() ? 1 : options.replications;
  const Evaluation evaluation = evaluate(
      scenario.evaluation, *policy,
      {.seed = options.common.seed, .replications = replications, .threads = options.common.thread_count()},
      [&](std::int64_t done) {
        line.show(static_cast<double>(done) / static_cast<double>(replications), "simulating");
      });
  if (!options.trace.empty()) write_trace(options, scenario.evaluation, *policy);
  options.common.json ? print_json(options, evaluation, *scenario.warehouse)
                      : print_text(evaluation, *scenario.warehouse);
}

}  // namespace

void add_simulate(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App& verb = add_verb(app, "simulate", "what a policy costs in a scenario",
                            "restock simulate scenarios/literature/zipkin_poisson_L4_p9.yaml --policy "
                            "base_stock order_up_to_level=29 maximum_order=5",
                            options, run);
  verb.add_option("scenario", options->scenario, "the scenario's YAML file")->required();
  verb.add_option("parameters", options->parameters,
                  "key=value or SKU.key=value of the policy; closed forms where not given");
  verb.add_option("--policy", options->policy,
                  "a classical policy by name, or optimal: the exact one, solved first")
      ->capture_default_str();
  verb.add_option("--set", options->settings, "key=value changes of the scenario");
  verb.add_option("--replications", options->replications, "independent replications")
      ->check(CLI::Range(1, 10'000'000))
      ->capture_default_str();
  verb.add_option("--trace", options->trace, "write a day-by-day transcript of replication 0 to this file");
}

}  // namespace restock::tools
