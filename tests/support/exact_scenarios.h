// Small scenarios of every problem class.
#pragma once

#include "agents/policies/exact/solve.h"
#include "tests/support/warehouses.h"

namespace restock::testing {

inline WarehouseSpec lost_sales(double mean, double lead_time, double shortage) {
  SkuSpec sku = lost_sales_sku("item", poisson(mean), LawSpec::constant(lead_time));
  sku.costs.shortage_per_unit = shortage;
  return warehouse_of({sku}, 1000);
}

inline WarehouseSpec perishable(std::int64_t shelf_life, double lead_time, Issuing issuing) {
  SkuSpec sku = lost_sales_sku("item", poisson(3), LawSpec::constant(lead_time));
  sku.costs.purchase_per_unit = 1;
  sku.costs.disposal_per_unit = 4;
  sku.shelf_life_days = shelf_life;
  sku.issuing = issuing;
  sku.maximum_order_quantity = 6;
  if (issuing == Issuing::by_customer) {
    sku.demand = poisson(2);
    sku.freshest_demand = poisson(1);
  }
  return warehouse_of({sku}, 1000);
}

/// A regular supplier, and one that delivers at once for a premium.
inline WarehouseSpec two_suppliers(double lead_time, double premium) {
  SkuSpec sku = backlog_sku("item", {"discrete_uniform", {{"minimum", {0}}, {"maximum", {4}}}}, LawSpec{});
  sku.costs.holding_per_unit_day = 5;
  sku.costs.shortage_per_unit_day = 495;
  sku.sources = {{.supplier = "regular"}, {.supplier = "express"}};
  WarehouseSpec spec = warehouse_of({sku}, 1000);
  spec.suppliers.resize(2);
  spec.suppliers[0].id = "regular";
  spec.suppliers[0].lead_time_days = LawSpec::constant(lead_time);
  spec.suppliers[1].id = "express";
  spec.suppliers[1].lead_time_days = LawSpec::constant(0);
  spec.suppliers[1].freight_per_unit = premium;
  return spec;
}

/// Two items in full trucks of six.
inline WarehouseSpec two_items() {
  const auto item = [](std::string id, double most_demand) {
    SkuSpec sku = backlog_sku(
        std::move(id), {"discrete_uniform", {{"minimum", {0}}, {"maximum", {most_demand}}}}, LawSpec{});
    sku.costs.shortage_per_unit_day = 19;
    sku.supplier = "carrier";
    return sku;
  };
  WarehouseSpec spec = warehouse_of({item("a", 5), item("b", 3)}, 1000);
  SupplierSpec carrier;
  carrier.id = "carrier";
  carrier.lead_time_days = LawSpec::constant(0);
  carrier.fixed_cost_per_order = 10;
  carrier.joint_order = {.truck_units = 6, .cost_per_truck = 75, .full_trucks_only = true};
  spec.suppliers = {carrier};
  return spec;
}

/// Poisson customers; each of some suppliers delivers one unit after an exponential time.
inline WarehouseSpec crossing_orders(double rate, double backlog, int suppliers) {
  SkuSpec sku = backlog_sku("item", poisson(rate), LawSpec{});
  sku.costs.shortage_per_unit_day = backlog;
  sku.maximum_order_quantity = 1;
  sku.initial_on_hand = static_cast<Quantity>(3 * rate) + 10;
  WarehouseSpec spec = warehouse_of({}, 1000);
  spec.arrivals = Arrivals::orders;
  spec.review = Review::continuous;
  spec.trigger = Trigger::demand;
  for (int i = 0; i < suppliers; ++i) {
    SupplierSpec unit;
    unit.id = fmt::format("unit-{}", i);
    unit.lead_time_days = exponential(2);
    spec.suppliers.push_back(unit);
    sku.sources.push_back({.supplier = unit.id});
  }
  spec.skus = {sku};
  return spec;
}

/// Backlog, and a supplier that works for so many days on average and is out of action for so many.
inline WarehouseSpec disrupted(const LawSpec& demand, double working, double out) {
  SkuSpec sku = backlog_sku("item", demand, LawSpec::constant(0));
  sku.costs.shortage_per_unit_day = 9;
  sku.supply.outages = {exponential(working), exponential(out)};
  return warehouse_of({sku}, 1000);
}

/// Stages in series, the one that serves customers first; who sends pays for what is on its way.
inline WarehouseSpec series(LawSpec demand, double backlog, const std::vector<double>& holding,
                            const std::vector<double>& lead_times, Arrivals arrivals) {
  WarehouseSpec spec = warehouse_of({}, 1000, 100);
  spec.arrivals = arrivals;
  if (arrivals == Arrivals::orders) {
    spec.review = Review::continuous;
    spec.trigger = Trigger::demand;
  }
  const auto name = [](std::size_t stage) { return fmt::format("stage-{}", stage + 1); };
  for (std::size_t stage = 0; stage < holding.size(); ++stage) {
    const bool is_last = stage + 1 == holding.size();
    spec.locations.push_back({.id = name(stage)});
    SkuSpec sku = backlog_sku("item", stage == 0 ? demand : LawSpec{}, LawSpec::constant(lead_times[stage]));
    sku.location = name(stage);
    if (!is_last) sku.supply.from = name(stage + 1);
    sku.costs.holding_per_unit_day = holding[stage];
    sku.costs.shortage_per_unit_day = backlog;
    sku.costs.in_transit = is_last ? InTransit::none : InTransit::upstream;
    spec.skus.push_back(sku);
  }
  return spec;
}

inline exact::Result optimum(const WarehouseSpec& spec, const exact::Options& options = {}) {
  return exact::solve(decisions_of(spec), options);
}

}  // namespace restock::testing
