// Makes the constant sources, suppliers and review groups of a warehouse out of what a user says about
// suppliers. A part of build_warehouse().
#pragma once

#include "env/sim/warehouse_model.h"
#include "env/sim/warehouse_spec.h"

namespace restock {

/// Fills sku.sources and sku.order_slots, and adds the suppliers and review groups they need to `model`,
/// whose next SKU it is. Needs sku.mean_demand_per_day. Throws InputError where laws do not fit.
void resolve_sources(WarehouseModel& model, SkuModel& sku, const SkuSpec& said, const WarehouseSpec& spec);

/// The terms of a SKU's regular supplier.
const SupplierSpec& regular_supply(const WarehouseSpec& spec, const SkuSpec& sku);

}  // namespace restock
