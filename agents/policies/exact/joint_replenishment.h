// A few items from one supplier, with costs and limits that they share (a set-up, trucks, full trucks only, a
// largest size, a smallest value), backlog, fixed lead times: Vanvuchelen, Gijsbrechts and Boute 2020
// (Computers in Industry 119). State: the inventory position of each item; a day costs the sum of what the
// items cost (position_process.h), with the demands independent.
//
// Range of orders: each position after an order around what one item alone would need; widened until the cost
// changes no more.
#pragma once

#include "agents/policies/exact/problem.h"

namespace restock::exact {

Recognition recognise_joint_replenishment(const DecisionModel& model);

}  // namespace restock::exact
