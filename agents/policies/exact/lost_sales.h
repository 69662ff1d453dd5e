// Lost sales with a lead time, one item: Zipkin, "Old and new methods for lost-sales inventory systems",
// Operations Research 56(5), 2008, and "On the structure of lost-sales inventory models", 56(4). The process
// is SingleItem; without a cycle of days and with L >= 1 it is swept by LostSalesChain.
//
// Range of orders: without a fixed cost, with single units, the newest k orders together need not pass the p
// / (p + h) quantile of k days' demand, the position not that of L + 1 days' (Zipkin 2008, section 3);
// proven. Otherwise the range is widened until the cost changes no more.
#pragma once

#include "agents/policies/exact/problem.h"

namespace restock::exact {

Recognition recognise_lost_sales(const DecisionModel& model);

}  // namespace restock::exact
