// Who delivers to whom, among the stocking points of a network. A part of build_warehouse().
#pragma once

#include "env/sim/warehouse_model.h"
#include "env/sim/warehouse_spec.h"

namespace restock {

/// Fills downstream, allocation and upstream_first of `model`, whose SKUs know their own demand, and adds to
/// their mean demand what is asked of them downstream (by those whose regular source they are). Throws
/// InputError where stocking points deliver to each other in a circle.
void resolve_network(WarehouseModel& model, const WarehouseSpec& spec);

}  // namespace restock
