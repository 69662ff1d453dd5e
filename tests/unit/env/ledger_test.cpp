// What is counted: lost and waiting demand, costs, days, cycles, the warm-up, and that nothing is ever lost
// on the way.
#include <catch2/catch.hpp>
#include <cmath>

#include "env/sim/kpis.h"
#include "tests/support/event_log.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::testing;

namespace {

SkuLedger ledger_after(const WarehouseSpec& spec, std::shared_ptr<const DemandPaths> paths,
                       const Orders& orders) {
  Simulator simulator(build_warehouse(spec), std::move(paths));
  simulator.reset({});
  run_to_end(simulator, orders);
  return simulator.counted_ledger(0);
}

WarehouseSpec with_stock(SkuSpec sku, Quantity on_hand, std::int64_t days, std::int64_t warm_up_days = 0) {
  sku.initial_on_hand = on_hand;
  return warehouse_of({std::move(sku)}, days, warm_up_days);
}

}  // namespace

TEST_CASE("lost demand is gone") {
  const auto spec = with_stock(lost_sales_sku("a", poisson(1), LawSpec::constant(1)), 5, 3);
  const SkuLedger ledger = ledger_after(spec, path_of({{3}, {4}, {2}}), nothing());
  CHECK(ledger.demanded == 9);
  CHECK(ledger.served_at_once == 5);
  CHECK(ledger.shipped == 5);
  CHECK(ledger.lost == 4);
  CHECK(ledger.on_hand_time == 2);  // 2 at the first close
  CHECK(ledger.backlog_time == 0);
  CHECK(ledger.days == 3);
  CHECK(ledger.no_stockout_days == 1);
}

TEST_CASE("waiting demand is served by the next receipt") {
  const auto spec = with_stock(backlog_sku("a", poisson(1), LawSpec::constant(1)), 5, 4);
  const Orders on_the_second_day = [](const Simulator& now, std::int32_t) { return now.day() == 1 ? 6 : 0; };
  const SkuLedger ledger = ledger_after(spec, path_of({{3}, {4}, {2}, {1}}), on_the_second_day);
  CHECK(ledger.demanded == 10);
  CHECK(ledger.lost == 0);
  CHECK(ledger.served_at_once == 3 + 2 + 2 + 1);
  CHECK(ledger.shipped == 10);
  CHECK(ledger.backlog_time == 2);              // over the second close
  CHECK(ledger.on_hand_time == 2 + 0 + 2 + 1);  // day 2: 6 received, 2 to the backlog, 2 sold
  CHECK(ledger.no_stockout_days == 3);
  CHECK(ledger.cycles == 1);
  CHECK(ledger.cycles_without_stockout == 0);
}

TEST_CASE("a cycle ends with a receipt and is good where no demand went unserved since the last") {
  const auto spec = with_stock(lost_sales_sku("a", poisson(1), LawSpec::constant(0)), 0, 4);
  const SkuLedger ledger = ledger_after(spec, path_of({{2}, {5}, {1}, {9}}), order_up_to(4));
  CHECK(ledger.cycles == 4);
  CHECK(ledger.cycles_without_stockout == 3);  // the first, the one after {2}, the one after {1}
}

TEST_CASE("costs are counts times rates") {
  SkuSpec sku = backlog_sku("a", poisson(1), LawSpec::constant(1));
  sku.costs = {
      .holding_per_unit_day = 2, .shortage_per_unit = 7, .shortage_per_unit_day = 3, .purchase_per_unit = 10};
  sku.supply.fixed_cost_per_order = 100;
  const auto spec = with_stock(sku, 5, 4);
  const Orders on_the_second_day = [](const Simulator& now, std::int32_t) { return now.day() == 1 ? 6 : 0; };
  const auto model = build_warehouse(spec);
  const SkuLedger ledger = ledger_after(spec, path_of({{3}, {4}, {2}, {1}}), on_the_second_day);
  const Costs costs = costs_of(ledger, model->skus[0].rates);
  CHECK(costs.purchase == 60);
  CHECK(costs.fixed == 100);
  CHECK(costs.holding == 10);
  CHECK(costs.shortage == 2 * 7 + 2 * 3);
  CHECK(costs.total() == 190);
  const Kpis kpis = kpis_of_sku(*model, 0, ledger);
  CHECK(kpis.cost_per_period == 190.0 / 4);
  CHECK(kpis.fill_rate == 0.8);
  CHECK(kpis.no_stockout_days == 0.75);
  CHECK(kpis.cycle_service_level == 0);
  CHECK(kpis.average_on_hand == 1.25);
  CHECK(kpis.average_backlog == 0.5);
  CHECK(kpis.demand_per_period == 2.5);
  CHECK(kpis.orders_per_period == 0.25);
}

