#include "experiments/outcome.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

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
    std::vector<double> values;
    for (const auto& of_sku : parameters.values) values.push_back(of_sku[i]);
    const std::size_t all_days = values.size();
    for (const policies::WeekdayValue& other : parameters.weekdays)
      if (other.place.parameter == i) values.push_back(other.value);
    const auto [low, high] = std::ranges::minmax(values);
    const bool is_multiple =
        std::ranges::any_of(parameters.times_forecast,
                            [&](const policies::ParameterPlace& place) { return place.parameter == i; });
    text += fmt::format("{}{} {:.4g}", text.empty() ? "" : ", ", description.parameters[i].name, low);
    if (high > low) text += fmt::format(" to {:.4g}", high);
    if (is_multiple) text += " × forecast";
    if (values.size() > all_days) text += " by weekday";
  }
  return text;
}

}  // namespace restock::experiments
