// One item with backlog and a supplier that delivers at once while it works, and not at all while it is out
// of action (Tomlin 2006, Management Science 52(5); Snyder and Shen 2019, "Fundamentals of Supply Chain
// Theory", section 9.2).
//
// Exponential spells end on whole days: a supplier that works goes out of action with the probability
// 1 − exp(−1 / mean) from one day to the next, and comes back likewise. State at the review of a day: whether
// the supplier is out; net = on hand − backlog; what has been ordered since it went out, which comes on the
// morning of its return.
#pragma once

#include "agents/policies/exact/problem.h"

namespace restock::exact {

Recognition recognise_disruptions(const DecisionModel& model);

}  // namespace restock::exact
