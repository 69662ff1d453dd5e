// Every classical policy by name: what it does, its parameters with unit and range, where it applies, how it
// is built and where its best parameters are looked for. To add one: a file here and a line in registry.cpp;
// tuning, contract tests and the program follow.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agents/policies/parameters.h"
#include "agents/policies/planning.h"
#include "agents/policies/search.h"

namespace restock::policies {

/// One parameter of a policy; bounds are inclusive.
struct PolicyParameter {
  std::string_view name;
  std::string_view unit;
  std::string_view meaning;
  double minimum = 0;
  double maximum = static_cast<double>(kMaximumQuantity);
  bool whole_number = true;

  /// Quantities may depend on the forecast.
  bool is_quantity() const noexcept { return unit == "units"; }
};

/// Where the best parameters of one SKU are looked for: a grid of whole numbers, and what each of its points
/// stands for. Without axes there is nothing to look for.
struct ParameterSpace {
  std::vector<SearchAxis> axes;
  /// Points to begin with; the first one holds the starting parameters.
  std::vector<SearchPoint> starts;
  std::function<std::vector<double>(const SearchPoint&)> values;
  /// So many of the first axes stand for the same thing in all SKUs of a supplier: a common review period.
  std::size_t shared_axes = 0;
};

struct PolicyDescription {
  std::string_view name;
  std::string_view meaning;
  /// Looks at forecasts; where forecasts_are_optional, only if there are some.
  bool needs_forecast = false;
  bool forecasts_are_optional = false;
  /// Is built from the scenario, not from its parameters alone, and so stays out of bundles.
  bool needs_model = false;
  /// What it does for one SKU depends on others.
  bool joins_skus = false;
  std::vector<PolicyParameter> parameters = {};
  /// given[i]: the value that parameter i has been given; NaN where it is to be looked for.
  ParameterSpace (*space)(const PlannedSku& sku, std::span<const double> given) = nullptr;
  /// What is wrong with the values of one SKU, each of which is in its range; "" where nothing is. May be
  /// nullptr.
  std::string (*problem)(std::span<const double> values) = nullptr;
  /// Why the policy makes no sense in a scenario; nullopt where it does. May be nullptr.
  std::optional<std::string> (*obstacle)(const DecisionModel& model) = nullptr;
  /// The parameters have been checked.
  std::unique_ptr<Policy> (*make)(const PolicyParameters& parameters) = nullptr;
};

/// In the order in which documentation lists them.
std::span<const PolicyDescription> policy_registry();
bool is_classical_policy(std::string_view name);
/// Throws InputError with the names that there are.
const PolicyDescription& find_policy(std::string_view name);

/// Why the policy does not apply to a scenario, forecasts included; nullopt where it does.
std::optional<std::string> obstacle_to(const PolicyDescription& policy, const DecisionModel& model);
/// The names of those that apply, in the order of the registry.
std::vector<std::string_view> applicable_policies(const DecisionModel& model);
/// Throws InputError that names the obstacle.
void check_applies(const PolicyDescription& policy, const DecisionModel& model);

}  // namespace restock::policies
