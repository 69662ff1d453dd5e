#include "experiments/training.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <optional>

#include "env/core/atomic_file.h"
#include "env/core/error.h"
#include "env/evaluation.h"
#include "experiments/device.h"
#include "experiments/learned_normaliser.h"
#include "experiments/run_folder.h"
#include "scenarios/resolved.h"

namespace restock::experiments {

namespace {

constexpr char kLatest[] = "checkpoints/latest.ckpt";
constexpr char kBest[] = "checkpoints/best.ckpt";
constexpr char kTuneCost[] = "tune/cost_per_day";
constexpr double kSecondsBetweenMetrics = 1;
constexpr double kDaysPerJudgement = 400'000;
constexpr std::size_t kMaximumNetworkBytes = std::size_t{256} << 20;
constexpr std::size_t kMaximumConfigBytes = std::size_t{16} << 20;

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::int64_t replications_of(const PreparedScenario& scenario, const AgentSettings& settings) {
  if (settings.tune_replications > 0) return settings.tune_replications;
  const double days =
      static_cast<double>(scenario.warehouse->days) * static_cast<double>(scenario.warehouse->skus.size());
  return static_cast<std::int64_t>(std::clamp(std::ceil(kDaysPerJudgement / days), 4.0, 64.0));
}

/// The network that did best on the tune split, and what it cost there.
struct BestNetwork {
  double cost = 0;
  learning::PolicyNetwork network;
};

void write_best(const std::string& file, double cost, const learning::PolicyNetwork& network) {
  learning::ByteWriter writer;
  writer.section("best");
  writer.value(cost);
  network.save(writer);
  write_file_atomically(file, writer.bytes());
}

BestNetwork read_best(const std::string& file) {
  const std::string bytes = read_file(file, kMaximumNetworkBytes);
  learning::ByteReader reader(bytes, file);
  double cost = 0;
  reader.section("best");
  reader.value(cost);
  BestNetwork best{cost, learning::PolicyNetwork::load(reader)};
  reader.finish();
  return best;
}

/// What is trained, and how.
std::string config_text(AgentSettings settings, const TrainOptions& options) {
  return fmt::format("# restock train --seed {} --device {}\n{}", options.seed, options.device,
                     scenarios::resolved_yaml(std::move(settings)));
}

/// One training from its start or its latest checkpoint to its result.
class Training {
 public:
  Training(const PreparedScenario& scenario, const AgentSettings& settings, const TrainOptions& options,
           const RunFolder& folder)
      : scenario_(scenario),
        settings_(settings),
        options_(options),
        folder_(folder),
        model_(scenario.environment()),
        normaliser_(normaliser_of_run(scenario.scenario, model_, folder.file(kNormaliserFile))),
        normalised_(with_normaliser(model_, normaliser_)),
        environments_(normalised_, settings.configuration->environments(scenario.warehouse->skus.size()),
                      options.seed, Split::train),
        backend_(backend_for(options.device)),
        learner_(settings.configuration->make_learner({.environments = &environments_,
                                                       .typical_action = model_->action.typical_action(),
                                                       .seed = options.seed,
                                                       .backend = backend_.get()})) {}

  std::map<std::string, double> run() {
    resume();
    while (!learner_->finished()) {
      learner_->advance([this](const learning::Progress& progress,
                               std::span<const learning::Metric> metrics) { note(progress, metrics); });
      while (judged_ < settings_.checkpoints && learner_->progress().fraction >= next_judgement()) judge();
      if (seconds_since(latest_checkpoint_) > settings_.checkpoint_seconds) save();
    }
    while (judged_ < settings_.checkpoints) judge();
    save();
    return result();
  }

 private:
  double next_judgement() const {
    return static_cast<double>(judged_ + 1) / static_cast<double>(settings_.checkpoints);
  }

  void resume() {
    if (!folder_.has(kLatest)) return;
    learning::load_checkpoint(*learner_, folder_.file(kLatest));
    folder_.keep_metrics_until(learner_->progress().steps);
    for (const MetricsRow& row : folder_.read_metrics()) judged_ += row.values.contains(kTuneCost) ? 1 : 0;
    if (folder_.has(kBest)) best_cost_ = read_best(folder_.file(kBest)).cost;
  }

