#include "experiments/experiment.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>

#include "agents/bundle/bundle.h"
#include "env/core/atomic_file.h"
#include "env/core/error.h"
#include "env/core/parallel.h"
#include "experiments/exact_costs.h"
#include "experiments/forecast_accuracy.h"
#include "experiments/outcome.h"
#include "experiments/report/write_report.h"
#include "experiments/run_folder.h"
#include "experiments/training.h"
#include "scenarios/resolved.h"
#include "scenarios/scenario_file.h"
#include "scenarios/yaml_reader.h"

namespace restock::experiments {

namespace {

/// A policy of the comparison with what an export of it needs.
struct Candidate {
  PolicyOutcome outcome;
  std::optional<policies::PolicyParameters> rule;
  std::unique_ptr<learning::LearnedPolicy> network;
};

/// One agent trained with one seed.
struct TrainingTask {
  const AgentRun* agent = nullptr;
  std::uint64_t seed = 0;
  std::string folder;
  double tune_cost = 0;
};

class Run {
 public:
  explicit Run(const RunOptions& options)
      : options_(options),
        config_(scenarios::read_yaml<ExperimentConfig>(options.experiment_file, options.overrides)),
        folder_(options.folder) {}

  RunOutcome execute() {
    write_file_atomically(folder_.file(kConfigFile), scenarios::resolved_yaml(config_));
    folder_.write_environment(options_.seed, options_.device, options_.threads);
    prepare();
    report_.title = config_.name;
    judge_forecasters();
    train_agents();
    for (const std::string& name : config_.compare.policies) add_candidate(name);
    return finish();
  }

 private:
  void say(double fraction, const std::string& text) const {
    folder_.write_status("running", fraction, text);
    if (options_.progress) options_.progress(fraction, text);
  }

  /// A step's own progress, as its share of the whole.
  ProgressReport share(double from, double to) const {
    if (!options_.progress) return {};
    return [this, from, to](double fraction, const std::string& text) {
      options_.progress(from + (to - from) * fraction, text);
    };
  }

  void prepare() {
    say(0, "preparing the scenario");
    scenario_ =
        prepare_scenario({.scenario_file = scenarios::path_beside(options_.experiment_file, config_.scenario),
                          .overrides = {},
                          .seed = options_.seed,
                          .training_paths = config_.training_paths,
                          .tuning_paths = config_.tuning_paths,
                          .forecaster_folder = folder_.file(kForecasterFolder),
                          .threads = options_.threads,
                          .progress = share(0.0, 0.2),
                          .lstm = config_.lstm});
    exact_.emplace(scenario_.evaluation, ExactCostOptions{.threads = options_.threads});
  }

  void judge_forecasters() {
    if (config_.forecasters.empty()) return;
    if (!scenario_.history)
      throw InputError(fmt::format("{}: forecasters are named, but the scenario has no demand history",
                                   options_.experiment_file));
    say(0.2, "judging forecasters");
    report_.tables.push_back(
        forecast_accuracy_table(config_.forecasters, *scenario_.history,
                                {options_.seed, options_.device, share(0.2, 0.35), {.lstm = config_.lstm}}));
  }

  void train_agents() {
    for (const AgentRun& agent : config_.agents)
      for (const std::int64_t seed : agent.seeds)
        tasks_.push_back({&agent, static_cast<std::uint64_t>(seed),
                          folder_.file(fmt::format("agents/{}-seed-{}", agent.name, seed))});
    std::mutex mutex;
    std::size_t done = 0;
    parallel_for(tasks_.size(), options_.threads, [&](std::size_t i, int) {
      TrainingTask& task = tasks_[i];
      const ProgressReport own = [&](double fraction, const std::string& text) {
        const std::lock_guard lock(mutex);
        say(0.35 + 0.5 * (static_cast<double>(done) + fraction) / static_cast<double>(tasks_.size()), text);
      };
      task.tune_cost = train_agent(scenario_, task.agent->settings,
                                   {.folder = task.folder,
                                    .name = fmt::format("{} seed {}", task.agent->name, task.seed),
                                    .seed = task.seed,
                                    .device = options_.device,
                                    .threads = 1,
                                    .progress = own})
                           .metrics.at("tune/cost_per_day");
      const std::lock_guard lock(mutex);
      ++done;
    });
    for (const TrainingTask& task : tasks_) add_curve(task);
  }

  void add_curve(const TrainingTask& task) {
    TrainingCurve curve;
    curve.name = fmt::format("{} seed {}", task.agent->name, task.seed);
    for (const MetricsRow& row : RunFolder(task.folder).read_metrics()) {
      const auto found = row.values.find("tune/cost_per_day");
      if (found == row.values.end()) continue;
      curve.x.push_back(row.seconds);
      curve.cost_per_day.push_back(found->second);
    }
    report_.training_curves.push_back(std::move(curve));
  }

  void add_candidate(const std::string& name) {
    say(0.85 + 0.1 * static_cast<double>(candidates_.size()) /
                   static_cast<double>(config_.compare.policies.size()),
        "tuning and judging " + name);
    candidates_.push_back(policies::is_classical_policy(name) ? classical(name) : learned(name));
  }

