// What a user writes for a parameter: [SKU.]NAME[@WEEKDAY]=VALUE[*forecast].
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "agents/policies/registry.h"
#include "env/core/error.h"
#include "env/core/suggest.h"

namespace restock::policies {

namespace {

constexpr std::array<std::string_view, 7> kWeekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::string_view kTimesForecast = "*forecast";
constexpr std::int32_t kEveryDay = -1;

/// An assignment that has been taken apart.
struct Assignment {
  std::string_view sku;  ///< "": all
  std::size_t parameter = 0;
  std::int32_t weekday = kEveryDay;
  double value = 0;
  bool is_multiple = false;
};

[[noreturn]] void refuse(const PolicyDescription& policy, const std::string& message) {
  throw InputError(fmt::format("policy '{}': {}", policy.name, message));
}

std::size_t index_of_parameter(const PolicyDescription& policy, std::string_view name) {
  std::vector<std::string_view> names;
  for (const PolicyParameter& parameter : policy.parameters) names.push_back(parameter.name);
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end() && names.empty())
    refuse(policy, fmt::format("unknown parameter {}; it takes none", in_quotes(name)));
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

std::int32_t weekday_of_name(const PolicyDescription& policy, std::string_view name) {
  const auto found = std::find(kWeekdays.begin(), kWeekdays.end(), name);
  if (found == kWeekdays.end())
    refuse(policy,
           fmt::format("{} is no weekday, expected one of {}", in_quotes(name), fmt::join(kWeekdays, ", ")));
  return static_cast<std::int32_t>(found - kWeekdays.begin());
}

/// Bounds and whether it must be whole; a multiple of the forecast has bounds of its own.
bool is_allowed(const PolicyParameter& parameter, bool is_multiple, double value) {
  if (is_multiple) return value >= 0 && value <= 1e6;
  return value >= parameter.minimum && value <= parameter.maximum &&
         (!parameter.whole_number || value == std::floor(value));
}

void parse_value(const PolicyDescription& policy, std::string_view text, Assignment& assignment) {
  const PolicyParameter& parameter = policy.parameters[assignment.parameter];
  std::string_view number = text;
  assignment.is_multiple = number.ends_with(kTimesForecast);
  if (assignment.is_multiple && !parameter.is_quantity())
    refuse(policy, fmt::format("{} = {}, and only quantities can be multiples of the forecast",
                               parameter.name, in_quotes(text)));
  if (assignment.is_multiple) number.remove_suffix(kTimesForecast.size());
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), assignment.value);
  if (error == std::errc() && end == number.data() + number.size() &&
      is_allowed(parameter, assignment.is_multiple, assignment.value))
    return;
  refuse(policy,
         fmt::format("{} = {}, expected {} in [{}, {}]{} ({})", parameter.name, in_quotes(text),
                     parameter.whole_number && !assignment.is_multiple ? "a whole number" : "a number",
                     assignment.is_multiple ? 0 : parameter.minimum,
                     assignment.is_multiple ? 1e6 : parameter.maximum,
                     parameter.unit.empty() ? "" : fmt::format(" {}", parameter.unit), parameter.meaning));
}

Assignment parse(const PolicyDescription& policy, std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos)
    refuse(policy, fmt::format("{}, expected PARAMETER=VALUE or SKU.PARAMETER=VALUE", in_quotes(text)));
  Assignment assignment;
  std::string_view key = text.substr(0, equals);
  if (const std::size_t dot = key.rfind('.'); dot != std::string_view::npos) {
    assignment.sku = key.substr(0, dot);
    key = key.substr(dot + 1);
  }
  if (const std::size_t at = key.find('@'); at != std::string_view::npos) {
    assignment.weekday = weekday_of_name(policy, key.substr(at + 1));
    key = key.substr(0, at);
  }
  assignment.parameter = index_of_parameter(policy, key);
  parse_value(policy, text.substr(equals + 1), assignment);
  return assignment;
}

/// A value for every day replaces what has been said before; one for a weekday must be of its kind.
void assign(const PolicyDescription& policy, PolicyParameters& parameters, const Assignment& assignment,
            std::size_t sku) {
  const ParameterPlace place{sku, assignment.parameter};
  const bool was_multiple = parameters.is_times_forecast(place);
  if (assignment.weekday == kEveryDay) {
    parameters.values[sku][place.parameter] = assignment.value;
    std::erase_if(parameters.weekdays, [&](const WeekdayValue& other) { return other.place == place; });
    if (was_multiple && !assignment.is_multiple) std::erase(parameters.times_forecast, place);
    if (assignment.is_multiple && !was_multiple) parameters.times_forecast.push_back(place);
    return;
  }
  if (was_multiple != assignment.is_multiple)
    refuse(policy, fmt::format("{} is {}a multiple of the forecast on other days; give its value for every "
                               "day first, of the same kind",
                               policy.parameters[place.parameter].name, was_multiple ? "" : "not "));
  std::erase_if(parameters.weekdays, [&](const WeekdayValue& other) {
    return other.place == place && other.weekday == assignment.weekday;
  });
  parameters.weekdays.push_back({place, assignment.weekday, assignment.value});
}

}  // namespace

void set_parameter(PolicyParameters& parameters, std::string_view assignment) {
  const PolicyDescription& policy = find_policy(parameters.policy);
  const Assignment parsed = parse(policy, assignment);
  if (!parsed.sku.empty()) return assign(policy, parameters, parsed, index_of_sku(parameters, parsed.sku));
  for (std::size_t sku = 0; sku < parameters.skus.size(); ++sku) assign(policy, parameters, parsed, sku);
}

std::string text_of(const PolicyParameters& parameters, std::size_t sku) {
  const PolicyDescription& policy = find_policy(parameters.policy);
  std::string text;
  for (std::size_t i = 0; i < policy.parameters.size(); ++i) {
    const std::string_view suffix = parameters.is_times_forecast({sku, i}) ? kTimesForecast : "";
    const auto add = [&](std::string_view day, double value) {
      text += fmt::format("{}{}{}={:.6g}{}", text.empty() ? "" : " ", policy.parameters[i].name, day, value,
                          suffix);
    };
    add("", parameters.values[sku][i]);
    for (std::int32_t day = 0; day < 7; ++day)
      for (const WeekdayValue& other : parameters.weekdays)
        if (other.place == ParameterPlace{sku, i} && other.weekday == day)
          add(fmt::format("@{}", kWeekdays[static_cast<std::size_t>(day)]), other.value);
  }
  return text;
}

}  // namespace restock::policies
