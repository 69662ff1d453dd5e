// Continuous review with Poisson customers and random lead times of any law, orders that may cross, backlog:
// what is on order under base-stock is compound Poisson with mean λ E L, whatever the law (Palm 1938; Zipkin
// 2000, section 7.2). So the exact cost of base-stock is a newsvendor's; the optimum is not known.
#pragma once

#include "agents/policies/exact/problem.h"

namespace restock::exact {

Recognition recognise_random_lead_times(const DecisionModel& model);

}  // namespace restock::exact
