// restock init: what is taken from a user's files, what is guessed, and that the result can be simulated.
#include "experiments/init/init.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "env/core/error.h"
#include "env/core/time.h"
#include "experiments/init/scenario_draft.h"
#include "experiments/init/supplier_names.h"
#include "experiments/prepared_scenario.h"
#include "scenarios/scenario_file.h"
#include "tests/unit/core/temporary_folder.h"

using namespace restock;
using namespace restock::experiments;

namespace {

std::string content_of(const std::string& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// 182 days of three items: milk sells daily, tea every fifth day, and a lamp never.
std::string sales_csv(int stocked_out_day = -1) {
  std::string text = "unique_id,ds,y,stocked_out\n";
  for (const char* id : {"lamp", "milk", "tea"})
    for (int day = 0; day < 182; ++day) {
      const Date date = *parse_date("2025-01-06") + std::chrono::days(day);
      const int units = *id == 'm' ? 8 + day % 7 * 2 : *id == 't' && day % 5 == 0 ? 3 : 0;
      text += fmt::format("{},{},{},{}\n", id, format_date(date), units,
                          *id == 'm' && day == stocked_out_day ? 1 : 0);
    }
  return text;
}

constexpr const char* kItems =
    "sku,unit_price,unit_cost,pack,vendor,colour\n"
    "milk,1.29,0.81,12,\"Dairy, Ltd.\",white\n"
    "tea,4.50,9.00,,Grocer,\n";

struct Files {
  InitOptions options(const std::string& sales = sales_csv()) const {
    return {.sales = folder.file_with("sales.csv", sales),
            .items = folder.file_with("items.csv", kItems),
            .receipts = folder.file_with("receipts.csv", receipts),
            .out = folder.file("shop")};
  }
  TemporaryFolder folder;
  std::string receipts =
      "ordered,received,supplier\n2025-01-01,2025-01-03,\"Dairy, Ltd.\"\n2025-01-08,2025-01-10,\"Dairy, "
      "Ltd.\"\n"
      "2025-01-15,2025-01-18,\"Dairy, Ltd.\"\n2025-01-22,2025-01-24,\"Dairy, Ltd.\"\n"
      "2025-02-01,2025-02-03,\"Dairy, Ltd.\"\n2025-02-10,2025-02-01,Grocer\n2025-02-10,,Grocer\n";
};

std::string message_of(const InitOptions& options) {
  try {
    init_scenario(options);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("a user's files become a scenario that can be simulated") {
  const Files files;
  const InitOutcome outcome = init_scenario(files.options());
  CHECK(outcome.skus == 2);
  REQUIRE(outcome.notes.size() == 3);
  CHECK_THAT(outcome.notes[0], Catch::Contains("1 of 3 series") && Catch::Contains("lamp"));
  CHECK_THAT(outcome.notes[1], Catch::Contains("colour"));
  CHECK_THAT(outcome.notes[2], Catch::Contains("2 rows of the receipts") && Catch::Contains("lines 7, 8"));

  const Scenario scenario = scenarios::load_scenario(outcome.scenario);
  CHECK(scenario.name == "shop");
  CHECK(scenario.warehouse.horizon.start == "2025-06-09");
  CHECK(scenario.warehouse.horizon.days == 28);
  REQUIRE(scenario.warehouse.skus.size() == 2);
  const SkuSpec& milk = scenario.warehouse.skus[0];
  CHECK(milk.id == "milk");
  CHECK(milk.supplier == "dairy-ltd");
  CHECK(milk.price == Approx(1.29));
  CHECK(milk.unit_cost == Approx(0.81));
  CHECK(milk.pack_size == 12);
  CHECK(milk.pattern.weekday_factors.size() == 7);
  CHECK(milk.initial_on_hand == 48);  // 14 a day for 2.2 days and one more, in packs of 12
  const SkuSpec& tea = scenario.warehouse.skus[1];
  CHECK(tea.unit_cost == Approx(2.7));  // what the table says is no less than the price
  const PreparedScenario prepared =
      prepare_scenario({.scenario_file = outcome.scenario, .evaluation_only = true, .forecasts = false});
  CHECK(prepared.judged_by_history());
}

TEST_CASE("every value says where it comes from, and every guess is marked") {
  const Files files;
  const InitOutcome outcome = init_scenario(files.options());
  const std::string text = content_of(outcome.scenario);
  for (const char* part :
       {"from sales.csv, items.csv, receipts.csv",
        "lead_time_days: {law: discrete, values: [2, 3], weights: [4, 1]}", "5 receipts of this supplier",
        "unit_cost: 2.7", "items say 9, which is no less than the price",
        "intermittent: sold on 20 % of 154 days, 0.604 a day", "smooth: sold on 100 % of 154 days",
        "source: forecast_paths", "source: history"})
    CHECK_THAT(text, Catch::Contains(part));
  std::size_t guesses = 0;
  for (std::size_t at = 0; (at = text.find("GUESS, edit", at)) != std::string::npos; ++at) ++guesses;
  CHECK(outcome.guesses == guesses);
  CHECK(guesses >= 8);
  CHECK_THAT(content_of(outcome.experiment), Catch::Contains("scenario: scenario.yaml"));
}

TEST_CASE("without items and receipts all of it is guessed, and said") {
  const Files files;
  InitOptions options = files.options();
  options.items.clear();
  options.receipts.clear();
  options.carrying_rate = 0.4;
  const InitOutcome outcome = init_scenario(options);
  const std::string text = content_of(outcome.scenario);
  CHECK_THAT(text, Catch::Contains("GUESS, edit: no price is known") &&
                       Catch::Contains("GUESS, edit: no receipts are known") &&
                       Catch::Contains("holding_rate_per_year: 0.4") && Catch::Contains("lead_time_days: 7"));
}

TEST_CASE("a shelf that was empty in the last weeks leaves the judgement to laws") {
  const Files files;
  const InitOutcome outcome = init_scenario(files.options(sales_csv(170)));
  CHECK_THAT(content_of(outcome.scenario), Catch::Contains("evaluation: {source: law}") &&
                                               Catch::Contains("'milk' was stocked out on 2025-06-25"));
  CHECK(prepare_scenario({.scenario_file = outcome.scenario, .evaluation_only = true, .forecasts = false})
            .judged_by_history() == false);
}

TEST_CASE("days that a series lacks are days without sales, but for those before its first") {
  const Files files;
  std::string sales = "unique_id,ds,y\n";
  for (int day = 0; day < 182; ++day) {
    const std::string date = format_date(*parse_date("2025-01-06") + std::chrono::days(day));
    sales += fmt::format("milk,{},8\n", date);
    if (day >= 50 && day % 3 == 0) sales += fmt::format("tea,{},5\n", date);
  }
  const InitOutcome outcome = init_scenario(files.options(sales));
  REQUIRE_FALSE(outcome.notes.empty());
  CHECK_THAT(outcome.notes[0], Catch::Contains("87 days that series lack"));  // of 131, tea sold on 44
  const std::string text = content_of(outcome.scenario);
  CHECK_THAT(text, Catch::Contains("intermittent: sold on 34 % of 103 days"));
  CHECK(prepare_scenario({.scenario_file = outcome.scenario, .evaluation_only = true, .forecasts = false})
            .judged_by_history());
}

TEST_CASE("long lead times train on laws, which forecasts do not reach") {
  Files files;
  files.receipts = "po_sent,delivered\n2024-01-01,2024-04-01\n";
  const std::string text = content_of(init_scenario(files.options()).scenario);
  CHECK_THAT(text, Catch::Contains("training: {source: law}") && Catch::Contains("lead_time_days: 91") &&
                       Catch::Contains("1 receipts of all suppliers"));
}

TEST_CASE("what is wrong with a user's files is said with its place, and nothing is left behind") {
  const Files files;
  InitOptions options = files.options();
  options.items = files.folder.file_with("twice.csv", "sku,price\nmilk,1\nmilk,2\n");
  CHECK_THAT(message_of(options), Catch::Contains("twice.csv:3") && Catch::Contains("stands here twice"));
  options.items = files.folder.file_with("bad.csv", "sku,price\nmilk,cheap\n");
  CHECK_THAT(message_of(options), Catch::Contains("bad.csv:2") && Catch::Contains("price"));
  options.items = files.folder.file_with("noid.csv", "name,price\nmilk,1\n");
  CHECK_THAT(message_of(options), Catch::Contains("unique_id"));
  options.items.clear();
  options.receipts = files.folder.file_with("dates.csv", "ordered,received\n1/2/2025,2025-01-03\n");
  CHECK_THAT(message_of(options), Catch::Contains("dates.csv:2") && Catch::Contains("no date such as"));
  options.receipts = files.folder.file_with("none.csv", "ordered,received\n2025-01-03,2025-01-02\n");
  CHECK_THAT(message_of(options), Catch::Contains("no row has both dates"));
  options.receipts.clear();
  options.evaluation_days = 150;
  CHECK_THAT(message_of(options), Catch::Contains("182 days of sales, expected at least 206"));
  CHECK_FALSE(std::filesystem::exists(options.out));
  CHECK_FALSE(std::filesystem::exists(options.out + ".partial"));
  options.evaluation_days = 0;
  std::filesystem::create_directory(options.out + ".partial");
  CHECK_THAT(message_of(options), Catch::Contains(".partial: exists"));
  CHECK(std::filesystem::exists(options.out + ".partial"));
  options.out = files.folder.file("");
  CHECK_THAT(message_of(options), Catch::Contains("is not empty"));
}

TEST_CASE("suppliers get ids of their own") {
  SupplierNames names;
  CHECK(names.id_of("Dairy, Ltd.") == "dairy-ltd");
  CHECK(names.id_of("Dairy Ltd") == "dairy-ltd-2");
  CHECK(names.id_of("Dairy, Ltd.") == "dairy-ltd");
  CHECK(names.id_of("") == "supplier");
  CHECK(names.id_of("Żółw ÆØÅ").size() >= 1);
}
