// Orders that share a supplier: what they cost together, and how they are made to fit.
#include <catch2/catch.hpp>
#include <numeric>

#include "tests/support/event_log.h"
#include "tests/support/warehouses.h"

using namespace restock;
using namespace restock::testing;

namespace {

WarehouseSpec joint(std::size_t skus, JointOrderSpec terms) {
  WarehouseSpec spec = warehouse_of({}, 3);
  SupplierSpec supplier;
  supplier.id = "carrier";
  supplier.lead_time_days = LawSpec::constant(1);
  supplier.joint_order = terms;
  spec.suppliers = {supplier};
  for (std::size_t i = 0; i < skus; ++i) {
    SkuSpec sku = backlog_sku(fmt::format("sku-{}", i), poisson(static_cast<double>(i + 1)), LawSpec{});
    sku.supplier = "carrier";
    sku.costs.purchase_per_unit = 10;
    spec.skus.push_back(sku);
  }
  return spec;
}

/// What is ordered on day 0 where `wanted` is asked for.
std::vector<Quantity> ordered(const WarehouseSpec& spec, const std::vector<Quantity>& wanted) {
  DecisionProcess process(decisions_of(spec), {});
  process.reset({});
  REQUIRE(process.advance());
  process.order(process.due(), wanted);
  std::vector<Quantity> orders;
  Quantity changed = 0;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const SkuLedger& ledger = process.simulator().lifetime_ledger(static_cast<std::int32_t>(i));
    orders.push_back(ledger.ordered);
    changed += std::abs(ledger.ordered - wanted[i]);
    CHECK(ledger.adjusted == std::abs(ledger.ordered - wanted[i]));
  }
  return orders;
}

using Quantities = std::vector<Quantity>;

}  // namespace

TEST_CASE("set-up and trucks are shared by the SKUs that order to the last millionth") {
  WarehouseSpec spec = joint(4, {.set_up_cost = 10, .truck_units = 6, .cost_per_truck = 75.000001});
  DecisionProcess process(decisions_of(spec), {});
  process.reset({});
  REQUIRE(process.advance());
  process.order(process.due(), std::vector<Quantity>{3, 0, 9, 1});
  REQUIRE(process.advance());
  const auto ledger = [&](std::int32_t sku) { return process.simulator().lifetime_ledger(sku); };
  CHECK(ledger(0).order_extra == 3'333'334);
  CHECK(ledger(1).order_extra == 0);
  CHECK(ledger(2).order_extra == 3'333'333);
  CHECK(ledger(3).order_extra == 3'333'333);
  CHECK(ledger(0).freight + ledger(2).freight + ledger(3).freight == 3 * 75'000'001);  // 13 units in 3 trucks
  CHECK(ledger(1).freight == 0);
}

TEST_CASE("orders are filled or cut to full trucks") {
  JointOrderSpec terms{.truck_units = 6, .full_trucks_only = true, .rounding = Rounding::up};
  CHECK(ordered(joint(2, terms), {4, 8}) == Quantities{4, 8});
  CHECK(ordered(joint(2, terms), {0, 0}) == Quantities{0, 0});
  // 4 units more: the first sells 1 a day, the second 2: after the order of 5 and 9 both have 5 days, …
  CHECK(ordered(joint(2, terms), {4, 10}) == Quantities{6, 12});
  terms.rounding = Rounding::down;
  CHECK(ordered(joint(2, terms), {4, 10}) == Quantities{4, 8});
  CHECK(ordered(joint(2, terms), {2, 3}) == Quantities{0, 0});
  terms.rounding = Rounding::nearest;
  CHECK(ordered(joint(2, terms), {4, 10}) == Quantities{4, 8});
  CHECK(ordered(joint(2, terms), {4, 13}) == Quantities{5, 13});
}

TEST_CASE("who changes is decided by the sharing rule") {
  JointOrderSpec terms{.maximum_units = 12, .rounding = Rounding::down};
  terms.sharing = Sharing::priority;
  CHECK(ordered(joint(3, terms), {8, 8, 8}) == Quantities{8, 4, 0});
  terms.sharing = Sharing::proportional;
  CHECK(ordered(joint(3, terms), {12, 6, 6}) == Quantities{6, 3, 3});
  terms.sharing = Sharing::cover;  // 1, 2 and 3 a day: two days of cover for all
  CHECK(ordered(joint(3, terms), {8, 8, 8}) == Quantities{2, 4, 6});
}

TEST_CASE("a minimum value is reached or nothing is ordered") {
  JointOrderSpec terms{.minimum_value = 100, .rounding = Rounding::up};
  const auto sum = [](const Quantities& orders) {
    return std::accumulate(orders.begin(), orders.end(), Quantity{0});
  };
  CHECK(sum(ordered(joint(2, terms), {3, 1})) == 10);
  CHECK(ordered(joint(2, terms), {3, 9}) == Quantities{3, 9});
  terms.rounding = Rounding::nearest;
  CHECK(sum(ordered(joint(2, terms), {3, 2})) == 10);
  CHECK(ordered(joint(2, terms), {3, 1}) == Quantities{0, 0});
  terms.rounding = Rounding::down;
  CHECK(ordered(joint(2, terms), {3, 6}) == Quantities{0, 0});
  terms = {.minimum_value = 100, .truck_units = 6, .full_trucks_only = true};
  CHECK(sum(ordered(joint(2, terms), {3, 1})) == 12);
}

TEST_CASE("packs and limits of the SKUs are kept when orders are fitted") {
  WarehouseSpec spec = joint(2, {.truck_units = 12, .full_trucks_only = true});
  spec.skus[0].pack_size = 4;
  spec.skus[1].minimum_order_quantity = 5;
  spec.skus[1].maximum_order_quantity = 6;
  const Quantities orders = ordered(spec, {4, 5});
  CHECK(orders[0] % 4 == 0);
  CHECK(orders[0] + orders[1] == 12);
  CHECK((orders[1] == 0 || (orders[1] >= 5 && orders[1] <= 6)));
}
