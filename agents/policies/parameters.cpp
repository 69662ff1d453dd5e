#include "agents/policies/parameters.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "agents/policies/registry.h"
#include "env/core/error.h"
#include "env/core/suggest.h"
#include "env/decision_process.h"

namespace restock::policies {

namespace {

[[noreturn]] void refuse(const PolicyDescription& policy, const std::string& message) {
  throw InputError(fmt::format("policy '{}': {}", policy.name, message));
}

std::size_t index_of_parameter(const PolicyDescription& policy, std::string_view name) {
  std::vector<std::string_view> names;
  for (const PolicyParameter& parameter : policy.parameters) names.push_back(parameter.name);
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end())
    refuse(policy, fmt::format("unknown parameter {}{}; it takes {}", in_quotes(name),
                               did_you_mean(name, names), fmt::join(names, ", ")));
  return static_cast<std::size_t>(found - names.begin());
}

std::size_t index_of_sku(const PolicyParameters& parameters, std::string_view id) {
  const auto found = std::find(parameters.skus.begin(), parameters.skus.end(), id);
  if (found != parameters.skus.end()) return static_cast<std::size_t>(found - parameters.skus.begin());
  const std::vector<std::string_view> ids(parameters.skus.begin(), parameters.skus.end());
  throw InputError(
      fmt::format("unknown SKU {}{}; write PARAMETER=VALUE for all SKUs or SKU.PARAMETER=VALUE for one",
                  in_quotes(id), did_you_mean(id, ids)));
}

std::string range_of(const PolicyParameter& parameter) {
  const std::string_view kind = parameter.whole_number ? "a whole number" : "a number";
  const std::string unit = parameter.unit.empty() ? "" : fmt::format(" {}", parameter.unit);
  return fmt::format("{} in [{}, {}]{}", kind, parameter.minimum, parameter.maximum, unit);
}

bool in_range(const PolicyParameter& parameter, double value) {
  const bool inside = value >= parameter.minimum && value <= parameter.maximum;  // false for NaN
  return inside && (!parameter.whole_number || value == std::floor(value));
}

double parse_value(const PolicyDescription& policy, const PolicyParameter& parameter, std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !in_range(parameter, value))
    refuse(policy, fmt::format("{} = {}, expected {} ({})", parameter.name, in_quotes(text),
                               range_of(parameter), parameter.meaning));
  return value;
}

void check_sku(const PolicyDescription& policy, const std::string& sku, const std::vector<double>& values) {
  const std::size_t expected = policy.parameters.size();
  if (values.size() != expected)
    refuse(policy, fmt::format("SKU {} has {} values, expected {}", in_quotes(sku), values.size(), expected));
  for (std::size_t i = 0; i < expected; ++i) {
    const PolicyParameter& parameter = policy.parameters[i];
    if (!in_range(parameter, values[i]))
      refuse(policy, fmt::format("SKU {}: {} = {}, expected {}", in_quotes(sku), parameter.name, values[i],
                                 range_of(parameter)));
  }
  if (const std::string problem = policy.problem(values); !problem.empty())
    refuse(policy, fmt::format("SKU {}: {}", in_quotes(sku), problem));
}

}  // namespace

PolicyParameters starting_parameters(const PolicyDescription& policy, const DecisionModel& model) {
  PolicyParameters parameters{std::string(policy.name), {}, {}};
  const std::vector<double> none_given(policy.parameters.size(), std::numeric_limits<double>::quiet_NaN());
  for (std::size_t sku = 0; sku < model.warehouse->skus.size(); ++sku) {
    const ParameterSpace space = policy.space(figures_of(model, sku), none_given);
    parameters.skus.push_back(model.warehouse->skus[sku].id);
    parameters.values.push_back(space.values(space.starts.front()));
  }
  return parameters;
}

void set_parameter(PolicyParameters& parameters, std::string_view assignment) {
  const PolicyDescription& policy = find_policy(parameters.policy);
  const std::size_t equals = assignment.find('=');
  if (equals == std::string_view::npos)
    refuse(policy, fmt::format("{}, expected PARAMETER=VALUE or SKU.PARAMETER=VALUE", in_quotes(assignment)));
  const std::string_view key = assignment.substr(0, equals);
  const std::size_t dot = key.rfind('.');
  const bool all_skus = dot == std::string_view::npos;
  const std::size_t index = index_of_parameter(policy, all_skus ? key : key.substr(dot + 1));
  const double value = parse_value(policy, policy.parameters[index], assignment.substr(equals + 1));
  if (all_skus) {
    for (std::vector<double>& values : parameters.values) values[index] = value;
  } else {
    parameters.values[index_of_sku(parameters, key.substr(0, dot))][index] = value;
  }
}

std::unique_ptr<Policy> make_policy(const PolicyParameters& parameters) {
  const PolicyDescription& policy = find_policy(parameters.policy);
  if (parameters.values.size() != parameters.skus.size())
    refuse(policy,
           fmt::format("values of {} SKUs, expected {}", parameters.values.size(), parameters.skus.size()));
  for (std::size_t sku = 0; sku < parameters.skus.size(); ++sku)
    check_sku(policy, parameters.skus[sku], parameters.values[sku]);
  return policy.make(parameters);
}

std::unique_ptr<Policy> make_policy(std::string_view name, const DecisionModel& model,
                                    std::span<const std::string> assignments) {
  const PolicyDescription& policy = find_policy(name);
  if (policy.needs_forecast && !model.forecaster)
    refuse(policy,
           "needs forecasts, which the scenario does not have; expected a scenario with a forecaster");
  PolicyParameters parameters = starting_parameters(policy, model);
  for (const std::string& assignment : assignments) set_parameter(parameters, assignment);
  return make_policy(parameters);
}

}  // namespace restock::policies
