// Promotions: more is asked for on their days, less of what they compete with, at the price of the day.
#include <catch2/catch.hpp>

#include "env/observation_spec.h"
#include "env/sim/kpis.h"
#include "env/sim/trace.h"
#include "tests/support/event_log.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::testing;

namespace {

/// Cola is promoted on the days 3 and 4 of every seven, lemonade suffers; water has nothing to do with it.
WarehouseSpec drinks(std::int64_t days) {
  std::vector<SkuSpec> skus;
  for (const char* id : {"cola", "lemonade", "water"}) {
    SkuSpec sku = lost_sales_sku(id, LawSpec::constant(10), LawSpec::constant(0));
    sku.initial_on_hand = 10'000;
    skus.push_back(sku);
  }
  skus[0].price = 1.50;
  WarehouseSpec spec = warehouse_of(skus, days);
  PromotionSpec promotion;
  promotion.skus = {"cola"};
  promotion.from = "2026-01-08";
  promotion.days = 2;
  promotion.repeat_every_days = 7;
  promotion.lift = 2.5;
  promotion.price = 0.99;
  promotion.cannibalises = {{"lemonade"}, 0.6};
  spec.promotions = {promotion};
  return spec;
}

std::vector<Quantity> demand_of(const WarehouseSpec& spec, std::int32_t sku,
                                std::shared_ptr<const DemandPaths> paths = nullptr) {
  Simulator simulator(build_warehouse(spec), std::move(paths));
  simulator.reset({});
  std::vector<Quantity> total;
  while (simulator.run_until_decision()) total.push_back(simulator.lifetime_ledger(sku).demanded);
  total.push_back(simulator.lifetime_ledger(sku).demanded);
  std::vector<Quantity> of_day;
  for (std::size_t day = 0; day + 1 < total.size(); ++day) of_day.push_back(total[day + 1] - total[day]);
  return of_day;
}

}  // namespace

TEST_CASE("a promotion covers its days, once or again and again") {
  const PromotionDays once{5, 3, 0};
  const PromotionDays weekly{5, 3, 7};
  for (const std::int64_t day : {5, 6, 7}) CHECK(once.covers(day));
  for (const std::int64_t day : {0, 4, 8, 12}) CHECK_FALSE(once.covers(day));
  for (const std::int64_t day : {5, 7, 12, 14, 705}) CHECK(weekly.covers(day));
  for (const std::int64_t day : {-2, 4, 8, 11, 15}) CHECK_FALSE(weekly.covers(day));
}

TEST_CASE("promoted SKUs sell more and those they compete with less") {
  const WarehouseSpec spec = drinks(12);
  CHECK(demand_of(spec, 0) == std::vector<Quantity>{10, 10, 10, 25, 25, 10, 10, 10, 10, 10, 25, 25});
  CHECK(demand_of(spec, 1) == std::vector<Quantity>{10, 10, 10, 6, 6, 10, 10, 10, 10, 10, 6, 6});
  CHECK(demand_of(spec, 2) == std::vector<Quantity>(12, 10));
  const auto model = build_warehouse(spec);
  CHECK(model->skus[0].mean_demand_per_day == Approx(15));
  CHECK(model->skus[0].demand.size() == 2);
  CHECK(model->skus[2].demand_of_day.empty());
}

TEST_CASE("promotions multiply with the pattern and with each other's cannibalisation") {
  WarehouseSpec spec = drinks(7);
  spec.skus[1].pattern.weekday_factors = {1, 1, 1, 2, 1, 1, 1};  // day 3 is a Thursday
  PromotionSpec other = spec.promotions[0];
  other.skus = {"water"};
  other.price = kNotSet;
  other.cannibalises.factor = 0.5;
  spec.promotions.push_back(other);
  CHECK(demand_of(spec, 1) == std::vector<Quantity>{10, 10, 10, 6, 3, 10, 10});
}

