#include <fmt/format.h>

#include "env/core/json_writer.h"
#include "experiments/init/init.h"
#include "tools/command.h"

namespace restock::tools {

namespace {

struct Options {
  CommonOptions common;
  experiments::InitOptions init;
};

void run(const Options& options) {
  const experiments::InitOutcome outcome = experiments::init_scenario(options.init);
  if (options.common.json) {
    JsonWriter json(2);
    json.begin_object().member("scenario", outcome.scenario).member("experiment", outcome.experiment);
    json.member("skus", outcome.skus).member("guesses", outcome.guesses).member("notes", outcome.notes);
    fmt::print("{}\n", json.end_object().text());
    return;
  }
  for (const std::string& note : outcome.notes) fmt::print("{}\n", note);
  fmt::print("{}: {} SKUs, {} values marked GUESS to look at\nnext: restock run {}\n", outcome.scenario,
             outcome.skus, outcome.guesses, outcome.experiment);
}

}  // namespace

void add_init(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App& verb =
      add_verb(app, "init", "a scenario and an experiment from your own sales",
               "restock init sales.csv --items items.csv --receipts receipts.csv --out shop", options, run);
  experiments::InitOptions& init = options->init;
  verb.add_option("sales", init.sales,
                  "unique_id,ds,y[,stocked_out,price,promotion], or timestamp,sku,quantity")
      ->required();
  verb.add_option("--items", init.items,
                  "unique_id, price, unit_cost, pack_size, supplier, minimum_order_quantity, "
                  "shelf_life_days: what is known");
  verb.add_option("--receipts", init.receipts,
                  "ordered, received and, where known, supplier: past purchase orders");
  verb.add_option("--out", init.out, "folder for scenario.yaml, experiment.yaml and sales.csv")->required();
  verb.add_option("--carrying-rate", init.carrying_rate,
                  "cost of holding stock, as a share of its value a year")
      ->check(CLI::Range(0.0, 100.0))
      ->capture_default_str();
  verb.add_option("--evaluation-days", init.evaluation_days,
                  "last days of the sales that policies are judged by; 0: a sixth of them")
      ->check(CLI::Range(0, 3650));
}

}  // namespace restock::tools
