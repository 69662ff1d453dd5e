#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "env/core/atomic_file.h"
#include "env/core/csv.h"
#include "tests/end_to_end/program.h"
#include "tests/unit/core/temporary_folder.h"

using restock::read_file;
using restock::TemporaryFolder;
using restock::testing::run_program;
using restock::testing::source_file;

namespace {

constexpr std::size_t kMostBytes = std::size_t{256} << 20;

[[maybe_unused]] nlohmann::json json_file(const std::string& file) {
  return nlohmann::json::parse(read_file(file, kMostBytes));
}

/// Two SKUs of the grocery, an LSTM of a few steps, agents of a few thousand: all of restock run in half a
/// minute.
std::string small_experiment(const TemporaryFolder& folder, const std::string& scenario,
                             const std::string& lines) {
  return folder.file_with(
      "experiment.yaml",
      "name: small\nscenario: " + scenario +
          "\ntraining_paths: 16\ntuning_paths: 8\ntuning: {replications: 8, maximum_simulations: 30}\n"
          "agents:\n"
          "  - {name: ppo, agent: ppo, steps: 40000, seconds: 1000, checkpoints: 2, tune_replications: 4}\n"
          "  - {name: dqn, agent: dqn, steps: 40000, seconds: 1000, checkpoints: 2, tune_replications: 4}\n" +
          lines);
}

void check_report(const std::string& run) {
  const std::string page = read_file(run + "/report.html", kMostBytes);
  CHECK(page.find("<svg") != std::string::npos);
  CHECK(page.find("src=\"http") == std::string::npos);
  for (const char* file :
       {"report.json", "kpis.csv", "per_sku.csv", "daily.csv", "paired.csv", "environment.json"})
    CHECK(std::filesystem::exists(run + "/" + file));
}

}  // namespace

TEST_CASE("the best policy that a bundle can hold is exported") {
  const TemporaryFolder folder;
  folder.file_with("shop.yaml",
                   "name: shop\nhorizon: {days: 4000, warm_up_days: 100}\n"
                   "skus:\n  - {id: tea, demand: {law: poisson, mean: 5}, supply: {lead_time_days: 4},\n"
                   "     costs: {holding_per_unit_day: 1, shortage_per_unit: 9}}\n");
  const std::string experiment =
      folder.file_with("experiment.yaml",
                       "name: rules\nscenario: shop.yaml\ntuning: {replications: 4}\n"
                       "compare: {policies: [base_stock, myopic_2], replications: 4}\nexport: best\n");
  const auto said = run_program({"run", experiment, "--out", folder.file("run"), "--json"});
  INFO(said.errors);
  REQUIRE(said.status == 0);
  const auto json = nlohmann::json::parse(said.out);
  CHECK(json["exported"] == "base_stock");
  REQUIRE(json["not_exported"].size() == 1);
  CHECK_THAT(json["not_exported"][0].get<std::string>(), Catch::StartsWith("myopic_2: "));
  CHECK(json["results"]["optimum"]["problem_class"] == "lost_sales");
}

TEST_CASE("an experiment on laws ends in a report, a policy and today's orders") {
  const TemporaryFolder folder;
  const std::string scenario = folder.file_with(
      "shop.yaml",
      "name: shop\nhorizon: {days: 400, warm_up_days: 50}\n"
      "defaults: {costs: {holding_per_unit_day: 1, shortage_per_unit: 9}, supply: {lead_time_days: 2}}\n"
      "skus:\n  - {id: tea, demand: {law: poisson, mean: 5}}\n  - {id: milk, demand: {law: geometric, mean: "
      "3}}\n"
      "action: {kind: order_quantity, maximum: 15}\n");
  const std::string experiment = small_experiment(
      folder, scenario,
      "compare: {policies: [base_stock, s_S, ppo, dqn], replications: 8}\nexport: best_learned\n");
  const std::string run = folder.file("run");
  const auto said = run_program({"run", experiment, "--out", run, "--json"});
  INFO(said.errors);
  REQUIRE(said.status == 0);
  check_report(run);
  CHECK(nlohmann::json::parse(said.out)["exported"].get<std::string>().size() == 3);
  const std::string state =
      folder.file_with("state.csv", "id,on_hand,on_order,ordered_1_days_ago\ntea,7,5,5\nmilk,0,0,0\n");
  const auto orders = run_program({"decide", run + "/policy", "--state", state, "--json"});
  INFO(orders.errors);
  REQUIRE(orders.status == 0);
  CHECK(nlohmann::json::parse(orders.out)["orders"].size() == 2);
  CHECK(run_program({"decide", run + "/policy", "--state",
                     folder.file_with("bad.csv", "id,on_hand\ntea,-1\ncoffee,2\n")})
            .status == 2);
}

