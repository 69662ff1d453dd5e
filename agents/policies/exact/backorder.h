// Backlog with a fixed lead time, one item, any order cost; daily, or customer by customer with Poisson
// customers. Without limits on orders (s, S) is optimal (Scarf 1960; Zheng and Federgruen, Operations
// Research 39(4), 1991); the process is PositionProcess.
//
// Range of orders, with single units, no largest order and no price breaks: where G is what a step costs by
// position, y° its minimum and K the fixed cost, positions after an order lie between the ends of {G <= G(y°)
// + K} (Veinott 1966, SIAM Journal on Applied Mathematics 14(5)); proven. Otherwise the range is widened
// until the cost changes no more.
#pragma once

#include "agents/policies/exact/problem.h"

namespace restock::exact {

/// Reviewed daily.
Recognition recognise_backorder(const DecisionModel& model);
/// Reviewed after each customer.
Recognition recognise_continuous_backorder(const DecisionModel& model);

}  // namespace restock::exact
