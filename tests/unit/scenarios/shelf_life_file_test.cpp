// Shelf life and who takes which unit, as a scenario says it.
#include <catch2/catch.hpp>

#include "env/core/error.h"
#include "env/sim/warehouse_model.h"
#include "scenarios/resolved.h"
#include "scenarios/scenario_file.h"
#include "scenarios/yaml_reader.h"

namespace restock::scenarios {

namespace {

std::string scenario_with(const std::string& sku, const std::string& arrivals = "daily") {
  return "name: n\nhorizon: {days: 100}\narrivals: " + arrivals +
         "\nskus:\n  - {id: a, costs: {holding_per_unit_day: 1, shortage_per_unit: 9}, supply: "
         "{lead_time_days: 1}" +
         sku + "}\n";
}

WarehouseSpec read(const std::string& text) {
  return read_yaml_text<Scenario>(text, "f").warehouse;
}

void check_problem(const std::string& text, const std::string& expected) {
  CAPTURE(text, expected);
  CHECK_THROWS_WITH(read(text), Catch::Contains(expected));
}

}  // namespace

TEST_CASE("two kinds of customers have a law each") {
  const std::string text = scenario_with(
      ", demand: {law: poisson, mean: 1}, shelf_life_days: 3, issuing: by_customer, freshest_demand: {law: "
      "poisson, mean: 3}");
  const WarehouseSpec spec = read(text);
  CHECK(spec.skus[0].issuing == Issuing::by_customer);
  const auto model = build_warehouse(spec);
  CHECK(model->skus[0].mean_demand_per_day == Approx(4));
  CHECK(model->skus[0].kinds.size() == 1);
  Scenario scenario = read_yaml_text<Scenario>(text, "f");
  const std::string resolved = resolved_yaml(scenario);
  CHECK(build_warehouse(read(resolved))->skus[0].mean_demand_per_day == Approx(4));
}

TEST_CASE("what does not fit two kinds of customers is said") {
  const std::string law = ", demand: {law: poisson, mean: 1}";
  const std::string fresh = ", freshest_demand: {law: poisson, mean: 3}";
  check_problem(scenario_with(law + ", shelf_life_days: 3, issuing: by_customer"),
                "missing demand or freshest_demand, which issuing: by_customer needs");
  check_problem(scenario_with(law + fresh + ", shelf_life_days: 3"),
                "skus[0].freshest_demand: has no meaning without issuing: by_customer");
  check_problem(scenario_with(law + fresh + ", issuing: by_customer"),
                "skus[0].issuing: has no meaning without shelf_life_days");
  check_problem(scenario_with(law + fresh + ", shelf_life_days: 3, issuing: by_customer", "orders"),
                "skus[0].issuing: by_customer needs arrivals: daily");
}

}  // namespace restock::scenarios
