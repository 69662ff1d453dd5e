#include "experiments/experiment_config.h"

#include <fmt/format.h>

#include <algorithm>

#include "agents/policies/registry.h"
#include "env/core/suggest.h"

namespace restock::experiments {

namespace {

/// Everything that may stand among the policies: classical ones and the experiment's agents.
std::vector<std::string_view> policy_names(const ExperimentConfig& experiment) {
  std::vector<std::string_view> names;
  for (const policies::PolicyDescription& policy : policies::policy_registry()) names.push_back(policy.name);
  for (const AgentRun& agent : experiment.agents) names.push_back(agent.name);
  return names;
}

void check_name(FieldVisitor& visitor, std::string_view field, const std::string& name,
                std::vector<std::string_view> names, std::initializer_list<std::string_view> words) {
  names.insert(names.end(), words);
  if (std::find(names.begin(), names.end(), name) == names.end())
    visitor.problem(field,
                    fmt::format("'{}' is no policy of this experiment{}", name, did_you_mean(name, names)));
}

void check_agents(FieldVisitor& visitor, const ExperimentConfig& experiment) {
  for (std::size_t i = 0; i < experiment.agents.size(); ++i) {
    const std::string& name = experiment.agents[i].name;
    const auto same = [&](const AgentRun& other) { return other.name == name; };
    if (std::count_if(experiment.agents.begin(), experiment.agents.end(), same) > 1)
      visitor.problem(fmt::format("agents[{}].name", i),
                      fmt::format("'{}' stands twice, expected a name of its own", name));
    if (policies::is_classical_policy(name))
      visitor.problem(fmt::format("agents[{}].name", i),
                      fmt::format("'{}' is a classical policy's name", name));
  }
}

}  // namespace

void describe(FieldVisitor& visitor, CompareConfig& compare) {
  visitor.field("policies", compare.policies,
                {.meaning = "classical policies by name, which are tuned first, and agents by theirs"});
  visitor.field("baseline", compare.baseline,
                {.meaning = "what the others are held against: a policy's name, or best_classical"});
  visitor.field("replications", compare.replications,
                {.meaning = "replications of the evaluation where demand follows laws; a history is one",
                 .minimum = 1,
                 .maximum = 1e6});
}

void describe(FieldVisitor& visitor, ExperimentConfig& experiment) {
  visitor.field("name", experiment.name, {.meaning = "what reports call it", .required = true});
  visitor.field("scenario", experiment.scenario,
                {.meaning = "the scenario file, relative to this one", .required = true});
  visitor.field("forecasters", experiment.forecasters,
                {.meaning = "forecasters to be judged on the last days before the horizon, by name"});
  describe_object(visitor, "lstm", experiment.lstm,
                  {.meaning = "the LSTM, where it is among the forecasters"});
  visitor.field("training_paths", experiment.training_paths,
                {.meaning = "sampled futures that agents train on", .minimum = 1, .maximum = 100'000});
  visitor.field("tuning_paths", experiment.tuning_paths,
                {.meaning = "other futures, on which policies are tuned and checkpoints chosen",
                 .minimum = 1,
                 .maximum = 100'000});
  describe_list(visitor, "agents", experiment.agents, {.meaning = "who learns"});
  describe_object(visitor, "tuning", experiment.tuning,
                  {.meaning = "how the parameters of classical policies are looked for"});
  describe_object(visitor, "compare", experiment.compare, {.meaning = "what is compared with what"});
  visitor.field("export", experiment.export_policy,
                {.meaning = "which policy becomes a bundle: best, best_learned, a name, or none"});
  check_agents(visitor, experiment);
  const auto names = policy_names(experiment);
  for (std::size_t i = 0; i < experiment.compare.policies.size(); ++i)
    check_name(visitor, fmt::format("compare.policies[{}]", i), experiment.compare.policies[i], names, {});
  check_name(visitor, "compare.baseline", experiment.compare.baseline, names, {"best_classical"});
  check_name(visitor, "export", experiment.export_policy, names, {"best", "best_learned", "none"});
}

}  // namespace restock::experiments
