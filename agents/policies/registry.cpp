#include "agents/policies/registry.h"

#include <fmt/format.h>

#include <algorithm>

#include "env/core/error.h"
#include "env/core/suggest.h"

// Every classical policy, one line each: the function restock::policies::NAME of NAME.cpp.
#define RESTOCK_POLICIES(POLICY) \
  POLICY(base_stock)             \
  POLICY(s_S)                    \
  POLICY(fixed_quantity)         \
  POLICY(forecast_order_up_to)

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

}  // namespace restock::policies
