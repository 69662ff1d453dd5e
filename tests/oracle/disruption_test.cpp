// Suppliers that fail, against closed forms.
#include "tests/oracle/simulated.h"

using namespace restock;
using namespace restock::testing;

namespace {

/// Whole days with the law P(n) = p (1 − p)^(n − 1), n ≥ 1: an exponential law rounded up.
LawSpec days_until(double probability) {
  return exponential(-1 / std::log1p(-probability));
}

}  // namespace

TEST_CASE("base-stock with a supplier that fails costs what Snyder and Shen compute") {
  // Snyder and Shen 2019, "Fundamentals of Supply Chain Theory", example 9.3: 2000 units a day, holding 0.25,
  // shortage 3, disrupted with probability 0.04, back with 0.25; S = 8000 costs 2737.07.
  SkuSpec sku = backlog_sku("item", LawSpec::constant(2000), LawSpec::constant(0));
  sku.costs.holding_per_unit_day = 0.25;
  sku.costs.shortage_per_unit_day = 3;
  sku.supply.outages = {days_until(0.04), days_until(0.25)};
  const Experiment experiment(warehouse_of({sku}, 100'000, 500), "base_stock", {8000, 0}, 300);
  check_figure(experiment, "cost_per_period", 2737.068965, 0.002);  // outages are rare
}

TEST_CASE("yield scales what arrives and base-stock orders what is missing anew") {
  // Without lead time the level after the receipt is position − short deliveries of the day alone; in the
  // long run what is received equals what is demanded, so orders exceed demand by 1 / E[yield].
  SkuSpec sku = backlog_sku("item", poisson(40), LawSpec::constant(0));
  sku.supply.yield = {"uniform", {{"minimum", {0.6}}, {"maximum", {1.0}}}};
  sku.costs.purchase_per_unit = 1;
  const Experiment experiment(warehouse_of({sku}, 20'000, 500), "base_stock", {60, 0}, 60);
  // Each unit ordered arrives with expectation 0.8 but for the rounding of whole units, which is unbiased.
  check_figure(experiment, "purchase_cost_per_period", 40 / 0.8, 0.001);
}
