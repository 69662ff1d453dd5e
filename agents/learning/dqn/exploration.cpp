#include "agents/learning/dqn/exploration.h"

#include <algorithm>

#include "agents/learning/masked_softmax.h"

namespace restock::learning {

namespace {

/// One of the legal actions in [first, last], each with the same probability.
int legal_action(const std::uint8_t* mask, int first, int last, double uniform) {
  int left = static_cast<int>(uniform * count_legal(mask + first, last - first + 1));
  for (int action = first; action <= last; ++action) {
    if (mask[action] != 0 && left-- == 0) return action;
  }
  return first;
}

}  // namespace

int explore(const Exploration& exploration, int greedy, const std::uint8_t* mask, int actions,
            double try_uniform, double kind_uniform, double action_uniform) {
  if (try_uniform >= exploration.rate) return greedy;
  if (kind_uniform < exploration.uniform_share) return legal_action(mask, 0, actions - 1, action_uniform);
  const int first = std::max(0, greedy - exploration.radius);
  const int last = std::min(actions - 1, greedy + exploration.radius);
  return legal_action(mask, first, last, action_uniform);
}

}  // namespace restock::learning
