// The block `warehouse:` of a scenario: what it means, and what is wrong with it, line by line.
#include <catch2/catch.hpp>

#include "env/core/error.h"
#include "env/sim/warehouse_model.h"
#include "scenarios/resolved.h"
#include "scenarios/scenario_file.h"
#include "scenarios/yaml_reader.h"

namespace restock::scenarios {

namespace {

std::string scenario_with(const std::string& warehouse, const std::string& arrivals = "orders",
                          const std::string& sku = "") {
  return "name: n\nhorizon: {days: 100}\narrivals: " + arrivals + "\nwarehouse: " + warehouse +
         "\nskus:\n  - {id: a, demand: 5, costs: {holding_per_unit_day: 1, shortage_per_unit: 9}, supply: "
         "{lead_time_days: 1}" +
         sku + "}\n";
}

WarehouseSpec read(const std::string& text) {
  return read_yaml_text<Scenario>(text, "f").warehouse;
}

void check_problem(const std::string& text, const std::string& expected) {
  CAPTURE(text, expected);
  try {
    read(text);
    CHECK(false);
  } catch (const InputError& error) {
    CHECK_THAT(error.what(), Catch::Contains(expected));
  }
}

}  // namespace

TEST_CASE("capacity is read in cubic metres and kept in cubic centimetres") {
  const WarehouseSpec spec = read(
      scenario_with("{capacity_m3: 14, overflow: {cost_per_m3_day: 6.00}}", "daily", ", volume_m3: 0.0011"));
  CHECK(spec.facility.overflow.rule == OverflowRule::cost);
  const auto model = build_warehouse(spec);
  REQUIRE(model->facilities.size() == 1);
  CHECK(model->facilities[0].capacity == 14'000'000);
  CHECK(model->facilities[0].skus == std::vector<std::int32_t>{0});
  CHECK(model->skus[0].volume == 1'100);
  CHECK(model->skus[0].rates.overflow_per_volume_day == Approx(6e-6));
  CHECK(build_warehouse(read(scenario_with("{}")))->facilities.empty());
}

TEST_CASE("crews have hours on weekdays of the calendar") {
  const auto model = build_warehouse(read(
      scenario_with("{docks: {number: 2, units_per_hour: 300, open: \"06:00\", close: \"14:00\", days: [mon, "
                    "sat]}, put_away_hours: 2, pickers: {number: 3, hours_per_line: {law: exponential, "
                    "mean: 0.1}, open: \"08:30\"}, dispatch: {cut_off: \"16:00\"}}")));
  const FacilityModel& facility = model->facilities.at(0);
  CHECK(facility.docks.number == 2);
  CHECK(facility.docks.milliseconds_per_unit == Approx(12'000));
  CHECK(facility.docks.calendar == WorkCalendar{6 * 3'600'000, 14 * 3'600'000, 0b0100001, 0});
  CHECK(facility.put_away_hours->mean() == 2);
  CHECK(facility.pickers.calendar == WorkCalendar{8 * 3'600'000 + 1'800'000, kMillisecondsPerDay, 0x7f, 0});
  CHECK(facility.cut_off == 16 * 3'600'000);
}

TEST_CASE("what does not fit together in a warehouse is said where it stands") {
  const std::string limit = "{capacity_m3: 1, overflow: ";
  check_problem(scenario_with("{capacity_m3: 1}", "daily", ", volume_m3: 0.1"),
                "f:4:26: warehouse.capacity_m3: nothing is said of what does not fit");
  check_problem(scenario_with(limit + "{rule: wait, cost_per_m3_day: 1}}", "daily", ", volume_m3: 0.1"),
                "warehouse.overflow: cost_per_m3_day has no meaning");
  check_problem(scenario_with("{overflow: {rule: refuse}}"),
                "warehouse.overflow: has no meaning without capacity_m3");
  check_problem(scenario_with(limit + "{rule: refuse}}"), "skus[0]: missing volume_m3");
  check_problem(scenario_with(limit + "{rule: refuse}}", "daily", ", volume_m3: 1.5"),
                "skus[0].volume_m3: 1.5, expected at most");
  check_problem(scenario_with("{docks: {number: 1, units_per_hour: 2}}", "daily"),
                "f:4:20: warehouse.docks: has no meaning with arrivals: daily");
  check_problem(scenario_with("{put_away_hours: 2}", "daily"),
                "warehouse.put_away_hours: has no meaning with arrivals: daily");
  check_problem(scenario_with("{pickers: {number: 1, lines_per_hour: 2}}", "daily"),
                "warehouse.pickers: has no meaning with arrivals: daily");
  check_problem(scenario_with("{docks: {units_per_hour: 2}}"), "warehouse.docks.number: missing");
  check_problem(scenario_with("{pickers: {number: 2}}"), "warehouse.pickers.number: without a speed");
  check_problem(scenario_with("{pickers: {number: 2, lines_per_hour: 3, hours_per_line: 1}}"),
                "warehouse.pickers.lines_per_hour: both");
  check_problem(scenario_with("{docks: {number: 1, units_per_hour: 2, open: \"14:00\", close: \"06:00\"}}"),
                "warehouse.docks.close: '06:00', expected a time after the opening");
  check_problem(scenario_with("{docks: {number: 1, units_per_hour: 2, open: \"25:00\"}}"),
                "warehouse.docks.open: '25:00', expected a time of day");
  check_problem(scenario_with("{docks: {number: 1, units_per_hour: 2, days: [mon, funday]}}"),
                "warehouse.docks.days[1]: 'funday', expected mon");
  check_problem(scenario_with("{dispatch: {cut_off: \"16:00\"}}"),
                "warehouse.dispatch: cut_off has no meaning without pickers");
  check_problem(scenario_with("{cycle_count: {every_days: 7}}"),
                "warehouse.cycle_count: has no meaning without shrinkage");
  check_problem(scenario_with("{shrinkage: {share_per_day: 1.5}}"), "warehouse.shrinkage.share_per_day");
  check_problem(
      "name: n\nhorizon: {days: 9}\nskus:\n  - {id: a, demand: 5, costs: {holding_per_unit_day: 1, "
      "shortage_per_unit: 9, late_per_unit: 1}, supply: {lead_time_days: 1}}\n",
      "skus[0].costs.late_per_unit: has no meaning without");
}

TEST_CASE("a fulfilment centre reads back the same when it has been resolved") {
  const Scenario scenario =
      load_scenario(std::string(RESTOCK_SOURCE_DIR) + "/scenarios/fulfilment_centre.yaml");
  CHECK(scenario.warehouse.facility.pickers.number == 3);
  const std::string yaml = resolved_yaml(scenario);
  CHECK(resolved_yaml(read_yaml_text<Scenario>(yaml, "resolved")) == yaml);
}

}  // namespace restock::scenarios