TEST_CASE("holding cost may be a yearly rate of unit cost, and shortage the lost margin") {
  SkuSpec sku = lost_sales_sku("a", poisson(1), LawSpec::constant(1));
  sku.costs = {.holding_rate_per_year = 0.25, .shortage = ShortageRule::lost_margin};
  sku.price = 3;
  sku.unit_cost = 1.46;
  const auto model = build_warehouse(warehouse_of({sku}, 1));
  CHECK(model->skus[0].rates.holding_per_unit_time == Approx(0.25 * 1.46 / 365));
  CHECK(model->skus[0].rates.shortage_per_unit == Approx(1.54));
}

TEST_CASE("an indicator without a meaning is not a number") {
  const auto spec = with_stock(lost_sales_sku("a", poisson(1), LawSpec::constant(1)), 5, 2);
  const auto model = build_warehouse(spec);
  const Kpis kpis = kpis_of_sku(*model, 0, ledger_after(spec, path_of({{0}, {0}}), nothing()));
  CHECK(std::isnan(kpis.fill_rate));
  CHECK(std::isnan(kpis.cycle_service_level));
  CHECK(kpis.no_stockout_days == 1);
}

TEST_CASE("the warm-up is simulated and not counted") {
  const auto demand = path_of({{3}, {4}, {2}, {6}, {1}});
  const auto sku = backlog_sku("a", poisson(1), LawSpec::constant(1));
  const auto count = [&](std::int64_t days, std::int64_t warm_up) {
    return ledger_after(with_stock(sku, 5, days, warm_up), demand, order_up_to(8));
  };
  const SkuLedger all = count(5, 0);
  const SkuLedger first = count(2, 0);
  const SkuLedger rest = count(5, 2);
  CHECK(rest.days == 3);
  CHECK(rest.demanded == all.demanded - first.demanded);
  CHECK(rest.on_hand_time == all.on_hand_time - first.on_hand_time);
  CHECK(rest.backlog_time == all.backlog_time - first.backlog_time);
  CHECK(rest.ordered == all.ordered - first.ordered);
  CHECK(rest.cycles == all.cycles - first.cycles);
}

TEST_CASE("nothing is counted before the warm-up has ended") {
  Simulator simulator(
      build_warehouse(with_stock(lost_sales_sku("a", poisson(5), LawSpec::constant(1)), 5, 5, 2)));
  simulator.reset({});
  while (simulator.run_until_decision()) {
    CHECK(simulator.counted_ledger(0).days == std::max<std::int64_t>(0, simulator.day() - 2));
    if (simulator.day() <= 2) CHECK(simulator.counted_ledger(0).demanded == 0);
  }
  CHECK(simulator.counted_ledger(0).days == 3);
}

TEST_CASE("discounted profit weighs what each day after the warm-up brings in and costs") {
  SkuSpec sku = lost_sales_sku("a", poisson(1), LawSpec::constant(1));
  sku.price = 5;
  auto spec = with_stock(sku, 10, 4, 1);
  spec.horizon.discount_factor = 0.5;
  const auto paths = path_of({{3}, {3}, {3}, {3}});
  const SkuLedger ledger = ledger_after(spec, paths, nothing());
  // on hand at the closes 7, 4, 1, 0; the last day sells 1 and loses 2
  const Kpis kpis = kpis_of_sku(*build_warehouse(spec), 0, ledger);
  CHECK(kpis.discounted_cost == Approx(4 + 1 * 0.5 + 18 * 0.25));
  CHECK(kpis.discounted_profit == Approx((15 - 4) + (15 - 1) * 0.5 + (5 - 18) * 0.25));
  spec.horizon.discount_factor = 1;
  const Kpis plain = kpis_of_sku(*build_warehouse(spec), 0, ledger_after(spec, paths, nothing()));
  CHECK(std::isnan(plain.discounted_profit));
}
