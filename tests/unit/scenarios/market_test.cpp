// Promotions, substitutes, shared factors and returns as they are written: what they mean, and what is
// refused, where it stands.
#include <algorithm>
#include <catch2/catch.hpp>

#include "env/scenario.h"
#include "scenarios/resolved.h"
#include "scenarios/yaml_reader.h"
#include "tests/unit/scenarios/sample_config.h"

namespace restock::scenarios {

namespace {

constexpr const char* kSkus = R"(name: n
horizon: {start: 2026-01-05, days: 60}
defaults: {costs: {holding_per_unit_day: 1, shortage_per_unit: 9}, supply: {lead_time_days: 1}}
skus:
  - {id: cola, demand: 5, price: 1.5}
  - {id: lemonade, demand: 5}
)";

std::string with_skus(const std::string& promotions) {
  return kSkus + promotions;
}

std::string with_sku(const std::string& keys) {
  return std::string(R"(name: n
horizon: {start: 2026-01-05, days: 60}
defaults: {costs: {holding_per_unit_day: 1, shortage_per_unit: 9}, supply: {lead_time_days: 1}}
skus:
  - {id: cola, demand: 5, )") +
         keys + "}\n  - {id: lemonade, demand: 5}\n";
}

std::string problems_of(const std::string& text) {
  return messages_of([&] { read_yaml_text<Scenario>(text, "f"); });
}

}  // namespace

TEST_CASE("a market is read, written out and read back the same") {
  const std::string text = R"(name: n
horizon: {start: 2026-01-05, days: 60}
defaults: {costs: {holding_per_unit_day: 1, shortage_per_unit: 9}, supply: {lead_time_days: 1}}
skus:
  - id: cola
    demand: {law: poisson, mean: 5}
    demand_probability: 0.4
    price: 1.5
    substitute: {sku: lemonade, share: 0.3}
    correlation: {factor: weather, loading: 0.6}
    returns: {share: 0.1, delay_days: {law: discrete, values: [2, 5], weights: [1, 1]}}
  - {id: lemonade, demand: 5, correlation: {factor: weather, loading: -0.5}}
promotions:
  - {skus: cola, from: 2026-01-12, days: 7, repeat_every_days: 28, lift: 2, price: 0.99,
     cannibalises: {skus: [lemonade], factor: 0.8}}
  - {skus: [lemonade], from: 2026-01-05, days: 3, lift: 1.5}
)";
  const auto scenario = read_yaml_text<Scenario>(text, "f");
  const MarketSpec& cola = scenario.warehouse.skus[0].market;
  CHECK(cola.demand_probability == 0.4);
  CHECK(cola.substitute.sku == "lemonade");
  CHECK(cola.correlation.loading == 0.6);
  CHECK(cola.returns.share == 0.1);
  CHECK(scenario.warehouse.skus[1].market.substitute.sku.empty());
  CHECK(scenario.warehouse.promotions.at(0).cannibalises.factor == 0.8);
  const std::string yaml = resolved_yaml(scenario);
  CHECK(resolved_yaml(read_yaml_text<Scenario>(yaml, "resolved")) == yaml);
  CHECK_THAT(yaml, Catch::Contains("repeat_every_days: 28"));
}

