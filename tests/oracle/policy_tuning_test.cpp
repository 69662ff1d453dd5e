// What tuned rules reach, held against exact optima and against the rules that they refine.
#include <catch2/catch.hpp>

#include "agents/policies/tune.h"
#include "tests/oracle/simulated.h"

using namespace restock;
using namespace restock::testing;

namespace {

double tuned_cost(const WarehouseSpec& spec, const char* policy, std::int64_t replications) {
  policies::TuningConfig config;
  config.replications = replications;
  config.threads = available_threads();
  return policies::tune(decisions_of(spec), policy, config).cost.mean;
}

/// De Moor, Gijsbrechts and Boute 2022, as in perishable_test.cpp: four days of shelf life, lead time 2.
WarehouseSpec de_moor() {
  SkuSpec sku = lost_sales_sku("item", {"gamma", {{"mean", {4}}, {"cv", {0.5}}}}, LawSpec::constant(2));
  sku.costs.shortage_per_unit = 5;
  sku.costs.purchase_per_unit = 3;
  sku.costs.disposal_per_unit = 7;
  sku.shelf_life_days = 4;
  sku.issuing = Issuing::lifo;
  return warehouse_of({sku}, 4'000, 100);
}

/// Vanvuchelen, Gijsbrechts and Boute 2020, setting 1: two items in full trucks of 6.
WarehouseSpec two_items() {
  std::vector<SkuSpec> items;
  for (const double most : {5.0, 3.0}) {
    items.push_back(backlog_sku(most > 4 ? "a" : "b",
                                {"discrete_uniform", {{"minimum", {0}}, {"maximum", {most}}}}, LawSpec{}));
    items.back().costs.shortage_per_unit_day = 19;
    items.back().supplier = "carrier";
  }
  WarehouseSpec spec = warehouse_of(items, 6'000, 1'000);
  SupplierSpec carrier;
  carrier.id = "carrier";
  carrier.lead_time_days = LawSpec::constant(0);
  carrier.fixed_cost_per_order = 10;
  carrier.joint_order = {.truck_units = 6, .cost_per_truck = 75, .full_trucks_only = true};
  spec.suppliers = {carrier};
  return spec;
}

}  // namespace

TEST_CASE("expected waste makes base-stock for perishables cheaper") {
  // The same customers for both; LIFO leaves old units to expire, which a position alone does not see.
  const double plain = tuned_cost(de_moor(), "base_stock", 16);
  const double corrected = tuned_cost(de_moor(), "base_stock_ewa", 16);
  CHECK(corrected < plain);
  CHECK(corrected > 0.97 * plain);
}

TEST_CASE("tuned joint rules come near the optimum of two items that share full trucks") {
  constexpr double kOptimum = 64.918336;  // value iteration: joint_replenishment_test.cpp
  const double can_order = tuned_cost(two_items(), "can_order", 5);
  CHECK(can_order > 0.995 * kOptimum);
  CHECK(can_order < 1.03 * kOptimum);
  const double interval = tuned_cost(two_items(), "joint_fixed_interval", 5);
  CHECK(interval > can_order);
  CHECK(interval < 1.08 * kOptimum);
}

TEST_CASE("a tuned (r, Q) under continuous review is the textbook's") {
  // Snyder and Shen, "Fundamentals of Supply Chain Theory", example 5.8: Poisson demand of 1.5, lead time 2,
  // holding 20, backlog 150, 100 an order: (3, 5) at 107.9236.
  SkuSpec sku = backlog_sku("item", poisson(1.5), LawSpec::constant(2));
  sku.costs.holding_per_unit_day = 20;
  sku.costs.shortage_per_unit_day = 150;
  sku.supply.fixed_cost_per_order = 100;
  WarehouseSpec spec = warehouse_of({sku}, 20'000, 100);
  spec.arrivals = Arrivals::orders;
  spec.review = Review::continuous;
  CHECK(tuned_cost(spec, "fixed_quantity", 8) == Approx(107.9236).epsilon(0.01));
  CHECK(tuned_cost(spec, "s_S", 8) == Approx(107.9236).epsilon(0.01));
}

TEST_CASE("every newsvendor's ratio can be tuned to the optimal base-stock level") {
  // Poisson demand over five days: 32 is the smallest level with P(D <= S) >= 0.9.
  const WarehouseSpec spec =
      warehouse_of({backlog_sku("item", poisson(5), LawSpec::constant(4))}, 10'000, 100);
  const double best = tuned_cost(spec, "base_stock", 8);
  for (const char* policy : {"newsvendor_empirical", "newsvendor_poisson", "newsvendor_normal",
                             "newsvendor_gamma", "newsvendor_negative_binomial"})
    CHECK(tuned_cost(spec, policy, 8) == Approx(best).epsilon(1e-12));
}
