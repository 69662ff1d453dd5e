// The parameters of a classical policy, SKU by SKU: what tuning finds, what a user overrides and what a
// bundle stores.
//
// A parameter has one value, another one on some weekdays (order_up_to_level@sat=70), or values that are
// multiples of the forecast (order_up_to_level=1.3*forecast, of the mean demand over the protection
// interval). That is the same for every policy: a policy asks RowParameters (row_parameters.h) which values
// hold for a row.
#pragma once

#include <cstdint>
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

/// A parameter of one SKU.
struct ParameterPlace {
  std::size_t sku = 0;
  std::size_t parameter = 0;

  bool operator==(const ParameterPlace&) const = default;
};

/// What holds on one weekday instead of the value that stands among PolicyParameters::values.
struct WeekdayValue {
  ParameterPlace place;
  std::int32_t weekday = 0;  ///< 0 = Monday
  double value = 0;
};

/// Every SKU has a value for every parameter of the policy, in the order of PolicyDescription::parameters.
struct PolicyParameters {
  std::string policy;                       ///< its name in the registry
  std::vector<std::string> skus;            ///< ids
  std::vector<std::vector<double>> values;  ///< [SKU][parameter]
  std::vector<WeekdayValue> weekdays = {};
  /// Whose values are multiples of the forecast mean over the protection interval.
  std::vector<ParameterPlace> times_forecast = {};
  /// What the policy is for; nullptr where it comes from a bundle. Some policies need it: demand laws, who
  /// delivers what.
  std::shared_ptr<const DecisionModel> model = nullptr;

  /// Whether each parameter has one value, in its own unit.
  bool are_constant() const noexcept { return weekdays.empty() && times_forecast.empty(); }
  bool is_times_forecast(ParameterPlace place) const noexcept;
};

/// Parameters that closed forms give (planning.h), without any simulation: where tuning starts. Throws
/// InputError where the policy does not apply to the scenario.
PolicyParameters starting_parameters(const PolicyDescription& policy, const DecisionModel& model);

/// Takes one assignment of a user: "name=value" for all SKUs, "SKU.name=value" for one; "name@sat=value" for
/// one weekday; "name=1.3*forecast". Throws InputError where the SKU, the parameter or the value is none that
/// the policy knows.
void set_parameter(PolicyParameters& parameters, std::string_view assignment);

/// What set_parameter would take for the parameters of one SKU: "order_up_to_level=40,
/// order_up_to_level@sat=70".
std::string text_of(const PolicyParameters& parameters, std::size_t sku);

/// Builds the policy. Throws InputError where the name, a value or a combination of values is wrong.
std::unique_ptr<Policy> make_policy(const PolicyParameters& parameters);

/// The starting parameters with a user's assignments on top.
std::unique_ptr<Policy> make_policy(std::string_view name, const DecisionModel& model,
                                    std::span<const std::string> assignments);

}  // namespace restock::policies
