// What echelon base-stock costs in stages in series with backlog and fixed lead times, and the levels with
// which it is optimal (Clark and Scarf 1960; Federgruen and Zipkin 1984; Zipkin 2000, section 8.3; levels
// that are not optimal: Chen and Zheng 1994). Stage 1 serves customers, h_j is the echelon holding cost of
// stage j, D_j the demand over its lead time, S_j its level:
//   C^_1(x) = h_1 x + (b + Σ h) x⁻,   C_j(y) = E C^_j(y − D_j),   S_j = argmin C_j, or as given,
//   C^_{j+1}(x) = h_{j+1} (x − d_{j+1}) + C_j(min(x, S_j)).
// The cost is C_N(S_N). x is the level of an echelon at the instant at which the stage below can be given its
// units, and stock is counted once a mean demand of d_{j+1} has passed: 0 under continuous review.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "agents/policies/exact/masses.h"

namespace restock::exact {

struct SerialStage {
  double holding = 0;  ///< of a unit on hand, a day; falls from stage to stage
  Masses lead_demand;
  double demand_until_count = 0;  ///< d_j; 0 for stage 1, whose x is what is counted
};

struct SerialSystem {
  std::vector<SerialStage> stages;  ///< stage 1 first
  double backlog = 0;               ///< of a unit, a day
};

struct SerialSolution {
  double cost = 0;
  std::vector<std::int64_t> echelon_levels;  ///< of each stage, as the recursion gives them
};

SerialSolution solve_serial(const SerialSystem& system);

/// A level further from 0 takes more memory and time than any answer is worth.
inline constexpr std::int64_t kMostSerialLevel = std::int64_t{1} << 20;
/// The cost a day of these levels, one a stage, at most kMostSerialLevel from 0; they may be in any order.
double cost_of_levels(const SerialSystem& system, std::span<const std::int64_t> echelon_levels);

}  // namespace restock::exact
