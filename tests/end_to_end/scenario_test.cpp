#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/end_to_end/program.h"
#include "tests/unit/core/temporary_folder.h"

using restock::TemporaryFolder;
using restock::testing::run_program;
using restock::testing::source_file;

namespace {

const std::string kZipkin = source_file("scenarios/literature/zipkin_poisson_L4_p9.yaml");

}  // namespace

TEST_CASE("a scenario with four mistakes yields four located messages, exit code 2 and no file") {
  const TemporaryFolder folder;
  const std::string file =
      folder.file_with("bad.yaml",
                       "name: bad\nhorizon: {days: 100}\nskus:\n"
                       "  - id: a\n    demand: {law: poisson, mean: 5}\n    colour: red\n"
                       "    costs: {holding_per_unit_day: 1, shortage_per_unit: 9}\n"
                       "    supply: {lead_time_days: -2}\n"
                       "  - id: a\n    demand: {law: poisson, mean: 5}\n"
                       "    costs: {holding_per_unit_day: 1}\n    supply: {lead_time_days: 2}\n");
  const auto said = run_program({"validate", file});
  CHECK(said.status == 2);
  CHECK(said.out.empty());
  INFO(said.errors);
  CHECK(std::count(said.errors.begin(), said.errors.end(), '\n') == 4);
  for (const char* part :
       {"bad.yaml:6:", "colour", "bad.yaml:8:", "lead_time_days", "-2", "bad.yaml:9:", "'a'", "shortage"})
    CHECK(said.errors.find(part) != std::string::npos);
  CHECK(folder.entries() == 1);
  const auto json = nlohmann::json::parse(run_program({"validate", file, "--json"}).out);
  CHECK(json["problems"].size() == 4);
  const auto run = run_program({"simulate", file, "--trace", folder.file("trace.txt")});
  CHECK(run.status == 2);
  CHECK(folder.entries() == 1);
}

TEST_CASE("every scenario that ships is valid") {
  const auto said =
      run_program({"validate", kZipkin, source_file("scenarios/literature/zheng_federgruen_10.yaml"),
                   source_file("scenarios/corner_grocery.yaml")});
  INFO(said.errors);
  CHECK(said.status == 0);
}

TEST_CASE("the exact optimum is solved, simulated and refused by the program") {
  const auto solved = run_program({"solve", kZipkin, "--json"});
  REQUIRE(solved.status == 0);
  const auto answer = nlohmann::json::parse(solved.out);
  const double cost = answer["average_cost"].get<double>();
  CHECK(cost == Approx(6.835942).epsilon(1e-6));
  CHECK(answer["lower"].get<double>() <= cost);
  CHECK(answer["upper"].get<double>() >= cost);
  const auto simulated = run_program({"simulate", kZipkin, "--policy", "optimal", "--replications", "8",
                                      "--set", "horizon.days=5000", "--json"});
  REQUIRE(simulated.status == 0);
  CHECK(nlohmann::json::parse(simulated.out)["kpis"]["cost_per_period"]["mean"].get<double>() ==
        Approx(cost).epsilon(0.03));
  const auto refused = run_program({"solve", source_file("scenarios/corner_grocery.yaml")});
  CHECK(refused.status == 2);
  CHECK(refused.out.empty());
  CHECK_THAT(refused.errors, Catch::Contains("expected"));
}

TEST_CASE("the exact optimum says what to order today") {
  const TemporaryFolder folder;
  const std::string bundle = folder.file("optimal.policy");
  REQUIRE(run_program({"solve", kZipkin, "--export", bundle}).status == 0);
  const std::string state = folder.file_with("state.csv",
                                             "id,on_hand,on_order,ordered_1_days_ago,ordered_2_days_ago,"
                                             "ordered_3_days_ago\nitem,6,12,5,4,3\n");
  const auto orders = run_program({"decide", bundle, "--state", state, "--json"});
  REQUIRE(orders.status == 0);
  CHECK(nlohmann::json::parse(orders.out)["orders"][0]["order_quantity"] == 6);
  const auto levels =
      run_program({"solve", source_file("scenarios/literature/shang_song_1.yaml"), "--export", bundle});
  CHECK(levels.status == 2);
  CHECK_THAT(levels.errors, Catch::Contains("no table of orders"));
  const auto stray = run_program({"solve", kZipkin, "horizon.days=500"});
  CHECK(stray.status == 2);
  CHECK_THAT(stray.errors, Catch::Contains("horizon.days=500") && Catch::Contains("--set"));
}

TEST_CASE("a simulation prints the same hash with 1, 2 and 7 threads") {
  std::string hash;
  for (const char* threads : {"1", "2", "7"}) {
    const auto said =
        run_program({"simulate", kZipkin, "--policy", "base_stock", "order_up_to_level=29", "maximum_order=5",
                     "--replications", "8", "--set", "horizon.days=5000", "--threads", threads, "--json"});
    REQUIRE(said.status == 0);
    const auto json = nlohmann::json::parse(said.out);
    CHECK(json["kpis"]["cost_per_period"]["mean"].get<double>() == Approx(6.91).epsilon(0.02));
    const std::string now = json["ledger_hash"];
    CHECK((hash.empty() || hash == now));
    hash = now;
  }
}

TEST_CASE("mistakes on the command line end with code 2 and say what helps") {
  CHECK(run_program({"simulate", kZipkin, "--policy", "base_stok"}).errors.find("base_stock") !=
        std::string::npos);
  CHECK(run_program({"simulate", kZipkin, "--policy", "base_stock", "order_up_to=29"}).status == 2);
  CHECK(run_program({"simulate", "/nowhere.yaml"}).status == 2);
  CHECK(run_program({"no-such-verb"}).status == 2);
  CHECK(run_program({"train", kZipkin, "--agent", "ppo", "learning_rte=1"}).status == 2);
  CHECK(run_program({"--help"}).status == 0);
}

TEST_CASE("schemas are JSON") {
  for (const char* of : {"scenario", "experiment", "sweep", "generate"}) {
    const auto json = nlohmann::json::parse(run_program({"schema", of}).out);
    CHECK(json["$schema"] == "http://json-schema.org/draft-07/schema#");
  }
}

TEST_CASE("a user's own sales become a scenario that the program simulates") {
  const TemporaryFolder folder;
  const std::string sales = source_file("scenarios/corner_grocery.csv");
  const auto made = run_program({"init", sales, "--out", folder.file("shop"), "--json"});
  INFO(made.errors);
  REQUIRE(made.status == 0);
  const auto answer = nlohmann::json::parse(made.out);
  CHECK(answer["skus"] == 10);
  CHECK(answer["guesses"].get<int>() > 10);
  const auto simulated = run_program({"simulate", answer["scenario"], "--policy", "base_stock", "--json"});
  INFO(simulated.errors);
  REQUIRE(simulated.status == 0);
  CHECK(nlohmann::json::parse(simulated.out)["kpis"]["fill_rate"]["mean"].get<double>() > 0.5);
  const auto again = run_program({"init", sales, "--out", folder.file("shop")});
  CHECK(again.status == 2);
  CHECK_THAT(again.errors, Catch::Contains("is not empty"));
}
