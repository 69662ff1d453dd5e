#include "agents/policies/parameters.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "agents/policies/registry.h"
#include "env/core/error.h"
#include "env/decision_process.h"

namespace restock::policies {

namespace {

[[noreturn]] void refuse(const PolicyDescription& policy, const std::string& message) {
  throw InputError(fmt::format("policy '{}': {}", policy.name, message));
}

bool in_range(const PolicyParameter& parameter, double value) {
  const bool inside = value >= parameter.minimum && value <= parameter.maximum;  // false for NaN
  return inside && (!parameter.whole_number || value == std::floor(value));
}

std::string range_of(const PolicyParameter& parameter) {
  const std::string_view kind = parameter.whole_number ? "a whole number" : "a number";
  const std::string unit = parameter.unit.empty() ? "" : fmt::format(" {}", parameter.unit);
  return fmt::format("{} in [{}, {}]{}", kind, parameter.minimum, parameter.maximum, unit);
}

void check_value(const PolicyDescription& policy, const PolicyParameters& parameters, ParameterPlace place,
                 double value) {
  const PolicyParameter& parameter = policy.parameters[place.parameter];
  const bool is_multiple = parameters.is_times_forecast(place);
  const bool fits =
      is_multiple ? parameter.is_quantity() && value >= 0 && value <= 1e6 : in_range(parameter, value);
  if (!fits)
    refuse(policy, fmt::format("SKU '{}': {} = {}, expected {}", parameters.skus[place.sku], parameter.name,
                               value, is_multiple ? "a multiple in [0, 1e6]" : range_of(parameter)));
}

/// Values that hold together on some weekday. Multiples of the forecast are compared only with each other.
void check_together(const PolicyDescription& policy, const PolicyParameters& parameters, std::size_t sku,
                    const std::vector<double>& values) {
  if (policy.problem == nullptr) return;
  std::size_t multiples = 0;
  for (std::size_t i = 0; i < values.size(); ++i) multiples += parameters.is_times_forecast({sku, i});
  if (multiples != 0 && multiples != values.size()) return;
  if (const std::string problem = policy.problem(values); !problem.empty())
    refuse(policy, fmt::format("SKU '{}': {}", parameters.skus[sku], problem));
}

void check_sku(const PolicyDescription& policy, const PolicyParameters& parameters, std::size_t sku) {
  const std::vector<double>& values = parameters.values[sku];
  const std::size_t expected = policy.parameters.size();
  if (values.size() != expected)
    refuse(policy,
           fmt::format("SKU '{}' has {} values, expected {}", parameters.skus[sku], values.size(), expected));
  for (std::size_t i = 0; i < expected; ++i) check_value(policy, parameters, {sku, i}, values[i]);
  check_together(policy, parameters, sku, values);
}

void check_weekdays(const PolicyDescription& policy, const PolicyParameters& parameters) {
  for (const WeekdayValue& other : parameters.weekdays) {
    if (other.place.sku >= parameters.skus.size() || other.place.parameter >= policy.parameters.size() ||
        other.weekday < 0 || other.weekday > 6)
      refuse(policy, "a value for a weekday names no parameter of a SKU, or no weekday");
    check_value(policy, parameters, other.place, other.value);
    std::vector<double> values = parameters.values[other.place.sku];
    for (const WeekdayValue& same : parameters.weekdays)
      if (same.place.sku == other.place.sku && same.weekday == other.weekday)
        values[same.place.parameter] = same.value;
    check_together(policy, parameters, other.place.sku, values);
  }
}

}  // namespace

bool PolicyParameters::is_times_forecast(ParameterPlace place) const noexcept {
  return std::find(times_forecast.begin(), times_forecast.end(), place) != times_forecast.end();
}

PolicyParameters starting_parameters(const PolicyDescription& policy, const DecisionModel& model) {
  check_applies(policy, model);
  PolicyParameters parameters{std::string(policy.name), {}, {}};
  parameters.model = std::make_shared<DecisionModel>(model);
  const std::vector<double> none_given(policy.parameters.size(), std::numeric_limits<double>::quiet_NaN());
  for (std::size_t sku = 0; sku < model.warehouse->skus.size(); ++sku) {
    const ParameterSpace space = policy.space(planned(model, sku), none_given);
    parameters.skus.push_back(model.warehouse->skus[sku].id);
    parameters.values.push_back(space.values(space.starts.front()));
  }
  return parameters;
}

std::unique_ptr<Policy> make_policy(const PolicyParameters& parameters) {
  const PolicyDescription& policy = find_policy(parameters.policy);
  if (parameters.values.size() != parameters.skus.size())
    refuse(policy,
           fmt::format("values of {} SKUs, expected {}", parameters.values.size(), parameters.skus.size()));
  if (policy.needs_model && !parameters.model)
    refuse(policy,
           "is built from a scenario (its demand laws, or who delivers what), which a bundle does not hold; "
           "expected a policy of parameters alone");
  if (parameters.model) check_applies(policy, *parameters.model);
  if (!parameters.times_forecast.empty() && parameters.model && !parameters.model->forecaster)
    refuse(policy, "a parameter is a multiple of the forecast, and the scenario has no forecaster");
  for (std::size_t sku = 0; sku < parameters.skus.size(); ++sku) check_sku(policy, parameters, sku);
  check_weekdays(policy, parameters);
  return policy.make(parameters);
}

std::unique_ptr<Policy> make_policy(std::string_view name, const DecisionModel& model,
                                    std::span<const std::string> assignments) {
  PolicyParameters parameters = starting_parameters(find_policy(name), model);
  for (const std::string& assignment : assignments) set_parameter(parameters, assignment);
  return make_policy(parameters);
}

}  // namespace restock::policies
