// Perishable stock under base-stock policies against exact values.
#include "tests/oracle/simulated.h"

using namespace restock;
using namespace restock::testing;

namespace {

/// De Moor, Gijsbrechts and Boute 2022 (European Journal of Operational Research 301(2)): demand is a gamma
/// law of mean 4 and coefficient of variation 0.5, rounded; 3 a unit ordered, 5 a unit lost, 1 a unit kept, 7
/// or 10 a unit wasted; at most 10 are ordered; 365 days discounted with 0.99 after 100 days from empty.
WarehouseSpec de_moor(std::int64_t shelf_life, double lead_time, Issuing issuing, double disposal) {
  SkuSpec sku =
      lost_sales_sku("item", {"gamma", {{"mean", {4}}, {"cv", {0.5}}}}, LawSpec::constant(lead_time));
  sku.costs.shortage_per_unit = 5;
  sku.costs.purchase_per_unit = 3;
  sku.costs.disposal_per_unit = disposal;
  sku.shelf_life_days = shelf_life;
  sku.issuing = issuing;
  WarehouseSpec spec = warehouse_of({sku}, 365 * kShorter, 100);  // the horizon itself must not be shortened
  spec.horizon.discount_factor = 0.99;
  return spec;
}

void check_cost(const WarehouseSpec& spec, double order_up_to_level, double exact) {
  const Experiment experiment(spec, "base_stock", {order_up_to_level, 10}, 20'000 / kShorter);
  check_figure(experiment, "discounted_cost", exact);
}

}  // namespace

TEST_CASE("two days of shelf life cost what the exact expectation says") {
  // Farrington et al. 2025, Annals of Operations Research, Table 3, recomputed exactly.
  check_cost(de_moor(2, 1, Issuing::lifo, 7), 5, 1565.268);
  check_cost(de_moor(2, 1, Issuing::fifo, 10), 6, 1484.777);
  check_cost(de_moor(2, 2, Issuing::lifo, 7), 7, 1589.978);
  check_cost(de_moor(2, 2, Issuing::fifo, 10), 9, 1504.531);
}

TEST_CASE("three days of shelf life cost what the exact expectation says") {
  check_cost(de_moor(3, 1, Issuing::lifo, 7), 6, 1500.760);
  check_cost(de_moor(3, 1, Issuing::fifo, 10), 8, 1436.729);
}

TEST_CASE("a shelf life of one day is the newsvendor") {
  // 8 units each morning; what is left at the close is thrown away. E[left] and E[lost] of Poisson demand.
  SkuSpec sku = lost_sales_sku("item", poisson(6), LawSpec::constant(0));
  sku.shelf_life_days = 1;
  sku.costs.disposal_per_unit = 2;
  const Experiment experiment(warehouse_of({sku}, 50'000, 10), "base_stock", {8, 0}, 60);
  double mass = std::exp(-6.0), left = 0, lost = 6 - 8;
  for (int demand = 0; demand < 8; ++demand, mass *= 6.0 / demand) left += (8 - demand) * mass;
  lost += left;
  check_figure(experiment, "expired_per_period", left);
  CHECK(experiment.figure("average_on_hand").mean == 0);
  check_figure(experiment, "lost_sales_per_period", lost, 0.003);  // rare
  check_figure(experiment, "cost_per_period", 2 * left + 9 * lost, 0.001);
}
