#include <fmt/format.h>

#include <array>

#include "agents/learning/agent.h"
#include "agents/learning/dqn/learner.h"
#include "agents/learning/ppo/learner.h"
#include "env/core/error.h"
#include "env/core/suggest.h"

namespace restock::learning {

std::span<const AgentEntry> agent_registry() {
  static constexpr std::array<AgentEntry, 2> entries{{
      {"ppo", "proximal policy optimisation: a policy and a critic, learned from fresh experience",
       make_ppo_agent},
      {"dqn", "deep Q-learning: values of actions, learned from remembered experience", make_dqn_agent},
  }};
  return entries;
}

std::unique_ptr<Agent> make_agent(std::string_view name) {
  std::vector<std::string_view> names;
  for (const AgentEntry& entry : agent_registry()) {
    if (entry.name == name) return entry.make();
    names.push_back(entry.name);
  }
  throw InputError(fmt::format("{} is no agent{}; there are: {}", in_quotes(name), did_you_mean(name, names),
                               fmt::join(names, ", ")));
}

}  // namespace restock::learning
