// How the mean of a SKU's demand changes from day to day: by weekday, over the year and from year to year.
// Law and pattern together give the demand of a day: the law, scaled by the day's factor (scaled() of law.h).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "env/core/description.h"
#include "env/core/time.h"

namespace restock {

struct DemandPattern {
  std::vector<double> weekday_factors;  ///< Monday first; empty: 1 on all days
  double yearly_amplitude = 0;          ///< factor 1 + amplitude · cos 2π(d − peak) / 365.25
  std::string yearly_peak = "07-01";    ///< day of the year, MM-DD
  double trend_per_year = 0;            ///< factor (1 + trend)^(years since day 0)

  bool is_flat() const noexcept {
    return weekday_factors.empty() && yearly_amplitude == 0 && trend_per_year == 0;
  }
};

void describe(FieldVisitor& visitor, DemandPattern& pattern);

/// The factor of a day of the horizon that starts on `start`. What the year and the trend contribute is
/// rounded to the hundredth, so that few different laws are needed; weekday factors are exact.
double demand_factor(const DemandPattern& pattern, Date start, std::int64_t day);

}  // namespace restock
