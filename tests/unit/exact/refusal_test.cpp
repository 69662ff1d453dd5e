// What is outside of every class is refused, and each reason names a key.
#include <catch2/catch.hpp>

#include "tests/support/exact_scenarios.h"

using namespace restock;
using namespace restock::exact;
using namespace restock::testing;

namespace {

void check_refused(const WarehouseSpec& spec, const std::string& key) {
  INFO(key);
  CHECK_THROWS_WITH(recognise(*decisions_of(spec)), Catch::Contains("belongs to no class") &&
                                                        Catch::Contains(key) && Catch::Contains("expected"));
}

/// A change of one SKU.
template <class Change>
WarehouseSpec changed(WarehouseSpec spec, const Change& change) {
  change(spec.skus.front());
  return spec;
}

}  // namespace

TEST_CASE("each class recognises its own") {
  const auto name = [](const WarehouseSpec& spec) {
    return std::string(recognise(*decisions_of(spec))->name());
  };
  CHECK(name(lost_sales(5, 4, 9)) == "lost_sales");
  CHECK(name(zheng_federgruen(10, 1000, 0)) == "backorder");
  CHECK(name(perishable(2, 1, Issuing::fifo)) == "perishable");
  CHECK(name(two_suppliers(2, 5)) == "dual_sourcing");
  CHECK(name(two_items()) == "joint_replenishment");
  CHECK(name(crossing_orders(1, 1, 2)) == "crossing_orders");
  CHECK(name(crossing_orders(1, 1, 1)) == "random_lead_times");  // one unit a customer never catches up
  CHECK(name(disrupted(poisson(3), 20, 3)) == "disruptions");
  CHECK(name(series(poisson(3), 9, {2, 1}, {1, 1}, Arrivals::orders)) == "serial");
  CHECK(name(series(poisson(3), 9, {2, 1}, {1, 1}, Arrivals::daily)) == "serial");
}

TEST_CASE("a key that no class models is a reason") {
  const WarehouseSpec plain = lost_sales(5, 2, 9);
  check_refused(changed(plain, [](SkuSpec& sku) { sku.supply.yield = LawSpec::constant(0.9); }),
                "supply.yield");
  check_refused(changed(plain,
                        [](SkuSpec& sku) {
                          sku.supply.lead_time_days = discrete({1, 2}, {1, 1});
                        }),
                "supply.lead_time_days");
  check_refused(changed(plain, [](SkuSpec& sku) { sku.costs.in_transit = InTransit::downstream; }),
                "costs.in_transit");
  check_refused(changed(plain,
                        [](SkuSpec& sku) {
                          sku.supply.partial_delivery = {0.5, 0.5, LawSpec::constant(1)};
                        }),
                "supply.partial_delivery");
  check_refused(changed(plain,
                        [](SkuSpec& sku) {
                          sku.supply.outages = {LawSpec::constant(30), LawSpec::constant(3)};
                        }),
                "outages");
  check_refused(changed(plain,
                        [](SkuSpec& sku) {
                          sku.market.returns = {0.1, LawSpec::constant(3)};
                        }),
                "returns");
  WarehouseSpec floor = plain;
  floor.facility.capacity_m3 = 5;
  floor.skus[0].volume_m3 = 0.01;
  check_refused(floor, "facility");
  WarehouseSpec waiting = zheng_federgruen(5, 1000, 0);
  waiting.skus[0].backlog_share = 0.5;
  check_refused(waiting, "backlog_share");
  waiting.skus[0].backlog_share = 1;
  waiting.skus[0].patience_days = 3;
  check_refused(waiting, "patience_days");
  WarehouseSpec yearly = changed(plain, [](SkuSpec& sku) { sku.pattern.yearly_amplitude = 0.3; });
  check_refused(yearly, "pattern");
  WarehouseSpec two = plain;
  two.skus.push_back(plain.skus[0]);
  two.skus[1].id = "other";
  check_refused(two, "skus");
}

TEST_CASE("limits within a class are reasons as well") {
  WarehouseSpec many = crossing_orders(1, 1, 1);
  many.skus[0].maximum_order_quantity = 3;
  CHECK_THROWS_WITH(optimum(many),
                    Catch::Contains("optimum is not known") && Catch::Contains("maximum_order_quantity: 1"));
  WarehouseSpec fixed = series(poisson(3), 9, {2, 1}, {1, 1}, Arrivals::orders);
  fixed.skus[0].supply.fixed_cost_per_order = 5;
  check_refused(fixed, "fixed_cost_per_order");
  check_refused(two_suppliers(0, 5), "suppliers");
  WarehouseSpec slow = zheng_federgruen(10, 1000, 0);
  slow.skus[0].maximum_order_quantity = 8;
  check_refused(slow, "maximum_order_quantity");
  WarehouseSpec two = two_suppliers(2, 5);
  for (SourceSpec& source : two.skus[0].sources) source.maximum_order_quantity = 1;
  check_refused(two, "maximum_order_quantity (of both suppliers): 2, expected more than the mean demand");
  WarehouseSpec truck = two_items();
  truck.suppliers[0].joint_order = {.maximum_units = 4};
  check_refused(truck, "joint_order.maximum_units: 4");
}

TEST_CASE("disruptions of other kinds than the class models are refused") {
  const WarehouseSpec plain = disrupted(poisson(3), 20, 3);
  check_refused(
      changed(plain, [](SkuSpec& sku) { sku.supply.outages.days_to_repair = LawSpec::constant(3); }),
      "days_to_repair");
  check_refused(changed(plain, [](SkuSpec& sku) { sku.supply.lead_time_days = LawSpec::constant(2); }),
                "lead_time_days: more than 0");
  check_refused(changed(plain, [](SkuSpec& sku) { sku.maximum_order_quantity = 9; }),
                "maximum_order_quantity");
}

TEST_CASE("chains that no memory holds are refused before they are built") {
  for (const auto& [mean, lead_time] : {std::pair(50'000.0, 3.0), {500.0, 14.0}, {60.0, 30.0}}) {
    const auto model = decisions_of(lost_sales(mean, lead_time, 99));
    CHECK_THROWS_WITH(solve(model, {.maximum_bytes = std::uint64_t{64} << 20}),
                      Catch::Contains("expected at most 64 MB"));
  }
}

TEST_CASE("demand that follows a history has no law") {
  auto model = std::make_shared<DecisionModel>(*decisions_of(lost_sales(5, 2, 9)));
  model->paths = std::make_shared<DemandPaths>(DemandPaths{1, 1000, 1, std::vector<std::int32_t>(1000)});
  CHECK_THROWS_WITH(recognise(*model), Catch::Contains("demand.evaluation.source"));
}
