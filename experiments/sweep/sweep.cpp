#include "experiments/sweep/sweep.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <map>

#include "env/core/atomic_file.h"
#include "env/core/error.h"
#include "env/core/json_writer.h"
#include "experiments/run_folder.h"
#include "experiments/sweep/child_process.h"
#include "experiments/sweep/job_queue.h"
#include "experiments/sweep/sweep_results.h"

namespace restock::experiments {

namespace {

constexpr std::size_t kMaximumPlanBytes = std::size_t{64} << 20;

/// One training: a trial with one seed.
struct Job {
  std::size_t trial = 0;
  std::uint64_t seed = 0;
};

class Sweep {
 public:
  Sweep(const SweepConfig& config, const std::string& base, const SweepOptions& options)
      : config_(config),
        options_(options),
        trials_(trials_of(config, options.seed)),
        queue_(options.folder + "/jobs") {
    scenario_ =
        std::filesystem::absolute(std::filesystem::path(base) / config.scenario).lexically_normal().string();
    for (std::size_t trial = 0; trial < trials_.size(); ++trial)
      for (std::uint64_t seed = 1; seed <= static_cast<std::uint64_t>(config.seeds_per_trial); ++seed)
        jobs_[job_name(trial, seed)] = {trial, seed};
  }

  SweepResult run() {
    keep_plan();
    std::vector<std::string> names;
    for (const auto& [name, job] : jobs_) names.push_back(name);
    queue_.recover();
    queue_.add(names);
    while (start_children() || !children_.empty()) await_child();
    SweepResult result;
    result.trials = collect();
    result.trainings = trainings_;
    write_sweep_results(result, config_, options_.folder);
    return result;
  }

 private:
  static std::string job_name(std::size_t trial, std::uint64_t seed) {
    return fmt::format("trial-{:05}-seed-{}", trial, seed);
  }
  std::string run_path(const std::string& name) const { return options_.folder + "/runs/" + name; }

  /// The plan is written once; a folder that holds another plan is left alone.
  void keep_plan() const {
    const std::string file = options_.folder + "/plan.txt";
    std::string plan = fmt::format("scenario {}\nseeds {}\n", scenario_, config_.seeds_per_trial);
    for (const TrialSettings& trial : trials_) {
      for (const auto& [name, value] : trial) plan += fmt::format("{}={} ", name, value);
      plan += '\n';
    }
    if (!std::filesystem::exists(file)) return write_file_atomically(file, plan);
    if (read_file(file, kMaximumPlanBytes) != plan)
      throw InputError(
          fmt::format("{}: holds a different sweep; choose another folder with --out", options_.folder));
  }

  /// Fills free cores; returns whether anything runs.
  bool start_children() {
    while (children_.size() < static_cast<std::size_t>(std::max(1, options_.threads))) {
      auto job = queue_.claim();
      if (!job) break;
      if (RunFolder(run_path(job->name())).is_finished()) {  // ended, but killed before it was noted
        queue_.finish(*job);
        continue;
      }
      const pid_t process =
          start_child(options_.program, arguments_of(*job), run_path(job->name()) + "/log.txt");
      children_.emplace(process, std::move(*job));
    }
    report();
    return !children_.empty();
  }

  std::vector<std::string> arguments_of(const ClaimedJob& claimed) const {
    const Job& job = jobs_.at(claimed.name());
    std::vector<std::string> arguments{"train",     scenario_, "--out",  run_path(claimed.name()),
                                       "--threads", "1",       "--seed", fmt::format("{}", job.seed)};
    for (const auto& [name, value] : trials_[job.trial]) {
      if (name == "agent")
        arguments.insert(arguments.end(), {"--agent", value});
      else
        arguments.push_back(fmt::format("{}={}", name, value));
    }
    return arguments;
  }

  void await_child() {
    if (children_.empty()) return;
    const FinishedChild child = wait_for_child();
    const auto found = children_.find(child.process);
    if (found == children_.end()) return;
    if (child.status != 0)
      RunFolder(run_path(found->second.name()))
          .write_status("failed", 0, fmt::format("exit status {}, see log.txt", child.status));
    queue_.finish(found->second);
    ++trainings_;
    children_.erase(found);
  }

  void report() const {
    if (!options_.progress) return;
    const std::size_t done = queue_.done().size();
    options_.progress(static_cast<double>(done) / static_cast<double>(jobs_.size()),
                      fmt::format("{} of {} trainings, {} running", done, jobs_.size(), children_.size()));
  }

  double value_of(const std::string& name) const {
    const RunFolder run(run_path(name));
    if (!run.is_finished()) return std::numeric_limits<double>::quiet_NaN();
    const auto metrics = run.read_result();
    const auto found = metrics.find(config_.metric.name);
    if (found != metrics.end()) return found->second;
    std::string known;
    for (const auto& [metric, value] : metrics) known += (known.empty() ? "" : ", ") + metric;
    throw InputError(fmt::format("metric '{}' is not in {}, which holds {}", config_.metric.name,
                                 run.file("result.json"), known));
  }

  std::vector<TrialResult> collect() const {
    std::vector<TrialResult> results;
    for (std::size_t trial = 0; trial < trials_.size(); ++trial) {
      TrialResult result{trial, trials_[trial], {}, {}};
      std::vector<double> known;
      for (std::uint64_t seed = 1; seed <= static_cast<std::uint64_t>(config_.seeds_per_trial); ++seed) {
        result.values.push_back(value_of(job_name(trial, seed)));
        if (!std::isnan(result.values.back())) known.push_back(result.values.back());
      }
      result.metric = estimate_of(known);
      results.push_back(std::move(result));
    }
    const double sign = config_.metric.goal == SweepGoal::minimize ? 1 : -1;
    const auto rank = [sign](const TrialResult& result) {
      return std::isnan(result.metric.mean) ? std::numeric_limits<double>::infinity()
                                            : sign * result.metric.mean;
    };
    std::stable_sort(results.begin(), results.end(),
                     [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
    return results;
  }

  const SweepConfig& config_;
  const SweepOptions& options_;
  std::vector<TrialSettings> trials_;
  JobQueue queue_;
  std::string scenario_;
  std::map<std::string, Job> jobs_;
  std::map<pid_t, ClaimedJob> children_;
  std::size_t trainings_ = 0;
};

}  // namespace

SweepResult run_sweep(const SweepConfig& config, const std::string& base, const SweepOptions& options) {
  return Sweep(config, base, options).run();
}

}  // namespace restock::experiments
