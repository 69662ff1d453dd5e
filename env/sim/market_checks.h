// What promotions, substitutes and shared factors of a scenario must have in common with its SKUs and its
// horizon.
#pragma once

#include "env/core/description.h"
#include "env/sim/warehouse_spec.h"

namespace restock {

/// Reports, where they stand, ids that are none, dates outside the horizon, promotions of one SKU that
/// overlap, and factors that nothing shares.
void check_market(FieldVisitor& visitor, const WarehouseSpec& warehouse);

}  // namespace restock
