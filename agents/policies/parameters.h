// The parameters of a classical policy, SKU by SKU: what tuning finds, what a user overrides and what a
// bundle stores.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "env/policy.h"
#include "env/sim/warehouse_model.h"

namespace restock {
struct DecisionModel;
}

namespace restock::policies {

struct PolicyDescription;

/// Every SKU has a value for every parameter of the policy, in the order of PolicyDescription::parameters.
struct PolicyParameters {
  std::string policy;                       ///< its name in the registry
  std::vector<std::string> skus;            ///< ids
  std::vector<std::vector<double>> values;  ///< [SKU][parameter]
};

/// Parameters that closed forms give (planning.h), without any simulation: where tuning starts.
PolicyParameters starting_parameters(const PolicyDescription& policy, const DecisionModel& model);

/// Takes one assignment of a user: "name=value" for all SKUs, or "SKU.name=value" for one. Throws InputError
/// where the SKU, the parameter or the value is none that the policy knows.
void set_parameter(PolicyParameters& parameters, std::string_view assignment);

/// Builds the policy. Throws InputError where the name, a value or a combination of values is wrong.
std::unique_ptr<Policy> make_policy(const PolicyParameters& parameters);

/// The starting parameters with a user's assignments on top.
std::unique_ptr<Policy> make_policy(std::string_view name, const DecisionModel& model,
                                    std::span<const std::string> assignments);

}  // namespace restock::policies
