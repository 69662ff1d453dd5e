// Planned lots where demand is known: what a rolling horizon costs against the best plan of all days.
#include <catch2/catch.hpp>

#include "agents/policies/lot_sizing.h"
#include "tests/oracle/simulated.h"

using namespace restock;
using namespace restock::testing;

namespace {

/// Known demand, two days of lead time, 100 an order; enough stock for those two days to begin with.
WarehouseSpec known_demand(std::vector<double> weekday_factors, Quantity initial) {
  SkuSpec sku = backlog_sku("item", LawSpec::constant(10), LawSpec::constant(2));
  sku.supply.fixed_cost_per_order = 100;
  sku.pattern.weekday_factors = std::move(weekday_factors);
  sku.initial_on_hand = initial;
  return warehouse_of({sku}, 728, 28);
}

double cost_of(const WarehouseSpec& spec, const char* policy) {
  const auto model = decisions_of(spec);
  const std::vector<std::string> settings{"safety_factor=0", "planning_periods=60"};
  const auto built = policies::make_policy(policy, *model, settings);
  return estimate_of(evaluate(model, *built, {}).costs_per_period(*model->warehouse)).mean;
}

}  // namespace

TEST_CASE("planned lots for steady demand are the best ones") {
  // Every n-th day 10 n units: (100 + 10 n (n − 1) / 2) / n is least at n = 4 and at n = 5: 40 a day.
  const WarehouseSpec spec = known_demand({}, 20);
  CHECK(cost_of(spec, "wagner_whitin") == Approx(40).epsilon(0.002));
  CHECK(cost_of(spec, "silver_meal") == Approx(40).epsilon(0.002));
}

TEST_CASE("planned lots for a week of busy and quiet days come close to the best plan of all weeks") {
  const std::vector<double> week{1, 0.5, 0.2, 2, 4, 3, 0};
  const WarehouseSpec spec = known_demand(week, 15);  // of the first two days
  std::vector<double> demand;
  for (std::size_t day = 0; day < 700; ++day) demand.push_back(10 * week[day % 7]);
  const double best = policies::wagner_whitin(demand, {100, 1}).cost / 700;
  const double rolling = cost_of(spec, "wagner_whitin");
  CAPTURE(best, rolling);
  CHECK(rolling >= best * 0.998);  // other days at the ends
  CHECK(rolling <= best * 1.01);
  CHECK(cost_of(spec, "silver_meal") <= best * 1.15);
}
