#include "scenarios/scenario_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>

#include "env/core/atomic_file.h"
#include "scenarios/resolved.h"
#include "tests/unit/scenarios/sample_config.h"

namespace restock::scenarios {

namespace {

/// A folder that is gone when the test is over.
class Folder {
 public:
  explicit Folder(const std::string& name)
      : path_(std::filesystem::temp_directory_path() / ("restock_scenarios_" + name)) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string write(const std::string& name, const std::string& text) const {
    const std::string file = (path_ / name).string();
    write_file_atomically(file, text);
    return file;
  }
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

std::string literature(const std::string& name) {
  return fmt::format("{}/scenarios/literature/{}.yaml", RESTOCK_SOURCE_DIR, name);
}

constexpr const char* kFourMistakes = R"(name: four_mistakes
horizon: {days: 100, warmup_days: 10}
skus:
  - id: milk
    demand: {law: poisson, mean: 5}
    costs: {holding_per_unit_day: 1, shortage_per_unit: 9}
    supply: {lead_time_days: -2}
  - id: bread
    demand: {law: poisson, mean: 3}
    costs: {shortage_per_unit: 9}
    supply: {lead_time_days: 1}
  - id: milk
    demand: {law: poisson, mean: 4}
    costs: {holding_per_unit_day: 1, shortage_per_unit: 9}
    supply: {lead_time_days: 1}
)";

std::string many_skus(std::size_t count) {
  std::string text = "name: big\nhorizon: {days: 365}\nsuppliers: {dairy: {lead_time_days: 2}}\nskus:\n";
  for (std::size_t i = 0; i < count; ++i)
    text += fmt::format(
        "  - {{id: sku-{}, supplier: dairy, demand: {{law: negative_binomial, mean: 5, variance: 9}}, "
        "price: 1.29, unit_cost: 0.81, pack_size: 12, "
        "costs: {{holding_per_unit_day: 0.01, shortage_per_unit: 0.5}}}}\n",
        i);
  return text;
}

}  // namespace

TEST_CASE(
    "an unknown key, a negative lead time, a missing cost and a duplicate SKU are four located messages") {
  const Folder folder("four");
  const std::string file = folder.write("four.yaml", kFourMistakes);
  CHECK(messages_of([&] { load_scenario(file); }) ==
        fmt::format("{0}:2:22: horizon.warmup_days: unknown key, did you mean 'warm_up_days'?\n"
                    "{0}:7:30: skus[0].supply.lead_time_days: -2, expected a number in [0, 365]\n"
                    "{0}:10:12: skus[1].costs: no holding cost, expected holding_per_unit_day or "
                    "holding_rate_per_year\n"
                    "{0}:12:9: skus[2].id: 'milk' stands already at skus[0], expected an id of its own",
                    file));
}

TEST_CASE("the same mistakes are four messages in one SKU too") {
  const std::string text = R"(name: n
horizon: {days: 100}
skus:
  - {id: milk, demand: 5, costs: {holding_per_unit_day: 1, shortage_per_unit: 9}, supply: {lead_time_days: 1}}
  - {id: milk, demand: 5, colour: white, costs: {holding_per_unit_day: 1}, supply: {lead_time_days: -2}}
)";
  const std::string all = messages_of([&] { read_yaml_text<Scenario>(text, "f"); });
  CHECK(std::count(all.begin(), all.end(), '\n') == 3);
  CHECK_THAT(all, Catch::Contains("f:5:10: skus[1].id: ") &&
                      Catch::Contains("f:5:27: skus[1].colour: unknown key") &&
                      Catch::Contains("f:5:49: skus[1].costs: no shortage cost") &&
                      Catch::Contains("f:5:101: skus[1].supply.lead_time_days: -2"));
}

