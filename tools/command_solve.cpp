#include <fmt/format.h>

#include <filesystem>

#include "experiments/solve.h"
#include "tools/command.h"
#include "tools/terminal.h"

namespace restock::tools {

namespace {

struct Options {
  CommonOptions common;
  experiments::SolveOptions solve;
};

void run(const Options& options) {
  ProgressLine line;
  experiments::SolveOptions solve = options.solve;
  solve.threads = options.common.thread_count();
  solve.progress = [&](double fraction, const std::string& text) { line.show(fraction, text); };
  const auto solved = experiments::solve_scenarios(solve);
  const bool is_folder = std::filesystem::is_directory(solve.scenario);
  fmt::print("{}", options.common.json ? experiments::solved_json(solved, is_folder)
                                       : experiments::solved_text(solved, is_folder));
  if (!solve.bundle.empty() && !options.common.json)
    fmt::print("{}\ntoday's orders: restock decide {} --state STATE.csv\n", solve.bundle, solve.bundle);
}

}  // namespace

void add_solve(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App& verb =
      add_verb(app, "solve", "the exact optimum of a scenario, where the state space allows",
               "restock solve scenarios/literature/zipkin_poisson_L4_p9.yaml --out orders.csv", options, run);
  experiments::SolveOptions& solve = options->solve;
  verb.add_option("scenario", solve.scenario, "the scenario's YAML file, or a folder of them")->required();
  verb.add_option("parameters", solve.parameters, "key=value or SKU.key=value of the policy");
  verb.add_option("--policy", solve.policy,
                  "the exact cost of this classical policy, instead of the optimum");
  verb.add_option("--set", solve.overrides, "key=value changes of the scenario");
  verb.add_option("--out", solve.out, "write the optimal order of every state to this file (.csv or .h5)");
  verb.add_option("--export", solve.bundle,
                  "write the optimal policy to this folder, as restock decide takes it");
  verb.add_flag("--average", solve.by_average, "cost a day, also where the scenario discounts");
  verb.add_option("--tolerance", solve.tolerance, "width of the bounds, as a share of the cost")
      ->check(CLI::Range(1e-13, 0.1))
      ->capture_default_str();
  verb.add_option("--memory", solve.memory_mb, "refuse what needs more, MB")
      ->check(CLI::Range(1, 1 << 20))
      ->capture_default_str();
}

}  // namespace restock::tools
