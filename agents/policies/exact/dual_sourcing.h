// Two suppliers, one slow and one fast, backlog: the state of Veeraraghavan and Scheller-Wolf, "Now or
// later", Operations Research 56(4), 2008; instances in Gijsbrechts, Boute, Van Mieghem and Zhang 2022 (MSOM
// 24(3)).
//
// With lead times l_f < l_s, state at the review: x = net inventory + all on order that comes within l_f
// days; p_1 … p_m, m = l_s − l_f − 1, of which p_j comes l_f + j days from now, all of it from the slow
// supplier. The fast order lifts x to y and the slow one joins the end; the day on which the fast order comes
// costs
//   h E (y − D_{l_f+1})⁺ + b E (y − D_{l_f+1})⁻;   next x = y − D_1 + p_1.
//
// Range of orders: positions between quantiles of the demand that they must cover; widened until the cost
// changes no more.
#pragma once

#include "agents/policies/exact/problem.h"

namespace restock::exact {

Recognition recognise_dual_sourcing(const DecisionModel& model);

}  // namespace restock::exact
