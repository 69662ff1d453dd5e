#include <fmt/format.h>

#include "env/core/atomic_file.h"
#include "env/core/json_writer.h"
#include "experiments/experiment.h"
#include "experiments/report/text_table.h"
#include "tools/command.h"
#include "tools/terminal.h"

namespace restock::tools {

namespace {

constexpr std::size_t kMaximumReportBytes = std::size_t{1} << 30;

struct Options {
  CommonOptions common;
  std::string experiment;
  std::string folder;
  std::string device = "cpu";
  std::vector<std::string> overrides;
};

std::string default_folder(const std::string& experiment) {
  const std::size_t slash = experiment.find_last_of('/');
  const std::string name = slash == std::string::npos ? experiment : experiment.substr(slash + 1);
  return "runs/" + name.substr(0, name.find_last_of('.'));
}

void run(const Options& options) {
  const std::string folder = options.folder.empty() ? default_folder(options.experiment) : options.folder;
  ProgressLine line;
  const auto outcome = experiments::run_experiment(
      {.experiment_file = options.experiment,
       .overrides = options.overrides,
       .folder = folder,
       .seed = options.common.seed,
       .threads = options.common.thread_count(),
       .device = options.device,
       .progress = [&](double fraction, const std::string& text) { line.show(fraction, text); }});
  if (options.common.json) {
    JsonWriter json(2);
    json.begin_object()
        .member("report", outcome.report)
        .member("bundle", outcome.bundle)
        .member("exported", outcome.exported)
        .member("not_exported", outcome.not_exported);
    json.key("results").raw(read_file(folder + "/report.json", kMaximumReportBytes));
    fmt::print("{}\n", json.end_object().text());
    return;
  }
  fmt::print("{}\n", experiments::comparison_text(outcome.comparison));
  fmt::print("report  {}\n", outcome.report);
  for (const std::string& reason : outcome.not_exported) fmt::print("not exported: {}\n", reason);
  if (!outcome.bundle.empty()) fmt::print("policy  {} ({})\n", outcome.bundle, outcome.exported);
}

}  // namespace

void add_run(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App& verb = add_verb(app, "run", "forecast, train, tune, compare, report, export: a whole experiment",
                            "restock run experiments/quickstart.yaml", options, run);
  verb.add_option("experiment", options->experiment, "the experiment's YAML file")->required();
  verb.add_option("overrides", options->overrides, "key=value changes of the experiment");
  verb.add_option("--out", options->folder, "run folder; default runs/NAME");
  verb.add_option("--device", options->device, "cpu or cuda")->capture_default_str();
}

}  // namespace restock::tools
