// The warehouse of the engine's benchmarks, and how the engine is driven there.
#pragma once

#include <memory>

#include "env/sim/simulator.h"
#include "env/sim/warehouse_model.h"

namespace restock::bench {

/// SKUs with 50 customers a day each (Poisson, one unit a customer, lost sales), a review every morning and
/// one to three days of lead time.
inline std::shared_ptr<const WarehouseModel> customer_warehouse(std::int64_t skus, std::int64_t days) {
  WarehouseSpec spec;
  spec.horizon.days = days;
  spec.arrivals = Arrivals::orders;
  for (std::int64_t i = 0; i < skus; ++i) {
    SkuSpec sku;
    sku.id = fmt::format("sku-{}", i);
    sku.demand = {"poisson", {{"mean", {50}}}};
    sku.costs.holding_per_unit_day = 1;
    sku.costs.shortage_per_unit = 9;
    sku.initial_on_hand = 150;
    sku.supply.lead_time_days = {"discrete", {{"values", {1, 2, 3}}, {"weights", {1, 2, 1}}}};
    spec.skus.push_back(sku);
  }
  return build_warehouse(spec);
}

/// Zipkin 2008: one SKU, lost sales, holding 1 a unit and day.
inline WarehouseSpec zipkin(LawSpec demand, std::int64_t lead_time_days, double shortage, std::int64_t days) {
  SkuSpec sku;
  sku.id = "item";
  sku.demand = std::move(demand);
  sku.costs.holding_per_unit_day = 1;
  sku.costs.shortage_per_unit = shortage;
  sku.supply.lead_time_days = LawSpec::constant(static_cast<double>(lead_time_days));
  WarehouseSpec spec;
  spec.horizon.days = days;
  spec.skus.push_back(std::move(sku));
  return spec;
}

inline constexpr Quantity kCustomerLevel = 170;

/// One replication under base-stock.
inline void run_engine(Simulator& simulator, const RunKey& run, Quantity level) {
  simulator.reset(run);
  while (const auto decision = simulator.run_until_decision()) {
    for (const std::int32_t sku : decision->skus) {
      const Quantity wanted = std::max<Quantity>(0, level - simulator.state(sku).inventory_position());
      const SkuModel& model = simulator.model().skus[static_cast<std::size_t>(sku)];
      simulator.place_order(sku, 0, legal_order_quantity(model.regular(), wanted));
    }
  }
}

}  // namespace restock::bench
