// The replay of single customers against the event engine: the same ledger and the same hash.
#include "env/period/customer_replay.h"

#include <algorithm>
#include <numeric>

#include "env/core/time.h"
#include "env/period/customer_times.h"
#include "tests/unit/period/both_ways.h"

using namespace restock;
using namespace restock::testing;

namespace {

LawSpec random_lead_time(Chooser& choose) {
  switch (choose.upto(5)) {
    case 0:
      return LawSpec::constant(0);
    case 1:
      return LawSpec::constant(static_cast<double>(choose.upto(4)));
    case 2:
      return LawSpec::constant(0.37);
    case 3:
      return {"gamma", {{"mean", {1.5}}, {"cv", {0.8}}}};
    case 4:
      return exponential(0.6);
    default:
      return discrete({0, 1, 3}, {1, 1, 2});
  }
}

SkuSpec random_sku(Chooser& choose, std::string id) {
  const LawSpec demand = poisson(static_cast<double>(choose.upto(40)) + 0.2);
  const LawSpec lead_time = random_lead_time(choose);
  SkuSpec sku = choose.coin() ? lost_sales_sku(std::move(id), demand, lead_time)
                              : backlog_sku(std::move(id), demand, lead_time);
  if (choose.coin()) sku.order_size = discrete({1, 2, 7}, {4, 2, 1});
  sku.supply.review_period_days = 1 + choose.upto(2);
  sku.supply.first_review_day = choose.upto(1);
  if (choose.coin()) sku.pack_size = 1 + choose.upto(11);
  if (choose.coin()) sku.initial_on_hand = choose.upto(80);
  vary_days(choose, sku);
  return sku;
}

WarehouseSpec random_warehouse(Chooser& choose) {
  std::vector<SkuSpec> skus;
  for (std::int64_t i = choose.upto(2); i >= 0; --i)
    skus.push_back(random_sku(choose, fmt::format("sku-{}", i)));
  const std::int64_t days = 1 + choose.upto(60);
  WarehouseSpec spec = warehouse_of(skus, days, choose.coin() ? choose.upto(days - 1) : 0);
  spec.arrivals = Arrivals::orders;
  return spec;
}

}  // namespace

TEST_CASE("replay and event engine agree on random warehouses with single customers") {
  for (std::uint64_t seed = 0; seed < 120; ++seed) {
    CAPTURE(seed);
    Chooser choose(seed + 1'000);
    const WarehouseSpec spec = random_warehouse(choose);
    check_both_ways(spec, *random_policy(choose, spec));
  }
}

TEST_CASE("replay and event engine agree where customers share the units of a path") {
  Chooser choose(11);
  for (int round = 0; round < 4; ++round) {
    DemandPaths paths{.paths = 2, .days = 60, .skus = 3, .units = {}};
    for (int i = 0; i < 2 * 60 * 3; ++i) paths.units.push_back(static_cast<std::int32_t>(choose.upto(30)));
    WarehouseSpec spec =
        warehouse_of({random_sku(choose, "a"), random_sku(choose, "b"), random_sku(choose, "c")}, 60, 5);
    spec.arrivals = Arrivals::orders;
    check_both_ways(spec, *policy_of(spec, "base_stock", {45, 0}), std::make_shared<DemandPaths>(paths));
  }
}

TEST_CASE("a review at a time of day goes to the event engine") {
  WarehouseSpec spec = warehouse_of({lost_sales_sku("a", poisson(9), LawSpec::constant(1))}, 20);
  spec.arrivals = Arrivals::orders;
  const auto rule = policy_of(spec, "base_stock", {20, 0});
  CHECK(PeriodEvaluation::of(decisions_of(spec), *rule));
  spec.skus[0].supply.order_time = "14:30";
  CHECK_FALSE(PeriodEvaluation::of(decisions_of(spec), *rule));
}

TEST_CASE("times of many customers are those drawn one by one") {
  const Stream stream({5, Split::tune, 3}, Purpose::customer_time, 2);
  std::vector<std::uint32_t> expected;
  for (std::uint64_t count = 0; count < 40; ++count) {
    const std::int64_t sum = std::accumulate(expected.begin(), expected.end(), std::int64_t{0});
    std::vector<std::uint32_t> drawn(count);
    CHECK(period::draw_times(absorb(stream.key(), 17), drawn) == sum);
    CHECK(period::sum_of_times(absorb(stream.key(), 17), static_cast<std::int64_t>(count)) == sum);
    CHECK(std::is_permutation(drawn.begin(), drawn.end(), expected.begin(), expected.end()));
    expected.push_back(static_cast<std::uint32_t>(stream.below(kMillisecondsPerDay, 17, count)));
  }
}
