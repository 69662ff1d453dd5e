// Random valid scenarios: small, short, and as different from each other as the scenario file allows.
//
// To let a new mechanic take part, add one line where it belongs in random_scenario.cpp: the first answer of
// a choice is the simplest one, and is what a failing scenario shrinks to.
#pragma once

#include "env/replenishment_env.h"
#include "env/scenario.h"
#include "tests/property/choices.h"

namespace restock::property {

Scenario random_scenario(Choices& choose);

/// What simulations of the scenario share.
std::shared_ptr<const DecisionModel> decision_model(const Scenario& scenario);
std::shared_ptr<const EnvModel> environment_model(const Scenario& scenario);

/// Orders up to a level that changes from one decision to the next, or nothing: depends on nothing but what
/// it is asked, so that a simulation that is restored or stepped elsewhere meets the same orders.
Quantity some_order(const SkuModel& sku, std::int32_t index, std::int32_t source, std::int64_t day,
                    Quantity position);

}  // namespace restock::property
