// Small warehouses whose floor matters, told event by event: no room, docks, pickers, stock that vanishes.
#include <catch2/catch.hpp>

#include "tests/golden/golden_file.h"
#include "tests/golden/transcript.h"

using namespace restock;
using namespace restock::testing;

namespace {

/// Two items in a room for twelve units of the larger one.
WarehouseSpec small_room(OverflowRule rule) {
  SkuSpec large = lost_sales_sku("large", poisson(2), LawSpec::constant(1));
  large.volume_m3 = 0.1;
  large.initial_on_hand = 4;
  SkuSpec small = backlog_sku("small", poisson(5), LawSpec::constant(2));
  small.volume_m3 = 0.05;
  small.initial_on_hand = 10;
  small.supply.review_period_days = 3;
  WarehouseSpec spec = warehouse_of({large, small}, 7);
  spec.facility.capacity_m3 = 1.2;
  spec.facility.overflow.rule = rule;
  if (rule == OverflowRule::cost) spec.facility.overflow.cost_per_m3_day = 10;
  return spec;
}

const policies::PolicyParameters kGenerous{"base_stock", {"large", "small"}, {{9, 0}, {30, 0}}};

}  // namespace

TEST_CASE("the transcript of stock above the capacity has not changed") {
  check_golden("overflow_cost.txt", transcript(small_room(OverflowRule::cost), kGenerous));
}

TEST_CASE("the transcript of receipts that are sent back has not changed") {
  check_golden("overflow_refused.txt", transcript(small_room(OverflowRule::refuse), kGenerous));
}

TEST_CASE("the transcript of receipts that wait for room has not changed") {
  check_golden("overflow_waits.txt", transcript(small_room(OverflowRule::wait), kGenerous));
}

TEST_CASE("the transcript of docks, put-away and pickers has not changed") {
  SkuSpec kettle = backlog_sku("kettle", poisson(3), LawSpec::constant(1.25));
  kettle.initial_on_hand = 4;
  kettle.costs.late_per_unit = 2;
  SkuSpec mug = backlog_sku("mug", poisson(4), LawSpec::constant(0.25));
  mug.order_size = discrete({1, 4}, {2, 1});
  mug.initial_on_hand = 20;
  mug.costs.late_per_unit = 0.5;
  WarehouseSpec spec = warehouse_of({kettle, mug}, 5);
  spec.arrivals = Arrivals::orders;
  FacilitySpec& facility = spec.facility;
  facility.docks.number = 1;
  facility.docks.units_per_hour = 5;
  facility.docks.hours = {"07:00", "15:00", {}};
  facility.put_away_hours = exponential(1);
  facility.pickers.number = 1;
  facility.pickers.hours_per_line = exponential(1);
  facility.pickers.hours = {"08:00", "18:00", {"mon", "tue", "wed", "fri"}};
  facility.dispatch.cut_off = "16:00";
  check_golden("fulfilment.txt", transcript(spec, {"base_stock", {"kettle", "mug"}, {{12, 0}, {35, 0}}}));
}

TEST_CASE("the transcript of stock that vanishes until it is counted has not changed") {
  SkuSpec sku = lost_sales_sku("razor", poisson(3), LawSpec::constant(1));
  sku.initial_on_hand = 15;
  sku.costs.write_off_per_unit = 4;
  WarehouseSpec spec = warehouse_of({sku}, 10);
  spec.facility.shrinkage.share_per_day = {"uniform", {{"minimum", {0}}, {"maximum", {0.2}}}};
  spec.facility.cycle_count.every_days = 5;
  check_golden("shrinkage.txt", transcript(spec, {"base_stock", {"razor"}, {{15, 0}}}));
}
