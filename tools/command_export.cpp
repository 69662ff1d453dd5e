#include <fmt/format.h>

#include "env/core/json_writer.h"
#include "experiments/trained_run.h"
#include "tools/command.h"
#include "tools/terminal.h"

namespace restock::tools {

namespace {

struct Options {
  CommonOptions common;
  std::string folder;
  std::string out;
};

void run(const Options& options) {
  {
    ProgressLine line;
    experiments::export_run(options.folder, options.out, options.common.seed, options.common.thread_count(),
                            [&](double fraction, const std::string& text) { line.show(fraction, text); });
  }
  if (options.common.json) {
    JsonWriter json(2);
    fmt::print("{}\n", json.begin_object().member("bundle", options.out).end_object().text());
    return;
  }
  fmt::print("{}\ntoday's orders: restock decide {} --state STATE.csv\n", options.out, options.out);
}

}  // namespace

void add_export(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App& verb = add_verb(app, "export", "a trained policy as a bundle that can be used anywhere",
                            "restock export runs/shop-ppo-seed-1 --out shop.policy", options, run);
  verb.add_option("run", options->folder, "a run folder of `restock train`")->required();
  verb.add_option("--out", options->out, "the bundle's folder")->required();
}

}  // namespace restock::tools
