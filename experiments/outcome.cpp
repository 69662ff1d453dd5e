#include "experiments/outcome.h"

#include <fmt/format.h>

#include <algorithm>

#include "agents/policies/registry.h"

namespace restock::experiments {

PolicyOutcome judge_policy(const PreparedScenario& scenario, const Policy& policy,
                           const JudgeOptions& options) {
  const std::int64_t replications = scenario.judged_by_history() ? 1 : options.replications;
  PolicyOutcome outcome;
  outcome.name = policy.name();
  outcome.label = outcome.name;
  outcome.evaluation = evaluate(scenario.evaluation, policy,
                                {.seed = options.seed,
                                 .split = Split::evaluate,
                                 .replications = replications,
                                 .threads = options.threads});
  DayRecorder recorder;
  simulate_once(scenario.evaluation, policy, {options.seed, Split::evaluate, 0}, &recorder);
  outcome.record = recorder.record();
  return outcome;
}

std::string describe_parameters(const policies::PolicyParameters& parameters) {
  const auto& description = policies::find_policy(parameters.policy);
  std::string text;
  for (std::size_t i = 0; i < description.parameters.size(); ++i) {
    double low = parameters.values.front()[i];
    double high = low;
    for (const auto& values : parameters.values) {
      low = std::min(low, values[i]);
      high = std::max(high, values[i]);
    }
    if (!text.empty()) text += ", ";
    text += fmt::format("{} {:.4g}", description.parameters[i].name, low);
    if (high > low) text += fmt::format(" to {:.4g}", high);
  }
  return text;
}

}  // namespace restock::experiments
