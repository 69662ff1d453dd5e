// How demand over the protection interval depends on the weekday on which the interval begins.
#pragma once

#include <array>

#include "agents/policies/planning.h"

namespace restock::policies {

/// By weekday (0 = Monday), of customers' demand over the protection interval that begins on it. Deviations
/// are those of single days about the mean of their weekday: a week that repeats itself adds nothing.
struct WeekdayProfile {
  std::array<double, 7> mean{};
  std::array<double, 7> deviation{};
};

/// Of the scenario's paths, else of its laws.
WeekdayProfile weekday_profile(const DecisionModel& model, std::size_t sku);

}  // namespace restock::policies
