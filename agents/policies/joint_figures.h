// What SKUs of one supplier share when they are ordered together.
#pragma once

#include <optional>
#include <string>

#include "agents/policies/planning.h"

namespace restock::policies {

/// What an order from the supplier costs before the SKUs' own fixed costs: its set-up, and a truck where it
/// sends trucks.
double joint_set_up(const DecisionModel& model, std::int32_t supplier);
/// √(2(K + Σkᵢ) / Σhᵢλᵢ): the best common time between orders of the supplier's SKUs, days, at least one
/// (Goyal 1974; Silver, Pyke and Thomas 2017, section 11.2).
double joint_interval_days(const DecisionModel& model, std::int32_t supplier);
/// No supplier delivers more than one SKU.
std::optional<std::string> obstacle_to_joint_orders(const DecisionModel& model);

}  // namespace restock::policies
