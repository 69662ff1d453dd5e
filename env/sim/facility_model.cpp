#include "env/sim/facility_model.h"

#include <algorithm>
#include <cmath>

#include "env/sim/supplier_spec.h"

namespace restock {

namespace {

WorkCalendar calendar_of(const WorkHoursSpec& hours, std::int32_t weekday_of_day_0) {
  WorkCalendar calendar;
  if (!hours.open.empty()) calendar.open = milliseconds_of_clock(hours.open);
  if (!hours.close.empty()) calendar.close = milliseconds_of_clock(hours.close);
  if (!hours.days.empty()) calendar.weekdays = weekdays_of(hours.days);
  calendar.weekday_of_day_0 = weekday_of_day_0;
  return calendar;
}

CrewModel crew_of(std::int64_t number, double per_hour, const LawSpec& job_hours, const WorkHoursSpec& hours,
                  std::int32_t weekday_of_day_0) {
  CrewModel crew;
  crew.number = static_cast<std::int32_t>(number);
  if (number == 0) return crew;
  if (job_hours.is_set())
    crew.job_hours = make_law(job_hours);
  else
    crew.milliseconds_per_unit = kMillisecondsPerHour / per_hour;
  crew.calendar = calendar_of(hours, weekday_of_day_0);
  return crew;
}

}  // namespace

std::int64_t volume_of(double cubic_metres) {
  if (!is_set(cubic_metres)) return 0;
  return std::max<std::int64_t>(1, std::llround(cubic_metres * kVolumePerCubicMetre));
}

FacilityModel resolve_facility(const FacilitySpec& spec, std::int32_t weekday_of_day_0) {
  FacilityModel model;
  model.capacity = volume_of(spec.capacity_m3);
  model.overflow = spec.overflow.rule;
  if (is_set(spec.overflow.cost_per_m3_day))
    model.overflow_per_volume_day = spec.overflow.cost_per_m3_day / kVolumePerCubicMetre;
  model.docks = crew_of(spec.docks.number, spec.docks.units_per_hour, spec.docks.hours_per_receipt,
                        spec.docks.hours, weekday_of_day_0);
  model.pickers = crew_of(spec.pickers.number, spec.pickers.lines_per_hour, spec.pickers.hours_per_line,
                          spec.pickers.hours, weekday_of_day_0);
  if (spec.put_away_hours.is_set()) model.put_away_hours = make_law(spec.put_away_hours);
  if (!spec.dispatch.cut_off.empty()) model.cut_off = milliseconds_of_clock(spec.dispatch.cut_off);
  if (spec.shrinkage.share_per_day.is_set()) model.shrinkage = make_law(spec.shrinkage.share_per_day);
  model.count_period_days = spec.cycle_count.every_days;
  return model;
}

}  // namespace restock
