// Stages in series under continuous review: Shang and Song 2003 (Management Science 49(5)), Table 1. Four
// stages, lead time 0.25 each, Poisson demand of 16 a day; the echelon holding cost is 0.25 a stage. With
// local base-stock levels that differ by stage the echelon base-stock policy is the same; its exact cost was
// recomputed by Clark and Scarf's decomposition.
#include "tests/oracle/simulated.h"

using namespace restock;
using namespace restock::testing;

namespace {

std::string stage(std::size_t number) {
  return fmt::format("stage-{}", number);
}

/// Stage 1 serves customers; each pays for what is on its way to the next one downstream.
WarehouseSpec series(double backlog_cost, std::int64_t days) {
  WarehouseSpec spec = warehouse_of({}, days / kShorter + 100, 100);
  spec.arrivals = Arrivals::orders;
  spec.review = Review::continuous;
  spec.trigger = Trigger::demand;
  for (std::size_t number = 1; number <= 4; ++number) {
    spec.locations.push_back({.id = stage(number)});
    SkuSpec sku = backlog_sku("item", number == 1 ? poisson(16) : LawSpec{}, LawSpec::constant(0.25));
    sku.location = stage(number);
    if (number < 4) sku.supply.from = stage(number + 1);
    sku.costs.holding_per_unit_day = 0.25 * static_cast<double>(5 - number);
    sku.costs.shortage_per_unit_day = backlog_cost;
    sku.costs.in_transit = number < 4 ? InTransit::upstream : InTransit::none;
    spec.skus.push_back(sku);
  }
  return spec;
}

/// `precision`: the largest standard error, as a share of the exact value.
void check_series(double backlog_cost, const std::vector<double>& echelon_levels, double exact,
                  std::int64_t days, double precision) {
  WarehouseSpec spec = series(backlog_cost, days);
  std::vector<std::string> ids;
  std::vector<std::vector<double>> levels;
  for (std::size_t i = 0; i < 4; ++i) {
    ids.push_back("item@" + stage(i + 1));
    const double local = i == 0 ? echelon_levels[0] : echelon_levels[i] - echelon_levels[i - 1];
    spec.skus[i].initial_on_hand = static_cast<Quantity>(local);
    levels.push_back({local, 0});
  }
  const auto model = decisions_of(spec);
  const auto policy = policies::make_policy({"base_stock", ids, levels});
  check_policy_cost(model, *policy, exact, 32, precision);
}

}  // namespace

// Backlogs come in long spells: a day costs 60 microseconds, and 128,000 of them leave an error of 0.2 %.
TEST_CASE("serial systems cost what Clark and Scarf's decomposition says") {
  check_series(9, {8, 13, 18, 22}, 12.687898, 4'000, 0.0015);
  check_series(99, {11, 17, 22, 27}, 16.205544, 4'000, 0.0025);
}

TEST_CASE("serial systems cost what Clark and Scarf's decomposition says to the twentieth of a percent",
          "[long]") {
  check_series(9, {8, 13, 18, 22}, 12.687898, 40'000, 0.0005);
  check_series(99, {11, 17, 22, 27}, 16.205544, 110'000, 0.0005);
}
