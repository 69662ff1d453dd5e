#include "experiments/sweep/sweep.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <set>

#include "env/core/atomic_file.h"
#include "env/core/error.h"
#include "experiments/sweep/job_queue.h"
#include "scenarios/yaml_reader.h"
#include "tests/unit/core/temporary_folder.h"

namespace restock::experiments {

namespace {

constexpr char kRandom[] =
    "scenario: shop.yaml\nmethod: random\nrun_cap: 200\nseeds_per_trial: 2\nparameters:\n  agent: {value: "
    "ppo}\n"
    "  learning_rate: {distribution: log_uniform_values, min: 1e-4, max: 1e-2}\n  rollout_length: {values: "
    "[32, 64, 128]}\n"
    "  layers: {distribution: int_uniform, min: 1, max: 3}\n";

constexpr char kGrid[] =
    "scenario: shop.yaml\nmethod: grid\nmetric: {name: cost, goal: minimize}\nparameters:\n  agent: {value: "
    "ppo}\n"
    "  x: {values: [1, 2, 3]}\n  y: {values: [10, 20]}\n";

/// Stands for `restock train`: the cost is x + y, and each start leaves a line in starts.txt.
std::string fake_trainer(const TemporaryFolder& folder) {
  const std::string file =
      folder.file_with("trainer",
                       "#!/bin/sh\nout=; cost=0\nwhile [ $# -gt 0 ]; do\n  case $1 in\n    --out) out=$2; "
                       "shift;;\n    x=*|y=*) cost=$((cost + ${1#*=}));;\n"
                       "  esac\n  shift\ndone\necho \"$out\" >> \"" +
                           folder.file("starts.txt") +
                           "\"\n"
                           "[ $cost = 13 ] && exit 2\necho \"{\\\"metrics\\\": {\\\"cost\\\": $cost}, "
                           "\\\"seconds\\\": 1}\" > \"$out/result.json\"\n");
  chmod(file.c_str(), 0755);
  return file;
}

SweepConfig config_of(const char* text) {
  return scenarios::read_yaml_text<SweepConfig>(text, "sweep.yaml");
}

}  // namespace

TEST_CASE("random trials lie where their distributions say and depend on the seed alone") {
  const SweepConfig config = config_of(kRandom);
  const auto trials = trials_of(config, 1);
  REQUIRE(trials.size() == 200);
  std::size_t small = 0;
  std::set<std::string> lengths;
  std::set<std::string> layers;
  for (const TrialSettings& trial : trials) {
    const double rate = std::stod(trial[1].second);
    CHECK((rate >= 1e-4 && rate <= 1e-2));
    small += rate < 1e-3;
    lengths.insert(trial[2].second);
    layers.insert(trial[3].second);
  }
  CHECK(std::abs(static_cast<double>(small) - 100) < 4 * std::sqrt(50.0));  // half of the decades
  CHECK(lengths == std::set<std::string>{"32", "64", "128"});
  CHECK(layers == std::set<std::string>{"1", "2", "3"});
  CHECK(trials == trials_of(config, 1));
  CHECK(trials != trials_of(config, 2));
}

TEST_CASE("a grid is the product of its values, and bounded") {
  SweepConfig config = config_of(kGrid);
  CHECK(trials_of(config, 1).size() == 6);
  config.run_cap = 5;
  CHECK_THROWS_AS(trials_of(config, 1), InputError);
}

TEST_CASE("a sweep that makes no sense is refused") {
  CHECK_THROWS_AS(config_of("scenario: a\nparameters: {x: {value: 1, values: [2]}}"), InputError);
  CHECK_THROWS_AS(config_of("scenario: a\nparameters: {x: {}}"), InputError);
  CHECK_THROWS_AS(config_of("scenario: a\nparameters: {x: {distribution: uniform, min: 2, max: 1}}"),
                  InputError);
  CHECK_THROWS_AS(
      config_of("scenario: a\nmethod: grid\nparameters: {x: {distribution: uniform, min: 1, max: 2}}"),
      InputError);
}

TEST_CASE("a sweep ranks its trials, keeps failures apart and does nothing twice") {
  const TemporaryFolder folder;
  const SweepConfig config = config_of(kGrid);
  const SweepOptions options{.folder = folder.file("sweep"),
                             .program = fake_trainer(folder),
                             .seed = 1,
                             .threads = 2,
                             .progress = {}};
  const SweepResult first = run_sweep(config, ".", options);
  REQUIRE(first.trials.size() == 6);
  CHECK(first.trainings == 6);
  CHECK(first.trials.front().metric.mean == 11);
  CHECK(std::isnan(first.trials.back().metric.mean));  // x = 3, y = 10 fails
  CHECK(first.trials[4].metric.mean == 23);
  const std::string best = read_file(first.best_file, 10'000);
  CHECK(best.find("x: 1\ny: 10\n") != std::string::npos);
  const SweepResult again = run_sweep(config, ".", options);
  CHECK(again.trainings == 0);
  CHECK(again.trials.front().metric.mean == 11);
  const std::string starts = read_file(folder.file("starts.txt"), 100'000);
  CHECK(std::count(starts.begin(), starts.end(), '\n') == 6);
}

TEST_CASE("a sweep's folder belongs to one sweep") {
  const TemporaryFolder folder;
  SweepConfig config = config_of(kGrid);
  const SweepOptions options{.folder = folder.file("sweep"),
                             .program = fake_trainer(folder),
                             .seed = 1,
                             .threads = 1,
                             .progress = {}};
  run_sweep(config, ".", options);
  config.seeds_per_trial = 2;
  CHECK_THROWS_AS(run_sweep(config, ".", options), InputError);
}

TEST_CASE("a job is claimed once, and again when its worker is gone") {
  const TemporaryFolder folder;
  const JobQueue queue(folder.file("jobs"));
  queue.add({"a", "b"});
  {
    const auto a = queue.claim();
    const auto b = queue.claim();
    REQUIRE((a && b));
    CHECK(a->name() == "a");
    CHECK(b->name() == "b");
    CHECK_FALSE(queue.claim());
    queue.recover();  // both are held
    CHECK(queue.claimed().size() == 2);
    queue.finish(*a);
  }
  queue.recover();
  CHECK(queue.waiting() == std::vector<std::string>{"b"});
  CHECK(queue.done() == std::vector<std::string>{"a"});
  queue.add({"a", "b"});
  CHECK(queue.waiting() == std::vector<std::string>{"b"});
}

}  // namespace restock::experiments