TEST_CASE("an experiment on a generated history forecasts, learns and judges on what followed") {
#ifndef RESTOCK_HAS_TORCH
  WARN("SKIPPED: this build has no LibTorch to train the LSTM");
#else
  const TemporaryFolder folder;
  const std::string experiment = small_experiment(
      folder, source_file("scenarios/corner_grocery.yaml"),
      "forecasters: [lstm, seasonal_naive]\nlstm: {units: 12, steps: 30, windows: 8, validation_days: 28, "
      "validate_every_steps: 15}\n"
      "compare: {policies: [base_stock, forecast_order_up_to, ppo, dqn]}\nexport: forecast_order_up_to\n");
  const std::string run = folder.file("run");
  const auto said = run_program({"run", experiment, "--out", run});
  INFO(said.errors);
  REQUIRE(said.status == 0);
  check_report(run);
  const auto report = json_file(run + "/report.json");
  CHECK(report.dump().find("2026-04-26") != std::string::npos);
  CHECK(std::filesystem::exists(run + "/forecaster/futures-train.h5"));
  std::string state = "id,on_hand\n";
  for (const char* id : {"milk-1l", "yoghurt-500", "eggs-10", "rye-loaf", "bananas-kg", "pasta-500",
                         "oats-500", "coffee-250", "olive-oil", "dish-soap"})
    state += std::string(id) + ",0\n";
  const auto orders = run_program({"decide", run + "/policy", "--state", folder.file_with("state.csv", state),
                                   "--history", source_file("scenarios/corner_grocery.csv")});
  INFO(orders.errors);
  REQUIRE(orders.status == 0);
  CHECK(std::count(orders.out.begin(), orders.out.end(), '\n') == 11);
  CHECK(orders.out.find("milk-1l") != std::string::npos);
#endif
}

TEST_CASE("the history that ships is what restock generate writes") {
  const TemporaryFolder folder;
  REQUIRE(run_program({"generate", "--seed", "7", "--out", folder.file("again.csv")}).status == 0);
  CHECK(read_file(folder.file("again.csv"), kMostBytes) ==
        read_file(source_file("scenarios/corner_grocery.csv"), kMostBytes));
}

TEST_CASE("an experiment runs on a real history") {
  const char* const shared = std::getenv("RESTOCK_SHARED");
  const std::string data =
      (shared != nullptr ? std::string(shared) : source_file("../shared")) + "/data/iowa_dc/series.csv.gz";
  if (!std::filesystem::exists(data)) {
    WARN("SKIPPED: " << data << " is not there");
    return;
  }
#ifndef RESTOCK_HAS_TORCH
  WARN("SKIPPED: this build has no LibTorch to train the LSTM");
#else
  const TemporaryFolder folder;
  const std::string history = folder.file("history.csv");
  const std::string cut = "gzip -dc '" + data +
                          "' | awk -F, -v OFS=, 'NR==1 {print \"unique_id\",\"ds\",\"y\"; next} "
                          "!($1 in id) {if (n==3) exit; id[$1]; n++} {print $1,$2,$3}' > '" +
                          history + "'";
  REQUIRE(std::system(cut.c_str()) == 0);
  restock::CsvReader reader(history);
  std::vector<std::string> ids;
  while (reader.next())
    if (ids.empty() || ids.back() != reader.fields()[0]) ids.push_back(reader.fields()[0]);
  std::string scenario =
      "name: iowa\nhorizon: {start: 2022-04-01, days: 84}\n"
      "demand:\n  training: {source: forecast_paths, forecaster: lstm, file: history.csv}\n"
      "  evaluation: {source: history, file: history.csv}\n"
      "defaults: {costs: {holding_per_unit_day: 0.05, shortage_per_unit: 2}, supply: {lead_time_days: "
      "3}}\nskus:\n";
  for (const std::string& id : ids) scenario += "  - {id: \"" + id + "\"}\n";
  scenario += "action: {kind: cover, maximum: 3, levels: 16}\n";
  const std::string experiment = small_experiment(folder, folder.file_with("iowa.yaml", scenario),
                                                  "lstm: {units: 12, steps: 30, windows: 8}\ncompare: "
                                                  "{policies: [base_stock, forecast_order_up_to, ppo]}\n");
  const auto said = run_program({"run", experiment, "--out", folder.file("run")});
  INFO(said.errors);
  REQUIRE(said.status == 0);
  check_report(folder.file("run"));
#endif
}
