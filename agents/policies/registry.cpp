#include "agents/policies/registry.h"

#include <fmt/format.h>

#include <algorithm>

#include "env/core/error.h"
#include "env/core/suggest.h"
#include "env/decision_process.h"

// Every classical policy, one line each: a function restock::policies::NAME.
#define RESTOCK_POLICIES(POLICY)       \
  POLICY(base_stock)                   \
  POLICY(capped_base_stock)            \
  POLICY(s_S)                          \
  POLICY(modified_s_S)                 \
  POLICY(fixed_quantity)               \
  POLICY(eoq)                          \
  POLICY(fixed_interval)               \
  POLICY(constant_order)               \
  POLICY(tracking)                     \
  POLICY(newsvendor_empirical)         \
  POLICY(newsvendor_poisson)           \
  POLICY(newsvendor_normal)            \
  POLICY(newsvendor_gamma)             \
  POLICY(newsvendor_negative_binomial) \
  POLICY(myopic)                       \
  POLICY(myopic_2)                     \
  POLICY(forecast_order_up_to)         \
  POLICY(wagner_whitin)                \
  POLICY(silver_meal)                  \
  POLICY(single_index)                 \
  POLICY(dual_index)                   \
  POLICY(capped_dual_index)            \
  POLICY(tailored_base_surge)          \
  POLICY(base_stock_ewa)               \
  POLICY(can_order)                    \
  POLICY(joint_fixed_interval)         \
  POLICY(echelon_base_stock)

namespace restock::policies {

#define RESTOCK_DECLARE_POLICY(name) PolicyDescription name();
RESTOCK_POLICIES(RESTOCK_DECLARE_POLICY)
#undef RESTOCK_DECLARE_POLICY

namespace {

const PolicyDescription* find(std::string_view name) {
  const auto registry = policy_registry();
  const auto found = std::find_if(registry.begin(), registry.end(),
                                  [&](const PolicyDescription& policy) { return policy.name == name; });
  return found == registry.end() ? nullptr : &*found;
}

}  // namespace

std::span<const PolicyDescription> policy_registry() {
#define RESTOCK_CALL_POLICY(name) name(),
  static const std::vector<PolicyDescription> registry = {RESTOCK_POLICIES(RESTOCK_CALL_POLICY)};
#undef RESTOCK_CALL_POLICY
  return registry;
}

bool is_classical_policy(std::string_view name) {
  return find(name) != nullptr;
}

const PolicyDescription& find_policy(std::string_view name) {
  if (const PolicyDescription* policy = find(name)) return *policy;
  std::vector<std::string_view> names;
  for (const PolicyDescription& policy : policy_registry()) names.push_back(policy.name);
  throw InputError(fmt::format("unknown policy {}{}; there are {}", in_quotes(name),
                               did_you_mean(name, names), fmt::join(names, ", ")));
}

std::optional<std::string> obstacle_to(const PolicyDescription& policy, const DecisionModel& model) {
  if (policy.needs_forecast && !policy.forecasts_are_optional && !model.forecaster)
    return "needs forecasts, which the scenario does not have; expected a scenario with a forecaster";
  return policy.obstacle == nullptr ? std::nullopt : policy.obstacle(model);
}

std::vector<std::string_view> applicable_policies(const DecisionModel& model) {
  std::vector<std::string_view> names;
  for (const PolicyDescription& policy : policy_registry())
    if (!obstacle_to(policy, model)) names.push_back(policy.name);
  return names;
}

void check_applies(const PolicyDescription& policy, const DecisionModel& model) {
  if (const auto obstacle = obstacle_to(policy, model))
    throw InputError(fmt::format("policy '{}' does not apply to this scenario: {}", policy.name, *obstacle));
}

}  // namespace restock::policies
