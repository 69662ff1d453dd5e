#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <thread>

#include "env/core/atomic_file.h"
#include "tests/end_to_end/program.h"
#include "tests/unit/core/temporary_folder.h"

using restock::read_file;
using restock::TemporaryFolder;
using restock::testing::Background;
using restock::testing::run_program;
using restock::testing::source_file;

namespace {

const std::string kZipkin = source_file("scenarios/literature/zipkin_poisson_L4_p9.yaml");
constexpr std::size_t kMostBytes = std::size_t{1} << 30;

bool wait_for(const std::function<bool()>& holds, double seconds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  while (std::chrono::steady_clock::now() < end) {
    if (holds()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return false;
}

std::size_t files_in(const std::string& folder) {
  if (!std::filesystem::exists(folder)) return 0;
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

}  // namespace

TEST_CASE("training that is killed and resumed ends with the weights of training left alone") {
  for (const std::string agent : {"ppo", "dqn"}) {
    const TemporaryFolder folder;
    const auto arguments = [&](const std::string& out) {
      return std::vector<std::string>{"train",
                                      kZipkin,
                                      "--agent",
                                      agent,
                                      "--out",
                                      folder.file(out),
                                      "--threads",
                                      "1",
                                      "steps=600000",
                                      "seconds=100000",
                                      "checkpoints=3",
                                      "tune_replications=1",
                                      "checkpoint_seconds=0.2",
                                      "--set",
                                      "horizon.days=20000",
                                      "--set",
                                      agent == "ppo" ? "normaliser=learned" : "normaliser=fixed"};
    };
    const auto whole = run_program(arguments("whole"));
    INFO(whole.errors);
    REQUIRE(whole.status == 0);
    {
      Background training(arguments("killed"));
      REQUIRE(wait_for([&] { return std::filesystem::exists(folder.file("killed/checkpoints/latest.ckpt")); },
                       60));
      training.kill();
    }
    CHECK_FALSE(std::filesystem::exists(folder.file("killed/result.json")));
    REQUIRE(run_program(arguments("killed")).status == 0);
    CHECK(read_file(folder.file("whole/checkpoints/best.ckpt"), kMostBytes) ==
          read_file(folder.file("killed/checkpoints/best.ckpt"), kMostBytes));
    const auto metrics = [&](const std::string& out) {
      return nlohmann::json::parse(read_file(folder.file(out) + "/result.json", kMostBytes))["metrics"];
    };
    CHECK(metrics("whole")["tune/cost_per_day"] == metrics("killed")["tune/cost_per_day"]);
    CHECK(metrics("whole")["steps"] == metrics("killed")["steps"]);
  }
}

TEST_CASE("a run folder refuses another configuration") {
  const TemporaryFolder folder;
  const std::vector<std::string> arguments{"train",
                                           kZipkin,
                                           "--agent",
                                           "ppo",
                                           "--out",
                                           folder.file("run"),
                                           "steps=20000",
                                           "checkpoints=1",
                                           "tune_replications=1",
                                           "--set",
                                           "horizon.days=3000"};
  REQUIRE(run_program(arguments).status == 0);
  CHECK(run_program(arguments).out.find("finished already") != std::string::npos);
  std::vector<std::string> other = arguments;
  other[6] = "steps=30000";
  CHECK(run_program(other).status == 2);
}

TEST_CASE("a sweep that is killed halfway and started again ends with all results, none done twice") {
  const TemporaryFolder folder;
  const std::string file = folder.file_with(
      "sweep.yaml",
      "scenario: " + kZipkin +
          "\nmethod: grid\nparameters:\n  agent: {value: ppo}\n  steps: {value: 60000}\n"
          "  checkpoints: {value: 1}\n  tune_replications: {value: 1}\n"
          "  learning_rate: {values: [1e-4, 3e-4, 1e-3, 3e-3]}\n  discount: {values: [0.95, 0.99]}\n");
  const std::string out = folder.file("sweep");
  {
    Background sweep({"sweep", file, "--out", out, "--threads", "2"});
    REQUIRE(wait_for([&] { return files_in(out + "/jobs/done") >= 3; }, 120));
    sweep.kill();
  }
  const std::size_t done_before = files_in(out + "/jobs/done");
  CHECK(done_before < 8);
  std::map<std::string, std::filesystem::file_time_type> finished;
  for (const auto& run : std::filesystem::directory_iterator(out + "/runs"))
    if (std::filesystem::exists(run.path() / "result.json"))
      finished[run.path()] = std::filesystem::last_write_time(run.path() / "result.json");
  const auto said = run_program({"sweep", file, "--out", out, "--threads", "2", "--json"});
  INFO(said.errors);
  REQUIRE(said.status == 0);
  CHECK(nlohmann::json::parse(said.out)["trials"].size() == 8);
  CHECK(files_in(out + "/runs") == 8);
  CHECK(files_in(out + "/jobs/done") == 8);
  CHECK(files_in(out + "/jobs/queue") + files_in(out + "/jobs/claimed") == 0);
  for (const auto& [run, time] : finished)
    CHECK(std::filesystem::last_write_time(run + "/result.json") == time);
  const auto best = run_program(
      {"train", kZipkin, "--config", out + "/best.yaml", "--out", folder.file("best"), "steps=20000"});
  INFO(best.errors);
  CHECK(best.status == 0);
}