  void note(const learning::Progress& progress, std::span<const learning::Metric> metrics) {
    if (seconds_since(latest_metrics_) < kSecondsBetweenMetrics) return;
    latest_metrics_ = Clock::now();
    MetricsRow row{progress.steps, progress.seconds, {}};
    for (const learning::Metric& metric : metrics) row.values[std::string(metric.name)] = metric.value;
    folder_.append_metrics(row);
    folder_.write_status("running", progress.fraction);
    if (!options_.progress) return;
    options_.progress(progress.fraction,
                      fmt::format("{}: {:.1f} M steps, {:.0f} s, best {:.4f}", options_.name,
                                  static_cast<double>(progress.steps) / 1e6, progress.seconds, best_cost_));
  }

  /// Judges the policy as it stands on the tune split, always on the same replications, and keeps it where it
  /// is the best so far.
  void judge() {
    const learning::LearnedPolicy policy(options_.name, model_->observation, model_->action, network());
    const Evaluation evaluation = evaluate(scenario_.tuning, policy,
                                           {.seed = options_.seed,
                                            .split = Split::tune,
                                            .replications = replications_of(scenario_, settings_),
                                            .threads = options_.threads});
    const double cost = estimate_of(evaluation.costs_per_period(*scenario_.warehouse)).mean;
    ++judged_;
    if (cost < best_cost_) {
      best_cost_ = cost;
      write_best(folder_.file(kBest), cost, policy.network());
    }
    const learning::Progress progress = learner_->progress();
    folder_.append_metrics(
        {progress.steps, progress.seconds, {{kTuneCost, cost}, {"tune/best_cost_per_day", best_cost_}}});
  }

  /// As it decides on what the scenario's own scales show: what has been learned of them is part of it.
  learning::PolicyNetwork network() const {
    learning::PolicyNetwork network = learner_->policy_network();
    return normaliser_.is_set() ? network.with_scaled_inputs(normaliser_.shift, normaliser_.factor) : network;
  }

  void save() {
    learning::save_checkpoint(*learner_, folder_.file(kLatest));
    latest_checkpoint_ = Clock::now();
  }

  std::map<std::string, double> result() const {
    const learning::Progress progress = learner_->progress();
    return {{kTuneCost, best_cost_},
            {"steps", static_cast<double>(progress.steps)},
            {"seconds", progress.seconds},
            {"steps_per_second", static_cast<double>(progress.steps) / std::max(progress.seconds, 1e-9)}};
  }

  const PreparedScenario& scenario_;
  const AgentSettings& settings_;
  const TrainOptions& options_;
  const RunFolder& folder_;
  std::shared_ptr<const EnvModel> model_;
  Normaliser normaliser_;
  std::shared_ptr<const EnvModel> normalised_;  ///< what is trained in
  ReplenishmentVectorEnv environments_;
  std::unique_ptr<learning::Backend> backend_;  ///< nullptr: the CPU's own
  std::unique_ptr<learning::Learner> learner_;
  std::int64_t judged_ = 0;
  double best_cost_ = std::numeric_limits<double>::infinity();
  Clock::time_point latest_metrics_{};
  Clock::time_point latest_checkpoint_ = Clock::now();
};

/// A folder is bound to one configuration and one scenario, so that a resumed run cannot mix two.
void bind_file(const RunFolder& folder, const std::string& name, const std::string& text) {
  if (!folder.has(name)) return write_file_atomically(folder.file(name), text);
  if (read_file(folder.file(name), kMaximumConfigBytes) != text)
    throw InputError(
        fmt::format("{}: holds a run of something else ({} differs); choose another folder with --out, or "
                    "remove this one",
                    folder.path(), name));
}

}  // namespace

TrainingOutcome train_agent(const PreparedScenario& scenario, const AgentSettings& settings,
                            const TrainOptions& options) {
  const RunFolder folder(options.folder);
  bind_file(folder, kConfigFile, config_text(settings, options));
  bind_file(folder, kScenarioFile, scenarios::resolved_yaml(scenario.scenario));
  if (folder.is_finished()) return {folder.read_result(), true};
  const auto start = Clock::now();
  folder.write_environment(options.seed, options.device, options.threads);
  Training training(scenario, settings, options, folder);
  try {
    const auto metrics = training.run();
    folder.write_result(metrics, seconds_since(start));
    folder.write_status("finished", 1);
    return {metrics, false};
  } catch (const std::exception& error) {
    folder.write_status("failed", 0, error.what());
    throw;
  }
}

std::unique_ptr<learning::LearnedPolicy> load_trained_policy(const PreparedScenario& scenario,
                                                             const std::string& folder,
                                                             const std::string& name) {
  const auto model = scenario.environment();
  return std::make_unique<learning::LearnedPolicy>(name, model->observation, model->action,
                                                   read_best(folder + "/" + kBest).network);
}

}  // namespace restock::experiments
