// The period kernel against the event engine: the same ledger and the same hash, replication by replication.
#include <functional>

#include "tests/unit/period/both_ways.h"

using namespace restock;
using namespace restock::testing;

namespace {

LawSpec random_demand(Chooser& choose) {
  switch (choose.upto(4)) {
    case 0:
      return poisson(static_cast<double>(choose.upto(12)) + 0.3);
    case 1:
      return {"geometric", {{"mean", {static_cast<double>(choose.upto(6)) + 0.5}}}};
    case 2:
      return LawSpec::constant(static_cast<double>(choose.upto(7)));
    case 3:
      return {"negative_binomial", {{"mean", {150}}, {"variance", {9000}}}};
    default:
      return discrete({0, 3, 11, 40}, {6, 3, 1, 1});
  }
}

LawSpec random_lead_time(Chooser& choose) {
  switch (choose.upto(4)) {
    case 0:
      return LawSpec::constant(0);
    case 1:
      return LawSpec::constant(static_cast<double>(choose.upto(9)));
    case 2:
      return discrete({0, 1, 5}, {2, 1, 1});
    case 3:
      return {"gamma", {{"mean", {3}}, {"cv", {0.8}}}};
    default:
      return discrete({2, 3, 17}, {1, 3, 2});
  }
}

SkuSpec random_sku(Chooser& choose, std::string id) {
  const LawSpec demand = random_demand(choose);
  const LawSpec lead_time = random_lead_time(choose);
  SkuSpec sku = choose.coin() ? lost_sales_sku(std::move(id), demand, lead_time)
                              : backlog_sku(std::move(id), demand, lead_time);
  sku.supply.review_period_days = 1 + choose.upto(3) * choose.upto(2);
  sku.supply.first_review_day = choose.upto(2);
  sku.supply.fixed_cost_per_order = 5;
  if (choose.coin()) sku.pack_size = 1 + choose.upto(11);
  if (choose.coin()) sku.minimum_order_quantity = choose.upto(40);
  if (choose.coin()) sku.maximum_order_quantity = 60 + choose.upto(100);
  if (choose.coin()) sku.initial_on_hand = choose.upto(60);
  vary_days(choose, sku);
  return sku;
}

}  // namespace

TEST_CASE("kernel and event engine agree on the literature's instances") {
  const WarehouseSpec lost = zipkin(2'000, 100);
  check_both_ways(lost, *policy_of(lost, "base_stock", {29, 5}));
  const WarehouseSpec waiting = zheng_federgruen(10, 2'000, 100);
  check_both_ways(waiting, *policy_of(waiting, "s_S", {6, 40}));
}

TEST_CASE("kernel and event engine agree on random warehouses") {
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    CAPTURE(seed);
    Chooser choose(seed);
    std::vector<SkuSpec> skus;
    for (std::int64_t i = choose.upto(3); i >= 0; --i)
      skus.push_back(random_sku(choose, fmt::format("sku-{}", i)));
    const std::int64_t days = 1 + choose.upto(200);
    const WarehouseSpec spec = warehouse_of(skus, days, choose.coin() ? choose.upto(days - 1) : 0);
    check_both_ways(spec, *random_policy(choose, spec));
  }
}

TEST_CASE("kernel and event engine agree on quantities beyond 32 bits") {
  SkuSpec sku = backlog_sku("bulk", LawSpec::constant(1e9), LawSpec::constant(2));
  sku.pack_size = 1'000;
  const WarehouseSpec spec = warehouse_of({sku}, 90, 10);
  check_both_ways(spec, *policy_of(spec, "base_stock", {12e9, 0}));
}

TEST_CASE("kernel and event engine agree where tallies of 32 bits must be added up in time") {
  const SkuSpec sku = lost_sales_sku("bulk", poisson(90'000), LawSpec::constant(2));
  const WarehouseSpec spec = warehouse_of({sku}, 3'000, 700);
  const auto policy = policy_of(spec, "base_stock", {9'000'000, 0});
  const auto kernel = PeriodEvaluation::of(decisions_of(spec), *policy);
  REQUIRE(kernel);
  CHECK(kernel->block() == period::lockstep_lanes());
  check_both_ways(spec, *policy);
}

TEST_CASE("kernel and event engine agree on demand paths") {
  Chooser choose(7);
  DemandPaths paths{.paths = 3, .days = 120, .skus = 2, .units = {}};
  for (int i = 0; i < 3 * 120 * 2; ++i) paths.units.push_back(static_cast<std::int32_t>(choose.upto(9)));
  const WarehouseSpec spec = warehouse_of({random_sku(choose, "a"), random_sku(choose, "b")}, 120, 20);
  check_both_ways(spec, *policy_of(spec, "s_S", {12, 30}), std::make_shared<DemandPaths>(paths));
}

TEST_CASE("what the kernel does not know goes to the event engine") {
  const auto runs_on_kernel = [](const std::function<void(WarehouseSpec&)>& change) {
    WarehouseSpec spec = zipkin(50, 0);
    change(spec);
    const auto rule = policy_of(spec, "base_stock", {29, 0});
    return PeriodEvaluation::of(decisions_of(spec), *rule).has_value();
  };
  CHECK(runs_on_kernel([](WarehouseSpec&) {}));
  CHECK_FALSE(runs_on_kernel([](WarehouseSpec& spec) { spec.review = Review::continuous; }));
  CHECK_FALSE(runs_on_kernel([](WarehouseSpec& spec) { spec.horizon.discount_factor = 0.99; }));
  CHECK_FALSE(runs_on_kernel([](WarehouseSpec& spec) { spec.skus[0].shelf_life_days = 3; }));
  CHECK_FALSE(runs_on_kernel([](WarehouseSpec& spec) {
    spec.skus[0].supply.yield = {"uniform", {{"minimum", {0}}, {"maximum", {1}}}};
  }));
  CHECK_FALSE(runs_on_kernel([](WarehouseSpec& spec) {
    spec.skus[0].supply.outages = {LawSpec::constant(20), LawSpec::constant(2)};
  }));
  CHECK_FALSE(runs_on_kernel([](WarehouseSpec& spec) {
    spec = zheng_federgruen(10, 50, 0);
    spec.skus[0].backlog_share = 0.5;
  }));
  CHECK_FALSE(runs_on_kernel([](WarehouseSpec& spec) {
    spec = zheng_federgruen(10, 50, 0);
    spec.skus[0].patience_days = 3;
  }));
}
