// Makes the constant sources, suppliers and review groups of a warehouse out of what a user says about
// suppliers. A part of build_warehouse().
#pragma once

#include "env/sim/warehouse_model.h"
#include "env/sim/warehouse_spec.h"

namespace restock {

/// Fills `sources` and `order_slots` of one SKU of `model`, whose mean demand is known, and adds the
/// suppliers and review groups they need. Throws InputError where laws do not fit.
void resolve_sources(WarehouseModel& model, std::int32_t sku, const WarehouseSpec& spec);

}  // namespace restock