TEST_CASE("demand that was recorded holds its promotions already, and is paid at the price of the day") {
  const WarehouseSpec spec = drinks(5);
  const auto paths = path_of({{4, 1, 1}, {4, 1, 1}, {4, 1, 1}, {8, 1, 1}, {4, 1, 1}});
  CHECK(demand_of(spec, 0, paths) == std::vector<Quantity>{4, 4, 4, 8, 4});
  const auto model = build_warehouse(spec);
  Simulator simulator(model, paths);
  simulator.reset({});
  run_to_end(simulator, nothing());
  CHECK(simulator.lifetime_ledger(0).markdowns == 12 * 510'000);
  CHECK(revenue_of(simulator.lifetime_ledger(0), model->skus[0].market) == Approx(12 * 1.50 + 12 * 0.99));
}

TEST_CASE("revenue and profit are of those SKUs that have a price") {
  const auto model = build_warehouse(drinks(5));
  Simulator simulator(model);
  simulator.reset({});
  run_to_end(simulator, nothing());
  std::vector<SkuLedger> ledgers;
  for (std::int32_t sku = 0; sku < 3; ++sku) ledgers.push_back(simulator.counted_ledger(sku));
  const Kpis all = kpis_of(*model, ledgers);
  CHECK(all.revenue_per_period == Approx((30 * 1.50 + 50 * 0.99) / 5));
  CHECK(all.profit_per_period == Approx(all.revenue_per_period - all.cost_per_period));
  CHECK(std::isnan(kpis_of_sku(*model, 1, ledgers[1]).revenue_per_period));
  CHECK(std::isnan(kpis_of_sku(*model, 1, ledgers[1]).profit_per_period));
}

TEST_CASE("revenue counts from the end of the warm-up") {
  WarehouseSpec spec = drinks(5);
  spec.horizon.warm_up_days = 4;
  const auto model = build_warehouse(spec);
  Simulator simulator(model);
  simulator.reset({});
  run_to_end(simulator, nothing());
  CHECK(kpis_of_sku(*model, 0, simulator.counted_ledger(0)).revenue_per_period == Approx(25 * 0.99));
}

TEST_CASE("decisions and observations show the plan ahead") {
  WarehouseSpec spec = drinks(6);
  for (SkuSpec& sku : spec.skus) sku.supply.lead_time_days = LawSpec::constant(3);  // an interval of 4 days
  const auto model = decisions_of(spec);
  const ObservationSpec observation(*model->warehouse, {"price", "promotion", "promotion_ahead"}, {});
  DecisionProcess process(model, {.beyond_horizon = true});
  process.reset({});
  const auto seen = [&] {
    std::vector<float> row(9);
    observation.write(process.batch(), row);
    return row;
  };
  const float cheap = static_cast<float>(0.99 / 1.50) - 1.0F;
  for (int day = 0; day < 6; ++day) {
    REQUIRE(process.advance());
    const std::vector<float> row = seen();
    CHECK(row[0] == Approx(day == 3 || day == 4 ? cheap : 0));
    CHECK(row[1] == (day == 3 || day == 4 ? 1.0F : 0.0F));
    CHECK(row[2] == std::vector<float>{0.25F, 0.5F, 0.5F, 0.5F, 0.25F, 0}[static_cast<std::size_t>(day)]);
    for (std::size_t i = 3; i < 9; ++i) CHECK(row[i] == 0);
  }
  CHECK_FALSE(process.advance());
  process.observe(process.due());
  CHECK(seen()[2] == 0);  // day 6: the days 6 … 9
  spec.horizon.days = 8;
  DecisionProcess longer(decisions_of(spec), {.beyond_horizon = true});
  longer.reset({});
  while (longer.advance()) {
  }
  longer.observe(longer.due());
  std::vector<float> row(9);
  observation.write(longer.batch(), row);
  CHECK(row[2] == 0.5F);  // the morning after the horizon, day 8: the days 8 … 11, of which 10 and 11
}
