// Stages in series with Poisson customers (continuous review) or any demand by the day, backlog, fixed lead
// times: echelon base-stock is optimal, and its levels come one after the other (Clark and Scarf 1960;
// Federgruen and Zipkin 1984; Zipkin 2000, section 8.3). Stage 1 serves customers, h_j is the echelon holding
// cost of stage j, D_j the demand over its lead time:
//   C^_1(x) = h_1 x + (b + Σ h) x⁻,   C_j(y) = E C^_j(y − D_j),   S_j = argmin C_j,
//   C^_{j+1}(x) = h_{j+1} x + C_j(min(x, S_j)).
// The cost is C_N(S_N). By the day, stage 1 faces the demand of one day more, and stock counts at the close:
// each stage above holds the day's mean demand less than its level of the morning.
#pragma once

#include "agents/policies/exact/masses.h"
#include "agents/policies/exact/problem.h"

namespace restock::exact {

Recognition recognise_serial(const DecisionModel& model);

struct SerialStage {
  double holding = 0;  ///< of a unit on hand, a day; falls from stage to stage
  Masses lead_demand;
};

struct SerialSystem {
  std::vector<SerialStage> stages;  ///< stage 1 first
  double backlog = 0;               ///< of a unit, a day
  Masses day_demand;                ///< with review by the day: of that day; empty otherwise
};

struct SerialSolution {
  double cost = 0;
  std::vector<std::int64_t> echelon_levels;  ///< of each stage, as the recursion gives them
};

SerialSolution solve_serial(const SerialSystem& system);

}  // namespace restock::exact
