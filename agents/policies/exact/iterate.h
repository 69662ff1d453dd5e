// Value iteration over a Chain, with bounds that hold whenever it stops.
//
// Average cost a step (relative value iteration): for any value v and k sweeps T,
//   min (T^k v − v) / k  <=  g  <=  max (T^k v − v) / k      (Odoni 1969; Puterman 1994, theorem 8.5.5),
// k the chain's period. Where the span does not shrink (states that follow each other in a cycle), sweeps are
// damped, v ← (v + Tv) / 2, which makes every chain aperiodic and leaves the bounds as they are
// (Schweitzer 1971). Discounted cost: MacQueen's bounds (Porteus 1971).
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "agents/policies/exact/chain.h"

namespace restock::exact {

struct IterationOptions {
  double tolerance = 1e-10;  ///< of upper − lower, as a share of the cost (at least of 1)
  std::int64_t maximum_sweeps = 200'000;
  bool keeps_choices = true;
  /// Told after each sweep how many there were and how wide the bounds are.
  std::function<void(std::int64_t sweeps, double lower, double upper)> progress = {};
};

struct Solution {
  double lower = 0;
  double upper = 0;
  std::int64_t sweeps = 0;
  bool converged = false;
  std::vector<std::uint32_t> choice;  ///< of each state; empty where nobody asked

  double cost() const noexcept { return lower + (upper - lower) / 2; }
};

/// Average cost a step of the best policy from any state (of the only one, where every state has one choice).
Solution average_cost(const Chain& chain, WorkerTeam& team, const IterationOptions& options);

/// Cost of all steps to come from the start state, that of step n times discount^n; discount < 1. The bounds
/// hold for the start state.
Solution discounted_cost(const Chain& chain, double discount, WorkerTeam& team,
                         const IterationOptions& options);

/// Expected cost of steps warm_up, warm_up + 1, … warm_up + steps − 1 from the start state, that of step
/// warm_up + n times discount^n, of a chain with one choice in each state.
double cost_of_horizon(const Chain& chain, double discount, std::int64_t warm_up, std::int64_t steps,
                       WorkerTeam& team);

}  // namespace restock::exact
