// The closed forms whose assumptions a scenario meets.
//
// They are about idealised systems: quantities are real numbers, and the economic order quantity takes demand
// as a flow through the day. A simulation of the same scenario in whole units comes as close as its units and
// days are small.
#pragma once

#include <string_view>
#include <vector>

#include "env/decision_process.h"
#include "env/sim/sku_spec.h"

namespace restock::exact {

/// A figure under the name that `published:` gives it.
struct ClosedForm {
  std::string_view metric;
  double value = 0;
};

/// `sku`: the only one of the scenario, whose law of demand is not rounded to whole units yet. Money is as
/// the simulation counts it, purchases included.
///   known demand, the same every day, a fixed cost: economic_order_quantity, economic_order_cost_per_day
///     (with backlog where customers wait; where they do not, losing them must cost more);
///   normal demand that is hardly ever negative, backlog, a fixed lead time, no fixed cost: newsvendor_level,
///   newsvendor_cost_per_day; known demand by the day, lost where it is not served, no lead time, no stock at
///   the start:
///     lot_sizing_cost, of the whole horizon, where it pays to serve each day (Wagner and Whitin 1958).
/// Empty where the scenario is none of these.
std::vector<ClosedForm> closed_forms_of(const DecisionModel& model, const SkuSpec& sku);

}  // namespace restock::exact