  Candidate classical(const std::string& name) {
    policies::TuningConfig tuning = config_.tuning;
    tuning.seed = options_.seed;
    tuning.threads = options_.threads;
    const policies::TuningResult result = policies::tune(scenario_.tuning, name, tuning);
    Candidate candidate;
    candidate.outcome = judge(*policies::make_policy(result.parameters));
    candidate.outcome.kind = PolicyKind::classical;
    candidate.outcome.description = describe_parameters(result.parameters);
    candidate.outcome.tune_cost = result.cost;
    candidate.rule = result.parameters;
    return candidate;
  }

  /// Of an agent's seeds the one that did best on the tune split.
  Candidate learned(const std::string& name) {
    const TrainingTask* best = nullptr;
    for (const TrainingTask& task : tasks_)
      if (task.agent->name == name && (best == nullptr || task.tune_cost < best->tune_cost)) best = &task;
    Candidate candidate;
    candidate.network = load_trained_policy(scenario_, best->folder, name);
    candidate.outcome = judge(*candidate.network);
    candidate.outcome.kind = PolicyKind::learned;
    candidate.outcome.description =
        fmt::format("{}, seed {} of {}", best->agent->settings.agent, best->seed, best->agent->seeds.size());
    candidate.outcome.tune_cost = tune_estimate(*candidate.network);
    return candidate;
  }

  PolicyOutcome judge(const Policy& policy) const {
    PolicyOutcome outcome =
        judge_policy(scenario_, policy, {options_.seed, config_.compare.replications, options_.threads});
    outcome.exact_cost = exact_->cost_of(policy);
    return outcome;
  }

  /// On the replications that classical policies were tuned on, so that the two can be compared.
  Estimate tune_estimate(const Policy& policy) const {
    return estimate_of(evaluate(scenario_.tuning, policy,
                                {.seed = options_.seed,
                                 .split = Split::tune,
                                 .replications = config_.tuning.replications,
                                 .threads = options_.threads})
                           .costs_per_period(*scenario_.warehouse));
  }

  RunOutcome finish() {
    say(0.96, "comparing");
    ComparisonInput input;
    input.scenario = scenario_.scenario.name;
    input.warehouse = scenario_.warehouse;
    input.phase = scenario_.evaluation_text();
    input.baseline = config_.compare.baseline == "best_classical" ? "" : config_.compare.baseline;
    input.optimum = exact_->optimum();
    input.no_optimum = exact_->refusal();
    for (const Candidate& candidate : candidates_) input.policies.push_back(candidate.outcome);
    RunOutcome outcome;
    outcome.comparison = report_.comparison = compare(std::move(input));
    report_.environment = build_facts();
    report_.environment.emplace_back("seed", fmt::format("{}", options_.seed));
    report_.environment.emplace_back("device", options_.device);
    outcome.report = write_report(report_, folder_.path());
    export_policy(outcome);
    folder_.write_status("finished", 1);
    return outcome;
  }

  /// The policies that the experiment may export, the best first: by what they cost on the tune split, never
  /// by the evaluation.
  std::vector<const Candidate*> exportable() const {
    const std::string& wanted = config_.export_policy;
    std::vector<const Candidate*> ranked;
    for (const Candidate& candidate : candidates_)
      if (candidate.outcome.name == wanted || wanted == "best" ||
          (wanted == "best_learned" && candidate.network))
        ranked.push_back(&candidate);
    std::ranges::stable_sort(ranked, {}, [](const Candidate* each) { return each->outcome.tune_cost->mean; });
    if (ranked.empty())
      throw InputError(fmt::format("export: '{}' is not among the {} policies that were compared", wanted,
                                   candidates_.size()));
    return ranked;
  }

  void export_policy(RunOutcome& outcome) const {
    if (config_.export_policy == "none") return;
    for (const Candidate* const candidate : exportable()) {
      const std::string& name = candidate->outcome.name;
      say(0.98, "exporting " + name);
      try {
        save(*candidate);
        outcome.exported = name;
        outcome.bundle = folder_.file("policy");
        return;
      } catch (const InputError& error) {
        outcome.not_exported.push_back(fmt::format("{}: {}", name, error.what()));
      }
    }
    throw InputError("no policy can be exported; " + outcome.not_exported.front());
  }

  void save(const Candidate& candidate) const {
    bundle::save_bundle(folder_.file("policy"),
                        {.scenario = scenario_.scenario.name,
                         .decisions = scenario_.tuning,
                         .network = candidate.network.get(),
                         .rule = candidate.rule ? &*candidate.rule : nullptr,
                         .forecaster = scenario_.forecast_model.get(),
                         .history = scenario_.history ? &*scenario_.history : nullptr});
  }

  const RunOptions& options_;
  ExperimentConfig config_;
  RunFolder folder_;
  PreparedScenario scenario_;
  std::optional<ExactCosts> exact_;
  std::vector<TrainingTask> tasks_;
  std::vector<Candidate> candidates_;
  ReportData report_;
};

}  // namespace

RunOutcome run_experiment(const RunOptions& options) {
  return Run(options).execute();
}

}  // namespace restock::experiments
