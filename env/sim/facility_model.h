// A facility as the simulator sees it: constant and resolved. Volumes are whole cubic centimetres, times
// milliseconds.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <vector>

#include "env/core/keyed_random.h"
#include "env/core/laws/law.h"
#include "env/sim/facility_spec.h"
#include "env/sim/work_calendar.h"

namespace restock {

inline constexpr double kMillisecondsPerHour = 3'600'000;
inline constexpr double kVolumePerCubicMetre = 1e6;

/// Docks or pickers: so many workers of the same speed and hours.
struct CrewModel {
  std::int32_t number = 0;               ///< 0: there is none, nothing waits for it
  double milliseconds_per_unit = 0;      ///< of work, for each unit of an order, or for each line
  std::shared_ptr<const Law> job_hours;  ///< instead: hours of work a job; nullptr: the rate above
  WorkCalendar calendar;
};

struct FacilityModel {
  std::vector<std::int32_t> skus;  ///< that lie in it, ascending
  std::int64_t capacity = 0;       ///< volume; 0: no limit
  OverflowRule overflow = OverflowRule::cost;
  double overflow_per_volume_day = 0;  ///< money
  CrewModel docks;
  std::shared_ptr<const Law> put_away_hours;  ///< nullptr: none
  CrewModel pickers;
  std::int32_t first_picker = 0;         ///< among the pickers of all facilities
  std::int64_t cut_off = -1;             ///< after midnight; −1: nothing is due
  std::shared_ptr<const Law> shrinkage;  ///< share of stock that vanishes in a day; nullptr: none
  std::int64_t count_period_days = 0;    ///< 0: the shelf is never counted

  bool refuses() const noexcept { return capacity > 0 && overflow == OverflowRule::refuse; }
  bool lets_wait() const noexcept { return capacity > 0 && overflow == OverflowRule::wait; }
  /// Whether orders take more than one step from their arrival to the shelf.
  bool receives_in_steps() const noexcept {
    return docks.number > 0 || put_away_hours != nullptr || lets_wait();
  }
  bool picks() const noexcept { return pickers.number > 0; }
};

/// `weekday_of_day_0`: 0 = Monday. The SKUs are left to the caller. Throws InputError where a law does not
/// fit.
FacilityModel resolve_facility(const FacilitySpec& spec, std::int32_t weekday_of_day_0);

/// Whole cubic centimetres, at least one; 0 where it is not set.
std::int64_t volume_of(double cubic_metres);

/// Work in milliseconds for so many hours.
inline std::int64_t milliseconds_of_hours(double hours) noexcept {
  constexpr double kEndless = 1e7;  // hours: longer than any horizon
  return static_cast<std::int64_t>(std::floor(std::min(hours, kEndless) * kMillisecondsPerHour + 0.5));
}

}  // namespace restock
