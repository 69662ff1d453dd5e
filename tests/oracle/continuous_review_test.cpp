// Single customers and continuous review against the classics: crossing orders, (r, Q), lost sales.
#include "tests/oracle/laws.h"
#include "tests/oracle/simulated.h"

using namespace restock;
using namespace restock::testing;

namespace {

WarehouseSpec single_customers(SkuSpec sku, double holding, double shortage, std::int64_t days) {
  sku.costs.holding_per_unit_day = holding;
  (sku.unmet_demand == UnmetDemand::lost ? sku.costs.shortage_per_unit : sku.costs.shortage_per_unit_day) =
      shortage;
  WarehouseSpec spec = warehouse_of({sku}, days, 100);
  spec.arrivals = Arrivals::orders;
  spec.review = Review::continuous;
  return spec;
}

/// Base-stock 10 under Poisson customers, 5 a day, and lead times of mean 2: what is open is Poisson 10
/// whatever the law of the lead times (Palm's theorem), so that cost is a newsvendor's: 2.502201.
void check_crossing(LawSpec lead_time, std::int64_t days, std::int64_t replications, double precision) {
  const SkuSpec sku = backlog_sku("item", poisson(5), std::move(lead_time));
  const Experiment experiment(single_customers(sku, 1, 1, days), "base_stock", {10, 0}, replications);
  const Masses open = poisson_masses(10);
  const double exact = expected_left(10, open) + expected_short(10, open);
  CHECK(exact == Approx(2.502201).epsilon(1e-6));
  check_figure(experiment, "cost_per_period", exact, precision);
  check_figure(experiment, "average_on_hand", expected_left(10, open), 2 * precision);
  check_figure(experiment, "fill_rate", at_most(9, open),
               precision);  // an arriving customer sees the average
}

const LawSpec kUniform{"uniform", {{"minimum", {0}}, {"maximum", {4}}}};

}  // namespace

TEST_CASE("orders that cross: continuous base-stock is a newsvendor, whatever the law of the lead times") {
  check_crossing(exponential(2), 3'000, 100, 0.004);
  check_crossing(kUniform, 3'000, 100, 0.004);
  check_crossing(LawSpec::constant(2), 3'000, 100, 0.004);
  check_crossing({"lomax", {{"mean", {2}}, {"shape", {3}}}}, 5'000, 100, 0.004);
}

TEST_CASE("orders that cross, precisely", "[long]") {
  check_crossing(exponential(2), 100'000, 170, 0.0005);
  check_crossing(kUniform, 100'000, 170, 0.0005);
}

TEST_CASE("(r, Q) under continuous review: (3, 5) costs 107.9236") {
  // Snyder and Shen, "Fundamentals of Supply Chain Theory", example 5.8: Poisson 1.5, lead time 2, holding
  // 20, shortage 150, 100 an order.
  SkuSpec sku = backlog_sku("item", poisson(1.5), LawSpec::constant(2));
  sku.supply.fixed_cost_per_order = 100;
  const Experiment experiment(single_customers(sku, 20, 150, 20'000), "fixed_quantity", {3, 5}, 100);
  check_figure(experiment, "cost_per_period", 107.9235806331498, 0.001);
  check_figure(experiment, "orders_per_period", 0.3, 0.001);
}

TEST_CASE("lost sales under continuous review are Erlang's loss, whatever the law of the lead times") {
  // Base-stock 10: each unit on order is a busy server, and there are 5 · 1.6 = 8 erlangs.
  const double lost = erlang_b(10, 8);
  CHECK(lost == Approx(0.121661).epsilon(1e-5));
  for (const LawSpec& lead_time : {exponential(1.6), LawSpec::constant(1.6)}) {
    const SkuSpec sku = lost_sales_sku("item", poisson(5), lead_time);
    const Experiment experiment(single_customers(sku, 1, 9, 10'000), "base_stock", {10, 0}, 100);
    check_figure(experiment, "fill_rate", 1 - lost);
    check_figure(experiment, "average_on_hand", 10 - 8 * (1 - lost), 0.002);
    check_figure(experiment, "lost_sales_per_period", 5 * lost, 0.003);
  }
}
