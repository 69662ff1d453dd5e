// Futures from a file as the demand of a scenario.
#include "experiments/demand_paths_split.h"

#include <catch2/catch.hpp>

#include "env/core/error.h"
#include "experiments/demand_paths_file.h"
#include "experiments/prepared_scenario.h"
#include "tests/unit/core/temporary_folder.h"

using namespace restock;
using namespace restock::experiments;

namespace {

/// Path p asks for p units on every day.
DemandPathsFile numbered(std::int64_t paths, std::int64_t days) {
  DemandPathsFile content{{paths, days, 1, {}}, {"item"}};
  for (std::int64_t path = 0; path < paths; ++path)
    for (std::int64_t day = 0; day < days; ++day)
      content.paths.units.push_back(static_cast<std::int32_t>(path));
  return content;
}

constexpr char kScenario[] = R"(
name: futures
horizon: {days: 10}
demand:
  training: {source: paths, file: train.h5}
  evaluation: {source: paths, file: judge.h5}
skus:
  - {id: item, costs: {holding_per_unit_day: 1, shortage_per_unit: 9}, supply: {lead_time_days: 1}}
)";

}  // namespace

TEST_CASE("futures from files train, tune and judge") {
  const TemporaryFolder folder;
  write_demand_paths(numbered(10, 12), folder.file("train.h5"));
  write_demand_paths(numbered(3, 10), folder.file("judge.h5"));
  const PreparedScenario prepared =
      prepare_scenario({.scenario_file = folder.file_with("s.yaml", kScenario)});
  CHECK(prepared.training->paths->paths == 8);
  CHECK(prepared.tuning->paths->paths == 2);
  CHECK(prepared.tuning->paths->day(0, 0)[0] == 8);
  CHECK(prepared.evaluation->paths->paths == 3);
  CHECK(prepared.warehouse->skus[0].mean_demand_per_day == Approx(4.5));
  CHECK(prepared.evaluation_text().find("judge.h5") != std::string::npos);
}

TEST_CASE("futures that do not fit the scenario are refused") {
  const TemporaryFolder folder;
  const std::string scenario = folder.file_with("s.yaml", kScenario);
  write_demand_paths(numbered(10, 9), folder.file("train.h5"));
  write_demand_paths(numbered(3, 10), folder.file("judge.h5"));
  CHECK_THROWS_WITH(prepare_scenario({.scenario_file = scenario}), Catch::Contains("paths of 9 days"));
  write_demand_paths(numbered(4, 10), folder.file("train.h5"));
  CHECK_THROWS_WITH(prepare_scenario({.scenario_file = scenario}),
                    Catch::Contains("4 paths, expected at least 5"));
  DemandPathsFile other = numbered(10, 10);
  other.skus = {"other"};
  write_demand_paths(other, folder.file("train.h5"));
  CHECK_THROWS_WITH(prepare_scenario({.scenario_file = scenario}), Catch::Contains("expected item"));
}
