// What kernels know of promotions, and what they leave to the event engine.
#include <functional>

#include "tests/unit/period/both_ways.h"

using namespace restock;
using namespace restock::testing;

namespace {

WarehouseSpec promoted(double price, double promotional_price) {
  SkuSpec a = lost_sales_sku("a", poisson(6), LawSpec::constant(2));
  a.price = price;
  SkuSpec b = backlog_sku("b", poisson(4), LawSpec::constant(1));
  b.market.demand_probability = 0.4;
  WarehouseSpec spec = warehouse_of({a, b}, 400, 30);
  PromotionSpec promotion;
  promotion.skus = {"a"};
  promotion.from = "2026-01-12";
  promotion.days = 5;
  promotion.repeat_every_days = 21;
  promotion.lift = 2.5;
  promotion.price = promotional_price;
  promotion.cannibalises = {{"b"}, 0.5};
  spec.promotions = {promotion};
  return spec;
}

bool runs_on_kernel(const std::function<void(WarehouseSpec&)>& change) {
  WarehouseSpec spec = promoted(3, kNotSet);
  change(spec);
  const auto rule = policy_of(spec, "base_stock", {29, 0});
  return PeriodEvaluation::of(decisions_of(spec), *rule).has_value();
}

}  // namespace

TEST_CASE("kernel and event engine agree on lifted, cannibalised and intermittent demand") {
  for (const Arrivals arrivals : {Arrivals::daily, Arrivals::orders}) {
    WarehouseSpec spec = promoted(3, kNotSet);
    spec.arrivals = arrivals;
    check_both_ways(spec, *policy_of(spec, "base_stock", {23, 0}));
  }
}

TEST_CASE("what couples SKUs or has money of its own goes to the event engine") {
  CHECK(runs_on_kernel([](WarehouseSpec&) {}));
  CHECK_FALSE(runs_on_kernel([](WarehouseSpec& spec) { spec.promotions[0].price = 2; }));
  CHECK_FALSE(runs_on_kernel([](WarehouseSpec& spec) { spec.skus[0].market.substitute = {"b", 0.5}; }));
  CHECK_FALSE(runs_on_kernel([](WarehouseSpec& spec) {
    for (SkuSpec& sku : spec.skus) sku.market.correlation = {"weather", 0.5};
  }));
  CHECK_FALSE(runs_on_kernel([](WarehouseSpec& spec) {
    spec.skus[1].market.returns = {0.1, LawSpec::constant(2)};
  }));
}
