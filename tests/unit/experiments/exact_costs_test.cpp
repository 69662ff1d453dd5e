// Exact costs beside simulated ones. Zipkin 2008, Table 3: Poisson 5, lead time 4, holding 1, shortage 9.
#include "experiments/exact_costs.h"

#include <catch2/catch.hpp>

#include "agents/policies/parameters.h"
#include "experiments/policy_comparison.h"
#include "experiments/report/machine_files.h"
#include "experiments/report/text_table.h"
#include "tests/unit/core/temporary_folder.h"

using namespace restock;
using namespace restock::experiments;

namespace {

const std::string kZipkin =
    std::string(RESTOCK_SOURCE_DIR) + "/scenarios/literature/zipkin_poisson_L4_p9.yaml";

std::shared_ptr<const DecisionModel> zipkin() {
  return prepare_scenario({.scenario_file = kZipkin}).evaluation;
}

std::optional<double> cost_of(const ExactCosts& costs, const std::shared_ptr<const DecisionModel>& model,
                              const std::string& policy, const std::vector<std::string>& parameters) {
  return costs.cost_of(*policies::make_policy(policy, *model, parameters));
}

}  // namespace

TEST_CASE("exact costs are those of the tables") {
  const auto model = zipkin();
  const ExactCosts costs(model, {});
  REQUIRE(costs.optimum());
  CHECK(costs.optimum()->cost == Approx(6.835942).epsilon(1e-6));
  CHECK(costs.optimum()->gap_percent(2 * costs.optimum()->cost) == Approx(100));
  CHECK(*cost_of(costs, model, "base_stock", {"order_up_to_level=28"}) == Approx(7.270924).epsilon(1e-5));
  const auto optimal = costs.policy();
  REQUIRE(optimal);
  CHECK(*costs.cost_of(*optimal) == Approx(costs.optimum()->cost).epsilon(1e-6));
}

TEST_CASE("what cannot be solved within the memory is only simulated") {
  const auto model = zipkin();
  const ExactCosts costs(model, {.memory_mb = 0});
  CHECK(!costs.optimum());
  CHECK(!costs.policy());
  CHECK(!costs.refusal().empty());
  CHECK(!cost_of(costs, model, "base_stock", {"order_up_to_level=28"}));
}

TEST_CASE("a comparison without names holds all policies that apply, and the gap of each") {
  const TemporaryFolder folder;
  CompareOptions options;
  options.scenario_file = folder.file_with("shop.yaml", R"(
name: shop
horizon: {days: 2000, warm_up_days: 100}
skus:
  - {id: item, demand: {law: poisson, mean: 3}, supply: {lead_time_days: 2},
     costs: {holding_per_unit_day: 1, shortage_per_unit: 4}}
)");
  options.replications = 2;
  const Comparison comparison = compare_policies(options);
  CHECK(comparison.policies.size() > 5);
  CHECK(comparison.policies.back().name == "optimal");
  REQUIRE(comparison.optimum);
  int exact = 0;
  for (const PolicyOutcome& policy : comparison.policies) {
    if (!policy.exact_cost) continue;
    CHECK(*policy.exact_cost >= comparison.optimum->lower - 1e-6);
    ++exact;
  }
  CHECK(exact > 5);
  const std::string text = comparison_text(comparison);
  CHECK_THAT(text, Catch::Contains("exactly (lost_sales") && Catch::Contains("the optimum"));
  ReportData report;
  report.comparison = comparison;
  CHECK_THAT(report_json(report), Catch::Contains("\"problem_class\": \"lost_sales\"") &&
                                      Catch::Contains("\"exact_gap_percent\": "));
}
