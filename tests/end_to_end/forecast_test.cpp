#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/end_to_end/program.h"
#include "tests/unit/core/temporary_folder.h"

using restock::TemporaryFolder;
using restock::testing::run_program;

namespace {

/// Two monthly items of four years, one of which lacks a month and begins late.
std::string monthly_history() {
  std::string text = "unique_id,ds,y\n";
  for (int month = 0; month < 48; ++month) {
    const std::string date = fmt::format("{}-{:02}-01", 2020 + month / 12, month % 12 + 1);
    text += fmt::format("bolt,{},{}\n", date, (month * 7) % 5 + 10);
    if (month > 5 && month != 20) text += fmt::format("nut,{},{}\n", date, month % 3 == 0 ? 6 : 0);
  }
  return text;
}

}  // namespace

TEST_CASE("forecasters are evaluated on months with holes, the same with any number of threads") {
  const TemporaryFolder folder;
  const std::string file = folder.file_with("monthly.csv", monthly_history());
  const std::vector<std::string> arguments{"forecast",    "evaluate",  file, "--forecasters",
                                           "ses,croston", "--horizon", "6",  "--origins",
                                           "2",           "--sums",    "3",  "--json"};
  const auto said = run_program(arguments);
  INFO(said.errors);
  REQUIRE(said.status == 0);
  const auto json = nlohmann::json::parse(said.out);
  CHECK(json["step"] == "month");
  CHECK(json["last_known"] == nlohmann::json({"2022-12-01", "2023-06-01"}));
  REQUIRE(json["forecasters"].size() == 3);
  CHECK(json["forecasters"][0]["forecaster"] == "seasonal_naive");
  CHECK(json["forecasters"][1]["rmsse"] > 0);
  CHECK(json["forecasters"][1]["levels"]["0.95"]["spl"] > 0);
  CHECK(json["forecasters"][2]["sums"][0]["steps"] == 3);
  auto threads = arguments;
  threads.insert(threads.end(), {"--threads", "2", "--out", folder.file("series.csv")});
  auto other = nlohmann::json::parse(run_program(threads).out);
  for (std::size_t i = 0; i < 3; ++i) other["forecasters"][i]["seconds"] = json["forecasters"][i]["seconds"];
  CHECK(other == json);
  CHECK(folder.entries() == 2);
}

TEST_CASE("a history is profiled, and what cannot be judged is refused") {
  const TemporaryFolder folder;
  const std::string file = folder.file_with("monthly.csv", monthly_history());
  const auto json = nlohmann::json::parse(run_program({"forecast", "profile", file, "--json"}).out);
  CHECK(json["step"] == "month");
  CHECK(json["series"][0]["class"] == "smooth");
  CHECK(json["series"][1]["class"] == "intermittent");
  CHECK(json["series"][1]["missing"] == 1);
  const auto refused = run_program({"forecast", "evaluate", file, "--horizon", "40"});
  CHECK(refused.status == 2);
  CHECK(refused.errors.find("months") != std::string::npos);
}
