// Which SKUs of a warehouse influence each other, so that they have to be tuned together.
#pragma once

#include <vector>

#include "agents/policies/registry.h"

namespace restock::policies {

/// Groups of SKUs, each ascending, in the order of their first SKUs. Two SKUs are in one group where one
/// delivers to or is a substitute of the other, where they share set-ups, trucks or limits of a supplier, or
/// a floor with limits, or where the policy itself looks at both: the SKUs of a supplier for policies that
/// join them. Demand that moves together does not couple: no order changes it.
std::vector<std::vector<std::size_t>> coupled_skus(const WarehouseModel& warehouse,
                                                   const PolicyDescription& policy);

}  // namespace restock::policies
