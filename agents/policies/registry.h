// Every classical policy by name: what it does, its parameters with unit and range, how it is built and where
// its best parameters are looked for. To add one: a file here and a line in registry.cpp; tuning, contract
// tests and the program follow.
#pragma once

#include <functional>
#include <memory>
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
};

/// Where the best parameters of one SKU are looked for: a grid of whole numbers, and what each of its points
/// stands for.
struct ParameterSpace {
  std::vector<SearchAxis> axes;
  /// Points to begin with; the first one holds the starting parameters.
  std::vector<SearchPoint> starts;
  std::function<std::vector<double>(const SearchPoint&)> values;
};

struct PolicyDescription {
  std::string_view name;
  std::string_view meaning;
  bool needs_forecast = false;
  std::vector<PolicyParameter> parameters;
  /// given[i]: the value that parameter i has been given; NaN where it is to be looked for.
  ParameterSpace (*space)(const SkuFigures& sku, std::span<const double> given);
  /// What is wrong with the values of one SKU, each of which is in its range; "" where nothing is.
  std::string (*problem)(std::span<const double> values);
  /// The parameters have been checked.
  std::unique_ptr<Policy> (*make)(const PolicyParameters& parameters);
};

/// In the order in which documentation lists them.
std::span<const PolicyDescription> policy_registry();
bool is_classical_policy(std::string_view name);
/// Throws InputError with the names that there are.
const PolicyDescription& find_policy(std::string_view name);

}  // namespace restock::policies