TEST_CASE("promotions of SKUs and days that are none are refused where they stand") {
  CHECK(problems_of(with_skus(R"(promotions:
  - {skus: [cola, limonade], from: 2026-01-08, days: 3, cannibalises: {skus: [col], factor: 0.5}}
  - {skus: [lemonade], from: 2026-03-06, days: 3}
  - {skus: [lemonade], from: 2026-01-04, days: 3}
  - {skus: [lemonade], from: 2026-02-30, days: 3}
  - {skus: [lemonade], from: 2026-01-20, days: 3, repeat_every_days: 2}
)")) == "f:8:19: promotions[0].skus[1]: 'limonade' is not among the SKUs, did you mean 'lemonade'?\n"
        "f:8:79: promotions[0].cannibalises.skus[0]: 'col' is not among the SKUs, did you mean 'cola'?\n"
        "f:9:30: promotions[1].from: 2026-03-06, expected a day of the horizon, 2026-01-05 to 2026-03-05\n"
        "f:10:30: promotions[2].from: 2026-01-04, expected a day of the horizon, 2026-01-05 to 2026-03-05\n"
        "f:11:30: promotions[3].from: '2026-02-30', expected a date such as 2026-03-02\n"
        "f:12:70: promotions[4].repeat_every_days: 2, expected at least the 3 days that it lasts");
}

TEST_CASE("promotions of one SKU may not overlap") {
  CHECK(problems_of(with_skus(R"(promotions:
  - {skus: [cola, lemonade], from: 2026-01-08, days: 3, repeat_every_days: 10}
  - {skus: [cola], from: 2026-02-08, days: 3}
  - {skus: [lemonade, lemonade], from: 2026-01-11, days: 5}
)")) == "f:9:13: promotions[1].skus[0]: is promoted by promotions[0] as well on 2026-02-08\n"
        "f:10:23: promotions[2].skus[1]: stands twice in this promotion");
  CHECK(problems_of(with_skus(R"(promotions:
  - {skus: [cola], from: 2026-01-08, days: 3, repeat_every_days: 10}
  - {skus: [cola], from: 2026-01-11, days: 7, repeat_every_days: 10}
)"))
            .empty());
}

TEST_CASE("prices and cannibalisation of promotions must have a meaning") {
  CHECK(problems_of(with_skus(R"(promotions:
  - {skus: [lemonade], from: 2026-01-08, days: 3, price: 1}
  - {skus: [cola], from: 2026-01-08, days: 3, price: 5000000}
  - {skus: [cola], from: 2026-01-20, days: 3, cannibalises: {skus: [cola], factor: 0.5}}
  - {skus: [cola], from: 2026-01-25, days: 3, cannibalises: {skus: [lemonade]}}
)")) == "f:8:58: promotions[0].price: SKU 'lemonade' has no usual price beside it\n"
        "f:9:54: promotions[1].price: 5000000, expected at most 1000000 away from the usual price of SKU "
        "'cola'\n"
        "f:10:69: promotions[2].cannibalises.skus[0]: 'cola' is itself promoted here\n"
        "f:11:61: promotions[3].cannibalises.factor: 1 changes nothing, expected a number below 1");
}

TEST_CASE("substitutes, factors and returns that lead nowhere are refused") {
  CHECK(problems_of(with_sku("substitute: {sku: cola, share: 1}")) ==
        "f:5:45: skus[0].substitute.sku: is the SKU itself, expected another one");
  CHECK_THAT(problems_of(with_sku("substitute: {sku: water, share: 0.5}")),
             Catch::Contains("skus[0].substitute.sku: 'water' is not among the SKUs"));
  CHECK_THAT(problems_of(with_sku("substitute: {sku: lemonade}")),
             Catch::Contains("skus[0].substitute.share: missing"));
  CHECK_THAT(problems_of(with_sku("correlation: {factor: weather, loading: 0.5}")),
             Catch::Contains("skus[0].correlation.factor: 'weather' stands at no other SKU"));
  CHECK_THAT(problems_of(with_sku("correlation: {factor: weather, loading: 1.5}")),
             Catch::Contains("skus[0].correlation.loading: 1.5, expected a number in [-1, 1]"));
  CHECK_THAT(problems_of(with_sku("returns: {share: 0.5, delay_days: 0}")),
             Catch::Contains("skus[0].returns.delay_days: 0, expected a number in [1, 365]"));
  CHECK_THAT(problems_of(with_sku("returns: {share: 0.5}")),
             Catch::Contains("skus[0].returns.delay_days: missing"));
}

TEST_CASE("a substitute is kept at the same location") {
  CHECK_THAT(problems_of(R"(name: n
horizon: {start: 2026-01-05, days: 60}
defaults: {costs: {holding_per_unit_day: 1, shortage_per_unit: 9}, supply: {lead_time_days: 1}}
locations: {north: {}, south: {}}
skus:
  - {id: cola, location: north, demand: 5, substitute: {sku: lemonade, share: 1}}
  - {id: lemonade, location: north, demand: 5}
  - {id: cola, location: south, demand: 5, substitute: {sku: lemonade, share: 1}}
)"),
             Catch::Equals("f:8:62: skus[2].substitute.sku: 'lemonade' is not kept at location 'south'"));
}

TEST_CASE("the most crowded plan is judged in good time") {
  std::string text = with_skus("promotions:\n");
  text.replace(text.find("days: 60"), 8, "days: 200000");
  for (int i = 0; i < 300; ++i)
    text += "  - {skus: [cola, lemonade], from: 2026-01-05, days: 1, repeat_every_days: 1}\n";
  const std::string problems = problems_of(text);
  CHECK(std::count(problems.begin(), problems.end(), '\n') == 1);  // one for each SKU
}

}  // namespace restock::scenarios
