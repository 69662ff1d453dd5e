#include "forecasting/frequency.h"

#include <algorithm>
#include <array>

#include "env/core/csv.h"

namespace restock::forecasting {

namespace {

constexpr std::array<std::string_view, 3> kNames{"day", "week", "month"};

std::int64_t month_number(Date date) {
  const std::chrono::year_month_day parts(date);
  return (static_cast<int>(parts.year()) - 1970) * std::int64_t{12} + static_cast<unsigned>(parts.month()) -
         1;
}

std::int64_t floor_of(std::int64_t value, std::int64_t divisor) {
  return value >= 0 ? value / divisor : -((divisor - 1 - value) / divisor);
}

}  // namespace

std::span<const std::string_view> names_of(Frequency) {
  return kNames;
}

std::string_view name_of(Frequency frequency) {
  return kNames[static_cast<std::size_t>(frequency)];
}

std::size_t season_of(Frequency frequency) {
  constexpr std::array<std::size_t, 3> kSeasons{7, 1, 12};
  return kSeasons[static_cast<std::size_t>(frequency)];
}

std::int64_t clock_of(Date date, Frequency frequency) {
  constexpr std::int64_t kMondayBeforeEpoch = 3;  // 1970-01-01 was a Thursday
  const std::int64_t day = date.time_since_epoch().count() + kMondayBeforeEpoch;
  if (frequency == Frequency::month) return month_number(date);
  return frequency == Frequency::day ? day : floor_of(day, 7);
}

Date step_date(Date first, std::int64_t steps, Frequency frequency) {
  if (frequency != Frequency::month)
    return first + std::chrono::days(frequency == Frequency::day ? steps : 7 * steps);
  const std::chrono::year_month_day from(first);
  const std::chrono::year_month month =
      from.year() / from.month() + std::chrono::months(static_cast<int>(steps));
  const auto last = (month / std::chrono::last).day();
  return Date(month / std::min(from.day(), last));
}

std::optional<std::int64_t> steps_between(Date first, Date date, Frequency frequency) {
  const std::int64_t steps = frequency == Frequency::month ? month_number(date) - month_number(first)
                             : frequency == Frequency::day ? (date - first).count()
                                                           : floor_of((date - first).count(), 7);
  if (step_date(first, steps, frequency) != date) return std::nullopt;
  return steps;
}

Frequency detect_frequency(const std::string& file) {
  CsvReader csv(file);
  const std::size_t ds = csv.column("ds");
  std::optional<Date> first;
  bool several = false, weeks = true, months = true;
  while ((weeks || months) && csv.next()) {
    const auto date = parse_date(csv.fields()[ds]);
    if (!date) continue;
    if (!first) first = date;
    several = several || *date != *first;
    weeks = weeks && (*date - *first).count() % 7 == 0;
    months = months && std::chrono::year_month_day(*date).day() == std::chrono::year_month_day(*first).day();
  }
  if (!several) return Frequency::day;
  return months ? Frequency::month : weeks ? Frequency::week : Frequency::day;
}

}  // namespace restock::forecasting
