// Orders that cross: Poisson customers, continuous review, backlog, exponential lead times, each unit on a
// way of its own. A continuous-time Markov decision process, uniformised (Lippman 1975; Puterman 1994,
// section 11.5); instances with exponential lead times in Temizöz et al. 2025, "Deep Controlled Learning".
//
// State after an event: whether it was a customer; net inventory; units on order, each of which comes with
// rate 1 / mean lead time. In a scenario each supplier delivers an order of one unit on its own way, so that
// a decision of up to n units takes n suppliers with a maximum order of 1.
//
// Range of orders: positions around the newsvendor's level on Poisson(λ E L); widened until the cost changes
// no more.
#pragma once

#include "agents/policies/exact/problem.h"

namespace restock::exact {

Recognition recognise_crossing_orders(const DecisionModel& model);

}  // namespace restock::exact
