#include "agents/policies/row_parameters.h"

#include <algorithm>
#include <cmath>

#include "agents/policies/registry.h"
#include "env/core/check.h"

namespace restock::policies {

RowParameters::RowParameters(const PolicyParameters& parameters)
    : by_weekday_(parameters.values.size() * kWeekdays),
      changes_(parameters.values.size()),
      multiples_(parameters.values.size()),
      needs_forecast_(!parameters.times_forecast.empty()) {
  for (const PolicyParameter& parameter : find_policy(parameters.policy).parameters)
    ranges_.push_back({parameter.minimum, parameter.maximum, parameter.whole_number});
  RESTOCK_CHECK(ranges_.size() <= kMost, "{} parameters", ranges_.size());
  for (std::size_t sku = 0; sku < parameters.values.size(); ++sku)
    for (std::size_t day = 0; day < kWeekdays; ++day)
      std::copy(parameters.values[sku].begin(), parameters.values[sku].end(),
                by_weekday_[sku * kWeekdays + day].begin());
  for (const WeekdayValue& other : parameters.weekdays) {
    const auto [sku, parameter] = other.place;
    by_weekday_[sku * kWeekdays + static_cast<std::size_t>(other.weekday)][parameter] = other.value;
    changes_[sku] = 1;
  }
  for (const auto& [sku, parameter] : parameters.times_forecast) {
    multiples_[sku] = static_cast<std::uint8_t>(multiples_[sku] | (1U << parameter));
    changes_[sku] = 1;
  }
}

RowParameters::Values RowParameters::changing(const DecisionBatch& batch, std::size_t row,
                                              std::size_t sku) const {
  Values values = by_weekday_[sku * kWeekdays + static_cast<std::size_t>(batch.weekday[row])];
  for (std::size_t i = 0; multiples_[sku] != 0 && i < ranges_.size(); ++i) {
    if ((multiples_[sku] >> i & 1) == 0) continue;
    const Range& range = ranges_[i];
    const double product = values[i] * std::max(0.0, static_cast<double>(batch.forecast_mean[row]));
    values[i] = std::clamp(range.whole_number ? std::round(product) : product, range.minimum, range.maximum);
  }
  return values;
}

}  // namespace restock::policies
