#include <fmt/format.h>

#include <cmath>

#include "env/core/atomic_file.h"
#include "experiments/sweep/sweep.h"
#include "scenarios/yaml_reader.h"
#include "tools/command.h"
#include "tools/terminal.h"

namespace restock::tools {

namespace {

constexpr std::size_t kMaximumResultsBytes = std::size_t{256} << 20;
constexpr std::size_t kRowsShown = 10;

struct Options {
  CommonOptions common;
  std::string sweep;
  std::string folder;
  std::vector<std::string> overrides;
};

void print_text(const experiments::SweepConfig& config, const experiments::SweepResult& result,
                const std::string& folder) {
  fmt::print("{}\n", bold(fmt::format("{:>5}  {:>24}  settings", "trial", config.metric.name)));
  for (std::size_t i = 0; i < std::min(kRowsShown, result.trials.size()); ++i) {
    const experiments::TrialResult& trial = result.trials[i];
    const std::string value =
        std::isnan(trial.metric.mean) ? "–"
        : std::isnan(trial.metric.half_width)
            ? fmt::format("{:.6g}", trial.metric.mean)
            : fmt::format("{:.6g} ± {:.2g}", trial.metric.mean, trial.metric.half_width);
    std::string settings;
    for (const auto& [name, text] : trial.settings) settings += fmt::format("{}={} ", name, text);
    fmt::print("{:>5}  {:>24}  {}\n", trial.trial, value, settings);
  }
  fmt::print("{} trials, {} trainings now; all of them: {}/results.csv\n", result.trials.size(),
             result.trainings, folder);
  if (!result.best_file.empty())
    fmt::print("best: restock train {} --config {}\n", config.scenario, result.best_file);
}

void run(const Options& options) {
  const auto config = scenarios::read_yaml<experiments::SweepConfig>(options.sweep, options.overrides);
  const std::size_t slash = options.sweep.find_last_of('/');
  const std::string base = slash == std::string::npos ? "." : options.sweep.substr(0, slash);
  const std::string name = options.sweep.substr(slash == std::string::npos ? 0 : slash + 1);
  const std::string folder =
      options.folder.empty() ? "runs/" + name.substr(0, name.find_last_of('.')) : options.folder;
  experiments::SweepResult result;
  {
    ProgressLine line;
    result = experiments::run_sweep(
        config, base,
        {.folder = folder,
         .seed = options.common.seed,
         .threads = options.common.thread_count(),
         .progress = [&](double fraction, const std::string& text) { line.show(fraction, text); }});
  }
  if (options.common.json)
    fmt::print("{}", read_file(folder + "/results.json", kMaximumResultsBytes));
  else
    print_text(config, result, folder);
}

}  // namespace

void add_sweep(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App& verb = add_verb(app, "sweep", "many trainings, one a core: which settings do best",
                            "restock sweep experiments/sweep.yaml", options, run);
  verb.add_option("sweep", options->sweep, "the sweep's YAML file")->required();
  verb.add_option("overrides", options->overrides, "key=value changes of the sweep");
  verb.add_option("--out", options->folder,
                  "folder of the sweep; default runs/NAME. Started again on it, a sweep goes on");
}

}  // namespace restock::tools
