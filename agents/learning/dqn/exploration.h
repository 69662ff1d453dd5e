// How deep Q-learning tries actions: with probability ε something else than the greedy action. Mostly that is
// an action close to the greedy one; uniform trials over all order quantities would flood the stock, and
// states that matter would be rare.
#pragma once

#include <cstdint>

namespace restock::learning {

struct Exploration {
  double rate = 0.1;           ///< ε
  double uniform_share = 0.1;  ///< of the trials, any legal action
  int radius = 2;              ///< of the others: at most so many actions away from the greedy one
};

/// `greedy` must be legal; the result is. The three uniforms in (0, 1) decide.
int explore(const Exploration& exploration, int greedy, const std::uint8_t* mask, int actions,
            double try_uniform, double kind_uniform, double action_uniform);

}  // namespace restock::learning
