#include "experiments/agent_settings.h"

#include <algorithm>

namespace restock::experiments {

namespace {

const std::vector<std::string_view>& agent_names() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> listed;
    for (const learning::AgentEntry& entry : learning::agent_registry()) listed.push_back(entry.name);
    return listed;
  }();
  return names;
}

/// A name that no agent has counts as the first; make_agent() refuses it.
ChoiceRef choice_of_agent(std::string& agent) {
  const auto& names = agent_names();
  const auto found = std::find(names.begin(), names.end(), agent);
  const std::size_t index = found == names.end() ? 0 : static_cast<std::size_t>(found - names.begin());
  return {names, index, [&agent](std::size_t i) { agent = agent_names()[i]; }};
}

}  // namespace

AgentSettings::AgentSettings(const AgentSettings& other)
    : agent(other.agent),
      configuration(other.configuration ? other.configuration->clone() : nullptr),
      checkpoints(other.checkpoints),
      checkpoint_seconds(other.checkpoint_seconds),
      tune_replications(other.tune_replications) {}

AgentSettings& AgentSettings::operator=(const AgentSettings& other) {
  return *this = AgentSettings(other);
}

void describe(FieldVisitor& visitor, AgentSettings& settings) {
  visitor.variant("agent", choice_of_agent(settings.agent), {.meaning = "who learns"},
                  [&settings](FieldVisitor& inner) {
                    if (!settings.configuration || settings.configuration->name() != settings.agent)
                      settings.configuration = learning::make_agent(settings.agent);
                    settings.configuration->describe(inner);
                  });
  visitor.field("checkpoints", settings.checkpoints,
                {.meaning = "how often in training the policy is judged on the tune split",
                 .minimum = 1,
                 .maximum = 10'000});
  visitor.field("checkpoint_seconds", settings.checkpoint_seconds,
                {.meaning = "time between checkpoints that a resumed run goes on from",
                 .unit = "seconds",
                 .minimum = 0,
                 .maximum = 1e6});
  visitor.field("tune_replications", settings.tune_replications,
                {.meaning = "replications of each judgement; 0: 4 to 64, by the length of the horizon",
                 .minimum = 0,
                 .maximum = 100'000});
}

void describe(FieldVisitor& visitor, AgentRun& run) {
  visitor.field("name", run.name, {.meaning = "what reports call it", .required = true});
  visitor.field("seeds", run.seeds, {.meaning = "one training each", .minimum = 0, .maximum = 1e15});
  describe(visitor, run.settings);
  if (run.seeds.empty()) visitor.problem("seeds", "no seed, expected at least one");
}

}  // namespace restock::experiments
