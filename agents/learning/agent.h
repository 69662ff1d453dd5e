// An agent: a configuration that describes itself and makes a learner. One entry of the registry each.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "agents/learning/learner.h"
#include "env/core/description.h"

namespace restock::learning {

/// What a learner is made for.
struct LearnerSetup {
  VectorEnv* environments = nullptr;  ///< as many as Agent::environments() says; outlives the learner
  std::size_t typical_action = 0;     ///< ActionSpec::typical_action(): first decisions lie around it
  std::uint64_t seed = 1;
  const Backend* backend = nullptr;  ///< nullptr: cpu_backend(); outlives the learner
};

inline const Backend& backend_of(const LearnerSetup& setup) {
  return setup.backend != nullptr ? *setup.backend : cpu_backend();
}

/// How far first decisions spread around the typical action, in actions: half of what it orders.
inline double start_deviation(std::size_t typical_action) {
  return std::max(1.0, 0.5 * static_cast<double>(typical_action));
}

class Agent {
 public:
  virtual ~Agent() = default;
  virtual std::string_view name() const = 0;
  virtual void describe(FieldVisitor& visitor) = 0;
  /// How many environments of so many rows each a learner of this configuration wants to step together.
  virtual std::size_t environments(std::size_t rows_per_environment) const = 0;
  virtual TrainingLimits& limits() = 0;
  virtual std::unique_ptr<Agent> clone() const = 0;
  virtual std::unique_ptr<Learner> make_learner(const LearnerSetup& setup) const = 0;
};

struct AgentEntry {
  std::string_view name;
  std::string_view meaning;
  std::unique_ptr<Agent> (*make)();  ///< with its defaults
};

/// Every agent, in the order in which documentation lists them. To add one: a folder and a line in
/// registry.cpp.
std::span<const AgentEntry> agent_registry();
/// With its defaults. Throws InputError that lists the agents there are.
std::unique_ptr<Agent> make_agent(std::string_view name);

}  // namespace restock::learning
