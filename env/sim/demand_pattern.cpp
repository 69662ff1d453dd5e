#include "env/sim/demand_pattern.h"

#include <fmt/format.h>

#include <cmath>

#include "env/core/calendar_wave.h"
#include "env/core/laws/portable_math.h"
#include "env/core/suggest.h"

namespace restock {

namespace {

constexpr double kDaysPerYear = 365.25;

/// "MM-DD" as a day of a year that has a February 29th.
std::optional<Date> peak_of(const std::string& month_and_day) {
  return parse_date("2024-" + month_and_day);
}

double yearly_factor(const DemandPattern& pattern, Date date) {
  if (pattern.yearly_amplitude == 0) return 1;
  const int from_peak = day_of_year(date) - day_of_year(peak_of(pattern.yearly_peak).value());
  return 1 + pattern.yearly_amplitude * cosine_of_turns(from_peak / kDaysPerYear);
}

double trend_factor(const DemandPattern& pattern, std::int64_t day) {
  if (pattern.trend_per_year == 0) return 1;
  return portable::exp(portable::log1p(pattern.trend_per_year) * static_cast<double>(day) / kDaysPerYear);
}

}  // namespace

void describe(FieldVisitor& visitor, DemandPattern& pattern) {
  visitor.field("weekday_factors", pattern.weekday_factors,
                {.meaning = "of the mean, Monday first: seven numbers; they need not average to 1",
                 .minimum = 0,
                 .maximum = 100});
  visitor.field(
      "yearly_amplitude", pattern.yearly_amplitude,
      {.meaning = "share by which the mean rises at the peak of the year and falls half a year later",
       .minimum = 0,
       .maximum = 1});
  visitor.field("yearly_peak", pattern.yearly_peak, {.meaning = "day of the peak, MM-DD"});
  visitor.field(
      "trend_per_year", pattern.trend_per_year,
      {.meaning = "growth of the mean within a year", .unit = "1/year", .minimum = -0.9, .maximum = 10});
  if (!pattern.weekday_factors.empty() && pattern.weekday_factors.size() != 7)
    visitor.problem("weekday_factors",
                    fmt::format("{} numbers, expected 7, one for each weekday from Monday on",
                                pattern.weekday_factors.size()));
  if (!peak_of(pattern.yearly_peak))
    visitor.problem("yearly_peak",
                    fmt::format("{}, expected a day such as \"12-24\"", in_quotes(pattern.yearly_peak)));
}

double demand_factor(const DemandPattern& pattern, Date start, std::int64_t day) {
  const Date date = start + std::chrono::days(day);
  const double slow = yearly_factor(pattern, date) * trend_factor(pattern, day);
  const double rounded = std::floor(slow * 100 + 0.5) / 100;
  if (pattern.weekday_factors.empty()) return rounded;
  return pattern.weekday_factors[static_cast<std::size_t>(weekday_of(date))] * rounded;
}

}  // namespace restock
