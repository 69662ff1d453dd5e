// What customers take instead of a unit that is out of stock.
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/event_log.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::testing;

namespace {

/// The first is replaced by the second where that has stock.
std::vector<SkuSpec> two(double share, Quantity on_hand, Quantity on_hand_of_other) {
  SkuSpec brand = lost_sales_sku("brand", LawSpec::constant(1), LawSpec::constant(0));
  brand.market.substitute = {"own-label", share};
  brand.initial_on_hand = on_hand;
  SkuSpec other = lost_sales_sku("own-label", LawSpec::constant(1), LawSpec::constant(0));
  other.initial_on_hand = on_hand_of_other;
  return {brand, other};
}

}  // namespace

TEST_CASE("all SKUs serve their own customers first, then those of others in their order") {
  std::vector<SkuSpec> skus = two(1, 3, 8);
  SkuSpec third = skus[0];
  third.id = "import";
  third.initial_on_hand = 0;
  skus.push_back(third);
  CHECK(story_of(warehouse_of(skus, 1), path_of({{5, 3, 4}}), nothing()) ==
        std::vector<std::string>{"day 0 end: brand sells 3 of 5", "day 0 end: own-label sells 3 of 3",
                                 "day 0 end: import sells 0 of 4", "day 0 end: brand has 2 take own-label",
                                 "day 0 end: import has 3 take own-label", "day 0 end: close of day 0"});
}

TEST_CASE("both sides are counted, and a substituted unit has a price of its own") {
  std::vector<SkuSpec> skus = two(1, 3, 4);
  skus[0].costs.substitution_per_unit = 2;
  const auto model = build_warehouse(warehouse_of(skus, 2));
  Simulator simulator(model, path_of({{9, 1}, {1, 1}}));
  simulator.reset({});
  run_to_end(simulator, nothing());
  const SkuLedger& out = simulator.lifetime_ledger(0);
  const SkuLedger& taken = simulator.lifetime_ledger(1);
  CHECK(out.demanded == 10);
  CHECK(out.shipped == 3);
  CHECK(out.served_at_once == 3);
  CHECK(out.substituted == 3);
  CHECK(out.lost == 4);
  CHECK(out.no_stockout_days == 0);
  CHECK(taken.demanded == 2);
  CHECK(taken.served_at_once == 1);
  CHECK(taken.substitutes_sold == 3);
  CHECK(taken.shipped == 4);
  CHECK(taken.lost == 1);
  CHECK(costs_of(out, model->skus[0].rates).shortage == 4 * 9 + 3 * 2);
  CHECK(costs_of(taken, model->skus[1].rates).shortage == 9);
}

TEST_CASE("sales are what left the shelf, for whomever") {
  Simulator simulator(build_warehouse(warehouse_of(two(1, 3, 10), 1)), path_of({{5, 4}}));
  struct Sales final : SimulationObserver {
    void on_day_close(const Simulator& now, std::int64_t) override {
      sold = {now.day_sales(0), now.day_sales(1)};
    }
    std::vector<Quantity> sold;
  } sales;
  simulator.set_observer(&sales);
  simulator.reset({});
  run_to_end(simulator, nothing());
  CHECK(sales.sold == std::vector<Quantity>{3, 6});
}

TEST_CASE("there is one step only, and who does not take another waits or goes") {
  std::vector<SkuSpec> skus = two(1, 0, 0);
  skus[0] = backlog_sku("brand", LawSpec{}, LawSpec::constant(0));
  skus[0].market.substitute = {"own-label", 1};
  skus[1].market.substitute = {"third", 1};
  skus.push_back(lost_sales_sku("third", LawSpec{}, LawSpec::constant(0)));
  skus[2].initial_on_hand = 10;
  Simulator simulator(build_warehouse(warehouse_of(skus, 1)), path_of({{5, 2, 0}}));
  simulator.reset({});
  run_to_end(simulator, nothing());
  CHECK(simulator.state(0).backlog == 5);
  CHECK(simulator.lifetime_ledger(1).substituted == 2);
  CHECK(simulator.state(2).on_hand == 8);
}

TEST_CASE("customers take what the same location keeps") {
  std::vector<SkuSpec> skus = two(1, 0, 5);
  for (SkuSpec& sku : skus) sku.location = "north";
  for (const SkuSpec& sku : two(1, 0, 5)) skus.push_back(sku);
  for (std::size_t i = 2; i < 4; ++i) skus[i].location = "south";
  WarehouseSpec spec = warehouse_of(skus, 1);
  spec.locations = {{"north"}, {"south"}};
  Simulator simulator(build_warehouse(spec), path_of({{1, 0, 2, 0}}));
  simulator.reset({});
  run_to_end(simulator, nothing());
  CHECK(simulator.lifetime_ledger(1).substitutes_sold == 1);
  CHECK(simulator.lifetime_ledger(3).substitutes_sold == 2);
}

TEST_CASE("a share of customers takes another unit") {
  for (const Arrivals arrivals : {Arrivals::daily, Arrivals::orders}) {
    WarehouseSpec spec = warehouse_of(two(0.3, 0, 1'000'000), 400);
    spec.skus[0].demand = LawSpec::constant(50);
    spec.arrivals = arrivals;
    Simulator simulator(build_warehouse(spec));
    simulator.reset({});
    run_to_end(simulator, nothing());
    const double share = static_cast<double>(simulator.lifetime_ledger(0).substituted) / 20'000;
    CHECK(std::abs(share - 0.3) < 4 * std::sqrt(0.3 * 0.7 / 20'000));
  }
}

TEST_CASE("with single customers a unit is taken at the instant at which it is missed") {
  WarehouseSpec spec = warehouse_of(two(1, 0, 3), 1);
  spec.arrivals = Arrivals::orders;
  spec.review = Review::continuous;
  spec.skus[0].demand = LawSpec::constant(2);
  spec.skus[1].demand = LawSpec::constant(0);
  Simulator simulator(build_warehouse(spec));
  simulator.reset({});
  for (int customer = 1; customer <= 2; ++customer) {
    const auto decision = simulator.run_until_decision();
    REQUIRE(decision);
    CHECK(std::vector<std::int32_t>(decision->skus.begin(), decision->skus.end()) ==
          std::vector<std::int32_t>{0, 1});  // both have changed
    CHECK(simulator.state(1).on_hand == 3 - customer);
  }
}

TEST_CASE("stock is counted up to the instant at which it is taken instead") {
  WarehouseSpec spec = warehouse_of(two(1, 0, 1), 1);
  spec.arrivals = Arrivals::orders;
  spec.skus[1].demand = LawSpec::constant(0);
  Simulator simulator(build_warehouse(spec));
  struct Instant final : SimulationObserver {
    void on_substitution(const Simulator& now, std::int32_t, std::int32_t, Quantity) override {
      milliseconds = now.now().in_milliseconds();
    }
    std::int64_t milliseconds = 0;
  } instant;
  simulator.set_observer(&instant);
  simulator.reset({});
  run_to_end(simulator, nothing());
  CHECK(instant.milliseconds > 0);
  CHECK(simulator.lifetime_ledger(1).on_hand_time == instant.milliseconds);
}

TEST_CASE("what is taken instead ages and expires like the rest") {
  std::vector<SkuSpec> skus = two(1, 0, 6);
  skus[1].shelf_life_days = 2;
  Simulator simulator(build_warehouse(warehouse_of(skus, 2)), path_of({{4, 1}, {0, 0}}));
  simulator.reset({});
  run_to_end(simulator, nothing());
  CHECK(simulator.lifetime_ledger(1).expired == 1);
}
