// Small warehouses with known answers, built in C++ so that tests of the simulator do not depend on any file.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "env/decision_process.h"
#include "env/sim/warehouse_model.h"

namespace restock::testing {

inline LawSpec poisson(double mean) {
  return {"poisson", {{"mean", {mean}}}};
}
inline LawSpec exponential(double mean) {
  return {"exponential", {{"mean", {mean}}}};
}
inline LawSpec discrete(std::vector<double> values, std::vector<double> weights) {
  return {"discrete", {{"values", std::move(values)}, {"weights", std::move(weights)}}};
}

/// Lost sales; holding 1 a unit and day, shortage 9 a unit.
inline SkuSpec lost_sales_sku(std::string id, LawSpec demand, LawSpec lead_time_days) {
  SkuSpec sku;
  sku.id = std::move(id);
  sku.demand = std::move(demand);
  sku.costs.holding_per_unit_day = 1;
  sku.costs.shortage_per_unit = 9;
  sku.supply.lead_time_days = std::move(lead_time_days);
  return sku;
}

/// Backlog; holding 1 and shortage 9 a unit and day.
inline SkuSpec backlog_sku(std::string id, LawSpec demand, LawSpec lead_time_days) {
  SkuSpec sku = lost_sales_sku(std::move(id), std::move(demand), std::move(lead_time_days));
  sku.unmet_demand = UnmetDemand::backlog;
  sku.costs.shortage_per_unit = kNotSet;
  sku.costs.shortage_per_unit_day = 9;
  return sku;
}

inline WarehouseSpec warehouse_of(std::vector<SkuSpec> skus, std::int64_t days,
                                  std::int64_t warm_up_days = 0) {
  WarehouseSpec spec;
  spec.horizon.days = days;
  spec.horizon.warm_up_days = warm_up_days;
  spec.skus = std::move(skus);
  return spec;
}

/// Zipkin 2008: lost sales, Poisson 5, lead time 4, holding 1, shortage 9.
inline WarehouseSpec zipkin(std::int64_t days, std::int64_t warm_up_days) {
  return warehouse_of({lost_sales_sku("item", poisson(5), LawSpec::constant(4))}, days, warm_up_days);
}

/// Zheng and Federgruen 1991: backlog, Poisson, no lead time, holding 1, shortage 9 a day, 64 an order.
inline WarehouseSpec zheng_federgruen(double mean, std::int64_t days, std::int64_t warm_up_days) {
  SkuSpec sku = backlog_sku("item", poisson(mean), LawSpec::constant(0));
  sku.supply.fixed_cost_per_order = 64;
  return warehouse_of({sku}, days, warm_up_days);
}

inline std::shared_ptr<const DecisionModel> decisions_of(const WarehouseSpec& spec,
                                                         std::shared_ptr<const DemandPaths> paths = nullptr) {
  auto model = std::make_shared<DecisionModel>();
  model->warehouse = build_warehouse(spec);
  model->paths = std::move(paths);
  return model;
}

}  // namespace restock::testing
