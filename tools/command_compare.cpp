#include <fmt/format.h>

#include "env/core/json_writer.h"
#include "experiments/policy_comparison.h"
#include "experiments/report/machine_files.h"
#include "experiments/report/text_table.h"
#include "tools/command.h"
#include "tools/terminal.h"

namespace restock::tools {

namespace {

struct Options {
  CommonOptions common;
  experiments::CompareOptions compare;
};

void run(const Options& options) {
  experiments::CompareOptions compare = options.compare;
  compare.seed = options.common.seed;
  compare.threads = options.common.thread_count();
  ProgressLine line;
  compare.progress = [&](double fraction, const std::string& text) { line.show(fraction, text); };
  const experiments::Comparison comparison = experiments::compare_policies(compare);
  if (options.common.json) {
    experiments::ReportData report;
    report.title = comparison.scenario;
    report.comparison = comparison;
    fmt::print("{}\n", experiments::report_json(report));
    return;
  }
  fmt::print("{}\n", experiments::comparison_text(comparison));
  if (!compare.report_folder.empty()) fmt::print("report  {}/report.html\n", compare.report_folder);
}

}  // namespace

void add_compare(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App& verb =
      add_verb(app, "compare", "policies on the same customers: which costs less, and how sure that is",
               "restock compare scenarios/literature/zipkin_poisson_L4_p9.yaml --policies "
               "optimal,base_stock,runs/zipkin-ppo",
               options, run);
  verb.add_option("scenario", options->compare.scenario_file, "the scenario's YAML file")->required();
  verb.add_option("--policies", options->compare.policies,
                  "classical policies by name, optimal, and run folders, with commas between; by default all "
                  "classical policies that apply, and the optimal one where the scenario can be solved")
      ->delimiter(',');
  verb.add_option("--baseline", options->compare.baseline,
                  "what the others are held against; the best classical policy by default");
  verb.add_option("--report", options->compare.report_folder,
                  "write report.html and its tables into this folder");
  verb.add_option("--set", options->compare.overrides, "key=value changes of the scenario");
  verb.add_option("--replications", options->compare.replications, "where demand follows laws")
      ->check(CLI::Range(1, 10'000'000))
      ->capture_default_str();
  verb.add_option("--exact-memory", options->compare.exact_memory_mb,
                  "megabytes for exact costs beside the simulated ones; 0: none")
      ->capture_default_str()
      ->check(CLI::Range(0, 1 << 20));
}

}  // namespace restock::tools
