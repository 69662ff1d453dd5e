// Stages in series with Poisson customers (continuous review) or any demand by the day, backlog, fixed lead
// times: echelon base-stock is optimal (serial_recursion.h). By the day, stage 1 faces the demand of one day
// more, and stock counts at the close: each stage above holds the day's mean demand less than in the morning.
//
// The cost of given levels is known as well, of echelons or of the stages alone. Local levels s_j are the
// echelon levels s_1 + … + s_j where a stage learns at once what is ordered from it (continuous review). By
// the day all stages order in one instant, and each sees the order of the one below a day later: stage j >= 2
// then acts on what customers asked for until j − 1 days ago, which is echelon base-stock with a day more of
// lead time for each stage above the first, and with stock counted j − 1 days after it could be given away.
#pragma once

#include "agents/policies/exact/problem.h"

namespace restock::exact {

Recognition recognise_serial(const DecisionModel& model);

}  // namespace restock::exact
