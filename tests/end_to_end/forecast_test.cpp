#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "env/core/atomic_file.h"
#include "env/core/time.h"
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
  const std::string model = folder.file("model.safetensors"), out = folder.file("out.csv");
  REQUIRE(run_program({"forecast", "train", file, "--forecaster", "croston", "--out", model}).status == 0);
  REQUIRE(
      run_program({"forecast", "predict", file, "--model", model, "--horizon", "2", "--out", out}).status ==
      0);
  CHECK(restock::read_file(out, 10'000).find("nut,2024-02-01,1,") != std::string::npos);
  const auto refused = run_program({"forecast", "evaluate", file, "--horizon", "40"});
  CHECK(refused.status == 2);
  CHECK(refused.errors.find("months") != std::string::npos);
}

TEST_CASE("a history is cleaned by rules, and the log brings it back") {
  const TemporaryFolder folder;
  const std::string text =
      "unique_id,ds,y\na,2024-01-01,3\na,2024-01-02,5\na,2024-01-02,1\na,2024-01-03,-2\na,2024-01-05,4\n";
  const std::string file = folder.file_with("raw.csv", text);
  const std::string clean = folder.file("clean.csv"), log = folder.file("log.csv");
  CHECK(run_program({"forecast", "clean", file, "--out", clean, "--log", log, "step=day"}).status == 2);
  CHECK(folder.entries() == 1);
  const auto said = run_program({"forecast", "clean", file, "--out", clean, "--log", log, "duplicates=sum",
                                 "returns=net", "holes=zero", "step=day", "--json"});
  INFO(said.errors);
  REQUIRE(said.status == 0);
  const auto json = nlohmann::json::parse(said.out);
  CHECK(json["rows"] == 5);
  CHECK(json["rules"]["hole_filled"] == 1);
  CHECK(json["rules"]["return_netted"] == 2);
  CHECK(run_program({"forecast", "profile", clean}).status == 0);
  const std::string back = folder.file("back.csv");
  REQUIRE(run_program({"forecast", "clean", clean, "--undo", "--out", back, "--log", log}).status == 0);
  CHECK(restock::read_file(back, 1000) == text);
}

TEST_CASE("a template of days to come is filled in and taken, beside holidays by rule and a static table") {
  const TemporaryFolder folder;
  std::string text = "unique_id,ds,y,price\n", others = text;
  for (int day = 1; day <= 28; ++day)
    for (const char* id : {"a", "b"}) {
      text += fmt::format("{},2024-02-{:02},{},2\n", id, day, day % 7);
      others += fmt::format("{}{},2024-02-{:02},{},2\n", id, id, day, day % 5);
    }
  const std::string file = folder.file_with("sales.csv", text);
  const std::string table = folder.file("future.csv");
  auto missing = nlohmann::json::parse(
      run_program({"forecast", "covariates", file, "--horizon", "3", "--json", "--write-template", table})
          .out);
  CHECK(missing["missing"].size() == 6);
  CHECK(missing["missing"][0]["ds"] == "2024-02-29");
  std::string filled = restock::read_file(table, 1000);
  for (std::size_t at = filled.find(",\n"); at != std::string::npos; at = filled.find(",\n"))
    filled.replace(at, 2, ",3\n");
  const std::string future = folder.file_with("filled.csv", filled);
  missing = nlohmann::json::parse(
      run_program({"forecast", "covariates", file, "--horizon", "3", "--json", "--future", future}).out);
  CHECK(missing["missing"].empty());
  const std::string other = folder.file_with("other.csv", others);
  const std::string statics = folder.file_with("static.csv", "unique_id,category\na,x\n");
  const auto judged = run_program({"forecast", "evaluate", file, "--forecasters", "ses", "--horizon", "5",
                                   "--future", future, "--holidays", "US,02-14", "--static", statics,
                                   "--fit-on", other, "--html", folder.file("page.html"), "--json"});
  INFO(judged.errors);
  REQUIRE(judged.status == 0);
  CHECK(judged.errors.find("no row for 1 series: b") != std::string::npos);
  CHECK(nlohmann::json::parse(judged.out)["fit_on"] == other);
  CHECK(restock::read_file(folder.file("page.html"), 1 << 20).find("The worst series") != std::string::npos);
}

TEST_CASE("a model is trained, predicts, and is updated with new days") {
  const TemporaryFolder folder;
  std::string text = "unique_id,ds,y\n", known = text;
  for (const char* id : {"a", "b", "c"})
    for (int day = 0; day < 200; ++day) {
      const std::string date =
          restock::format_date(restock::parse_date("2024-01-01").value() + std::chrono::days(day));
      const std::string row =
          fmt::format("{},{},{}\n", id, date, (day * 7 + id[0]) % 5 + (day >= 172 ? 9 : 0));
      text += row;
      if (day < 172) known += row;
    }
  const std::string file = folder.file_with("sales.csv", text), old = folder.file_with("known.csv", known);
  const std::string model = folder.file("model.safetensors"), out = folder.file("forecast.csv");
  REQUIRE(run_program({"forecast", "train", old, "--forecaster", "ets", "--out", model}).status == 0);
  REQUIRE(run_program(
              {"forecast", "predict", old, "--model", model, "--horizon", "3", "--sums", "3", "--out", out})
              .status == 0);
  const std::string whole = restock::read_file(out, 10'000);
  CHECK(whole.find("unique_id,ds,steps,mean,q0.5,q0.9,q0.95,q0.99\na,2024-06-21,1,") == 0);
  REQUIRE(run_program({"forecast", "predict", old, "--model", model, "--horizon", "3", "--sums", "3", "--out",
                       out, "--at-once", "1"})
              .status == 0);
  CHECK(restock::read_file(out, 10'000) == whole);
  const auto said =
      run_program({"forecast", "update", model, file, "--out", folder.file("new.safetensors"), "--json"});
  INFO(said.errors);
  REQUIRE(said.status == 0);
  const auto json = nlohmann::json::parse(said.out);
  CHECK(json["total"]["drift"] == true);
  CHECK(json["drifting"].size() == 3);
  CHECK(json["guard"]["old"]["crps"] > 0);
  CHECK(run_program({"forecast", "predict", file, "--model", model, "--forecaster", "ses", "--out", out})
            .status == 2);
}
