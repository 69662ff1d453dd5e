// How an agent is trained: which one, its own configuration, and how its checkpoints are chosen. What
// `restock train` is told, and what an experiment says of each of its agents.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "agents/learning/agent.h"

namespace restock::experiments {

struct AgentSettings {
  std::string agent = "ppo";
  std::unique_ptr<learning::Agent> configuration;  ///< of that agent; made by describe()
  std::int64_t checkpoints = 24;                   ///< how often the policy is judged on the tune split
  double checkpoint_seconds = 20;                  ///< between checkpoints that a resumed run goes on from
  std::int64_t tune_replications = 0;  ///< 0: as many as give some 400,000 days of all SKUs together, 4 to 64

  AgentSettings() = default;
  AgentSettings(const AgentSettings& other);
  AgentSettings& operator=(const AgentSettings& other);
  AgentSettings(AgentSettings&&) = default;
  AgentSettings& operator=(AgentSettings&&) = default;
};

/// Visits the agent as a variant, whose fields are those of its configuration, as members of the settings
/// themselves.
void describe(FieldVisitor& visitor, AgentSettings& settings);

/// An agent of an experiment: trained once for each seed, the best one on the tune split stands for it.
struct AgentRun {
  std::string name;
  std::vector<std::int64_t> seeds{1};
  AgentSettings settings;
};
void describe(FieldVisitor& visitor, AgentRun& run);

}  // namespace restock::experiments
