// What restock solve prints and writes.
#include <filesystem>
#include <nlohmann/json.hpp>

#include "env/core/csv.h"
#include "env/core/error.h"
#include "experiments/policy_table_file.h"
#include "experiments/solve.h"
#include "tests/oracle/simulated.h"
#include "tests/support/exact_scenarios.h"
#include "tests/unit/core/temporary_folder.h"

using namespace restock;
using namespace restock::experiments;
using namespace restock::testing;

namespace {

const std::string kZipkin =
    std::string(RESTOCK_SOURCE_DIR) + "/scenarios/literature/zipkin_poisson_L4_p9.yaml";

}  // namespace

TEST_CASE("the orders of all states as CSV and as HDF5") {
  const TemporaryFolder folder;
  const exact::Result result = optimum(lost_sales(2, 2, 9));
  const std::string csv = folder.file("orders.csv");
  write_policy_table(result, csv);
  CsvReader rows(csv);
  CHECK(rows.header() == std::vector<std::string>{"day_of_cycle", "on_hand", "due_in_1_days", "order"});
  std::size_t count = 0;
  std::int64_t order_of_nothing = 0;
  while (rows.next()) {
    if (count++ == 0) order_of_nothing = rows.integer(3, 0, 1000);
  }
  CHECK(count == result.states);
  CHECK(order_of_nothing > 0);  // the first state has nothing anywhere
  write_policy_table(result, folder.file("orders.h5"));
  CHECK(std::filesystem::file_size(folder.file("orders.h5")) > count * 16);
  CHECK_THROWS_AS(write_policy_table(result, folder.file("orders.txt")), InputError);
}

TEST_CASE("one JSON object a scenario, with the keys that the documentation names") {
  const auto solved = solve_scenarios({.scenario = kZipkin});
  const auto json = nlohmann::json::parse(solved_json(solved, false));
  for (const char* key :
       {"average_cost", "lower", "upper", "states", "state_actions", "seconds", "class", "published"})
    CHECK(json.contains(key));
  CHECK(json["average_cost"].get<double>() == Approx(6.835942).margin(6e-7));
  CHECK(json["lower"].get<double>() <= json["upper"].get<double>());
  CHECK(json["published"][0]["difference"].get<double>() == Approx(4.2e-5).margin(1e-6));
  const auto of_folder = nlohmann::json::parse(solved_json(solved, true));
  CHECK(of_folder["scenarios"].size() == 1);
}

TEST_CASE("the exact cost of a policy from the command line") {
  const auto solved = solve_scenarios({.scenario = kZipkin,
                                       .policy = "base_stock",
                                       .parameters = {"order_up_to_level=29", "maximum_order=5"}});
  CHECK(solved.front().result.average_cost.value == Approx(6.912279).margin(6e-7));
  CHECK(solved_text(solved, false).find("policy base_stock") != std::string::npos);
}

TEST_CASE("a scenario outside of every class is wrong input, with the reasons") {
  CHECK_THROWS_WITH(
      solve_scenarios(
          {.scenario = kZipkin,
           .overrides = {"skus[0].supply.lead_time_days={law: uniform, minimum: 1, maximum: 4}"}}),
      Catch::Contains("supply.lead_time_days"));
  CHECK_THROWS_AS(solve_scenarios({.scenario = std::string(RESTOCK_SOURCE_DIR) + "/env"}), InputError);
}
