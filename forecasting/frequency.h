// The step of a demand history: a day, a week or a month. Steps are counted on a calendar that all histories
// share, so that a season means the same in each: Monday is Monday whatever day a file begins with.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "env/core/time.h"

namespace restock::forecasting {

enum class Frequency { day, week, month };
/// "day", "week", "month".
std::span<const std::string_view> names_of(Frequency frequency);
std::string_view name_of(Frequency frequency);

/// Steps of the season that is looked for first: 7 of days, 12 of months, 1 (none) of weeks, of which few
/// histories hold enough years.
std::size_t season_of(Frequency frequency);

/// Number of the day (Monday, 1969-12-29 is 0), week or month that holds the date, on one endless calendar;
/// modulo a season it is the phase in the season, 0 being Monday or January.
std::int64_t clock_of(Date date, Frequency frequency);

/// The date so many steps after `first`; of months the same day, or the last where there is none such.
Date step_date(Date first, std::int64_t steps, Frequency frequency);
/// Steps from `first` to `date`; nullopt where these are not whole.
std::optional<std::int64_t> steps_between(Date first, Date date, Frequency frequency);

/// Of a CSV with a column `ds`: months where all dates share their day of the month, else weeks where they
/// share their weekday, else days. Needs two dates; unreadable ones are passed over. Throws InputError.
Frequency detect_frequency(const std::string& file);

}  // namespace restock::forecasting