TEST_CASE("the scenarios of the literature load and mean what their papers say") {
  const Scenario zipkin = load_scenario(literature("zipkin_poisson_L4_p9"));
  CHECK(zipkin.warehouse.horizon.days == 100'000);
  CHECK(zipkin.warehouse.skus.at(0).unmet_demand == UnmetDemand::lost);
  CHECK(values_of(zipkin.warehouse.skus[0].supply.lead_time_days, "value")[0] == 4);
  CHECK(zipkin.published.at(0).value == 6.8359);
  const Scenario federgruen = load_scenario(literature("zheng_federgruen_10"));
  CHECK(federgruen.warehouse.skus.at(0).unmet_demand == UnmetDemand::backlog);
  CHECK(federgruen.warehouse.skus[0].supply.fixed_cost_per_order == 64);
  CHECK(federgruen.published.at(0).value == 35.0216);
}

TEST_CASE("a resolved scenario reads back the same") {
  for (const std::string name : {"zipkin_poisson_L4_p9", "zheng_federgruen_10"}) {
    const std::string yaml = resolved_yaml(load_scenario(literature(name)));
    CHECK(resolved_yaml(read_yaml_text<Scenario>(yaml, "resolved")) == yaml);
  }
}

TEST_CASE("files that a scenario names lie beside it") {
  const Folder folder("beside");
  const std::string file = folder.write("shop/shop.yaml", R"(name: shop
horizon: {days: 100}
demand:
  training: {source: history, file: data/../sales.csv}
  evaluation: {source: history, file: /data/sales.csv}
skus:
  - {id: milk, costs: {holding_per_unit_day: 1, shortage_per_unit: 9}, supply: {lead_time_days: 1}}
)");
  const Scenario scenario = load_scenario(file);
  CHECK(scenario.warehouse.demand.training.file == folder.file("shop/sales.csv"));
  CHECK(scenario.warehouse.demand.evaluation.file == "/data/sales.csv");
}

TEST_CASE("validation gathers the problems of all files") {
  const Folder folder("validate");
  const std::string bad = folder.write("bad.yaml", kFourMistakes);
  const std::string unbuildable = folder.write("unbuildable.yaml", R"(name: n
horizon: {days: 100}
arrivals: orders
skus:
  - {id: a, demand: 5, order_size: {law: poisson, mean: 1},
     costs: {holding_per_unit_day: 1, shortage_per_unit: 9}, supply: {lead_time_days: 1}}
)");
  const std::vector<std::string> files{literature("zipkin_poisson_L4_p9"), bad, folder.file("none.yaml"),
                                       unbuildable};
  const std::vector<Problem> problems = validate_scenarios(files);
  REQUIRE(problems.size() == 6);
  for (std::size_t i = 0; i < 4; ++i) CHECK(problems[i].file == bad);
  CHECK_THAT(problems[4].text(), Catch::Contains("none.yaml"));
  CHECK(problems[5].file == unbuildable);
  CHECK(validate_scenarios(std::vector<std::string>{files[0]}).empty());
}

TEST_CASE("what is on its way at the start may come within a year") {
  std::string days = "1";
  for (int day = 1; day < 366; ++day) days += ", 1";
  const std::string text =
      "name: n\nhorizon: {days: 9}\nskus:\n  - {id: a, demand: 5, initial_pipeline: [" + days +
      "],\n     costs: {holding_per_unit_day: 1, shortage_per_unit: 9}, supply: {lead_time_days: 1}}\n";
  CHECK_THROWS_WITH(read_yaml_text<Scenario>(text, "f"),
                    Catch::Contains("f:4:") && Catch::Contains("skus[0].initial_pipeline: 366 days, "
                                                               "expected at most 365"));
}

TEST_CASE("2,000 SKUs fit, written short and written out") {
  const auto scenario = read_yaml_text<Scenario>(many_skus(2000), "f");
  CHECK(scenario.warehouse.skus.size() == 2000);
  const auto again = read_yaml_text<Scenario>(resolved_yaml(scenario), "resolved");
  CHECK(again.warehouse.skus.at(1999).id == "sku-1999");
}

}  // namespace restock::scenarios
