// Policies that must do the same in one warehouse, to the last unit: each checks the other.
#include <catch2/catch.hpp>

#include "agents/policies/registry.h"
#include "env/evaluation.h"
#include "tests/support/planned_warehouses.h"

using namespace restock;
using namespace restock::policies;
using namespace restock::testing;

namespace {

/// Hash of a few replications with the same values for every SKU.
std::uint64_t hash_of(const WarehouseSpec& spec, const char* policy, const std::vector<double>& values) {
  const auto model = decisions_of(spec);
  PolicyParameters parameters = starting_parameters(find_policy(policy), *model);
  for (std::vector<double>& of_sku : parameters.values) of_sku = values;
  return evaluate(model, *make_policy(parameters), {.replications = 4}).ledger_hash();
}

std::uint64_t hash_by_sku(const WarehouseSpec& spec, const char* policy,
                          const std::vector<std::vector<double>>& values) {
  const auto model = decisions_of(spec);
  PolicyParameters parameters = starting_parameters(find_policy(policy), *model);
  parameters.values = values;
  return evaluate(model, *make_policy(parameters), {.replications = 4}).ledger_hash();
}

}  // namespace

TEST_CASE("base-stock with a largest order is capped base-stock") {
  const WarehouseSpec spec = lost_sales_warehouse();
  CHECK(hash_of(spec, "base_stock", {14.0, 4}) == hash_of(spec, "capped_base_stock", {14.0, 4}));
  CHECK(hash_of(spec, "base_stock", {14.0, 4}) != hash_of(spec, "base_stock", {14.0, 0}));
}

TEST_CASE("modified (s, S, q) without a largest order is (s, S)") {
  const WarehouseSpec spec = fixed_cost_warehouse();
  CHECK(hash_of(spec, "modified_s_S", {9.0, 30, 0}) == hash_of(spec, "s_S", {9.0, 30}));
  CHECK(hash_of(spec, "modified_s_S", {9.0, 30, 16}) != hash_of(spec, "s_S", {9.0, 30}));
}

TEST_CASE("the economic order quantity is a fixed quantity") {
  const WarehouseSpec spec = fixed_cost_warehouse();
  CHECK(hash_of(spec, "eoq", {9.0, 12}) == hash_of(spec, "fixed_quantity", {9.0, 12}));
}

TEST_CASE("a fixed interval of three days is base-stock with a review every third day") {
  WarehouseSpec spec = lost_sales_warehouse();
  const std::uint64_t every_day = hash_of(spec, "fixed_interval", {3.0, 25});
  for (SkuSpec& sku : spec.skus) sku.supply.review_period_days = 3;
  CHECK(hash_of(spec, "base_stock", {25.0, 0}) == every_day);
}

TEST_CASE("tracking with full weight orders what base-stock orders, lost sales or not") {
  CHECK(hash_of(lost_sales_warehouse(), "tracking", {12.0, 1}) ==
        hash_of(lost_sales_warehouse(), "base_stock", {12.0, 0}));
  CHECK(hash_of(two_source_warehouse(0), "tracking", {15.0, 1}) ==
        hash_of(two_source_warehouse(0), "base_stock", {15.0, 0}));
  CHECK(hash_of(lost_sales_warehouse(), "tracking", {12.0, 0.5}) !=
        hash_of(lost_sales_warehouse(), "base_stock", {12.0, 0}));
}

TEST_CASE("an index policy whose fast supplier is never needed is base-stock") {
  WarehouseSpec spec = two_source_warehouse(2);
  spec.skus[0].initial_on_hand = 100;
  for (const char* policy : {"single_index", "dual_index"})
    CHECK(hash_of(spec, policy, {0.0, 100}) == hash_of(spec, "base_stock", {100.0, 0}));
  CHECK(hash_of(spec, "capped_dual_index", {8.0, 20, 0}) == hash_of(spec, "dual_index", {8.0, 20}));
  CHECK(hash_of(spec, "dual_index", {8.0, 20}) != hash_of(spec, "single_index", {8.0, 20}));
}

TEST_CASE("without expected waste the perishable rule is base-stock") {
  CHECK(hash_of(perishable_warehouse(), "base_stock_ewa", {8.0}) ==
        hash_of(perishable_warehouse(), "base_stock", {8.0, 0}));  // too little stock to expire
  CHECK(hash_of(perishable_warehouse(), "base_stock_ewa", {18.0}) !=
        hash_of(perishable_warehouse(), "base_stock", {18.0, 0}));
}

TEST_CASE("can-order points at the reorder points join nobody") {
  const WarehouseSpec spec = joint_warehouse();
  CHECK(hash_of(spec, "can_order", {4.0, 4, 16}) == hash_of(spec, "s_S", {4.0, 16}));
  CHECK(hash_of(spec, "can_order", {4.0, 9, 16}) != hash_of(spec, "s_S", {4.0, 16}));
}

TEST_CASE("a joint interval is the same interval for each") {
  const WarehouseSpec spec = joint_warehouse();
  CHECK(hash_of(spec, "joint_fixed_interval", {4.0, 20}) == hash_of(spec, "fixed_interval", {4.0, 20}));
}

TEST_CASE("under continuous review echelon levels are local levels that add up") {
  // Stock starts at the levels (Axsäter and Rosling 1993, Management Science 39(10)).
  WarehouseSpec spec = network_warehouse(Review::continuous);
  spec.trigger = Trigger::demand;
  const std::vector<double> local{6, 9, 4};
  for (std::size_t i = 0; i < 3; ++i) spec.skus[i].initial_on_hand = static_cast<Quantity>(local[i]);
  CHECK(hash_by_sku(spec, "echelon_base_stock", {{19}, {9}, {4}}) ==
        hash_by_sku(spec, "base_stock", {{6, 0}, {9, 0}, {4, 0}}));
  CHECK(hash_by_sku(spec, "echelon_base_stock", {{20}, {9}, {4}}) !=
        hash_by_sku(spec, "base_stock", {{6, 0}, {9, 0}, {4, 0}}));
}

TEST_CASE("a newsvendor is base-stock at its quantile") {
  const WarehouseSpec spec = warehouse_of({backlog_sku("item", poisson(5), LawSpec::constant(4))}, 200);
  CHECK(hash_of(spec, "newsvendor_poisson", std::vector<double>{0.9}) ==
        hash_of(spec, "base_stock", {32.0, 0}));  // P(Poisson(25) <= 31) is 0.8999
}
