// Small warehouses of every kind that some classical policy is made for.
#pragma once

#include <string>

#include "tests/support/mean_forecaster.h"
#include "tests/support/warehouses.h"

namespace restock::testing {

struct PlannedWarehouse {
  std::string name;
  std::shared_ptr<const DecisionModel> model;
};

inline WarehouseSpec lost_sales_warehouse() {
  SkuSpec fast = lost_sales_sku("fast", poisson(4), LawSpec::constant(2));
  SkuSpec slow = lost_sales_sku("slow", poisson(0.4), LawSpec::constant(3));
  return warehouse_of({fast, slow}, 140, 20);
}

inline WarehouseSpec fixed_cost_warehouse() {
  SkuSpec a = backlog_sku("a", poisson(6), discrete({1, 3}, {1, 1}));
  SkuSpec b = backlog_sku("b", poisson(2), LawSpec::constant(0));
  a.supply.fixed_cost_per_order = b.supply.fixed_cost_per_order = 30;
  a.pack_size = 4;
  a.pattern.weekday_factors = {1, 1, 1, 1, 2, 3, 0};
  b.supply.order_days = {"mon", "thu"};
  return warehouse_of({a, b}, 140, 20);
}

inline WarehouseSpec two_source_warehouse(double express_days) {
  SkuSpec sku = backlog_sku("item", poisson(3), LawSpec{});
  sku.sources = {{.supplier = "regular"}, {.supplier = "express"}};
  WarehouseSpec spec = warehouse_of({sku}, 140, 20);
  spec.suppliers.resize(2);
  spec.suppliers[0].id = "regular";
  spec.suppliers[0].lead_time_days = LawSpec::constant(4);
  spec.suppliers[1].id = "express";
  spec.suppliers[1].lead_time_days = LawSpec::constant(express_days);
  spec.suppliers[1].freight_per_unit = 4;
  return spec;
}

inline WarehouseSpec perishable_warehouse() {
  SkuSpec fresh = lost_sales_sku("fresh", poisson(5), LawSpec::constant(1));
  fresh.shelf_life_days = 3;
  fresh.issuing = Issuing::mixed;
  fresh.costs.disposal_per_unit = 4;
  SkuSpec dry = lost_sales_sku("dry", poisson(2), LawSpec::constant(1));
  return warehouse_of({fresh, dry}, 140, 20);
}

inline WarehouseSpec joint_warehouse() {
  SkuSpec tea = backlog_sku("tea", poisson(3), LawSpec{});
  SkuSpec rice = backlog_sku("rice", poisson(1), LawSpec{});
  tea.supplier = rice.supplier = "carrier";
  WarehouseSpec spec = warehouse_of({tea, rice}, 140, 20);
  spec.suppliers.resize(1);
  spec.suppliers[0].id = "carrier";
  spec.suppliers[0].lead_time_days = LawSpec::constant(1);
  spec.suppliers[0].fixed_cost_per_order = 3;
  spec.suppliers[0].joint_order = {.set_up_cost = 20, .truck_units = 6, .cost_per_truck = 10};
  return spec;
}

/// A depot that delivers to two shops; periodic review, or at every event.
inline WarehouseSpec network_warehouse(Review review) {
  WarehouseSpec spec = warehouse_of({}, 140, 20);
  spec.review = review;
  if (review == Review::continuous) spec.arrivals = Arrivals::orders;
  spec.locations = {{.id = "depot"}, {.id = "north"}, {.id = "south"}};
  for (const LocationSpec& location : spec.locations) {
    const bool is_depot = location.id == "depot";
    SkuSpec sku = backlog_sku("item", is_depot ? LawSpec{} : poisson(location.id == "north" ? 3 : 1),
                              LawSpec::constant(is_depot ? 2 : 1));
    sku.location = location.id;
    if (!is_depot) sku.supply.from = "depot";
    sku.costs.holding_per_unit_day = is_depot ? 0.5 : 1;
    spec.skus.push_back(sku);
  }
  return spec;
}

inline std::vector<PlannedWarehouse> planned_warehouses() {
  std::vector<PlannedWarehouse> all;
  const auto add = [&](std::string name, const WarehouseSpec& spec, bool forecasts = false) {
    auto model = std::make_shared<DecisionModel>(*decisions_of(spec));
    if (forecasts) {
      model->forecaster = std::make_shared<MeanForecaster>(spec.skus.size());
      model->forecast_levels = {0.1, 0.5, 0.9, 0.99};
    }
    all.push_back({std::move(name), model});
  };
  add("lost sales", lost_sales_warehouse());
  add("lost sales, with forecasts", lost_sales_warehouse(), true);
  add("fixed costs", fixed_cost_warehouse());
  add("fixed costs, with forecasts", fixed_cost_warehouse(), true);
  add("two suppliers, one at once", two_source_warehouse(0));
  add("two suppliers, with forecasts", two_source_warehouse(2), true);
  add("perishable", perishable_warehouse());
  add("joint orders", joint_warehouse());
  add("network, periodic", network_warehouse(Review::periodic));
  add("network, continuous", network_warehouse(Review::continuous));
  SkuSpec never = lost_sales_sku("never", LawSpec::constant(0), LawSpec::constant(1));
  SkuSpec busy = lost_sales_sku("busy", poisson(2), LawSpec::constant(1));
  add("a SKU that nobody wants", warehouse_of({never, busy}, 140, 20), true);
  return all;
}

}  // namespace restock::testing
