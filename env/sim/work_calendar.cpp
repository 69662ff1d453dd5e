#include "env/sim/work_calendar.h"

#include <algorithm>
#include <bit>

namespace restock {

namespace {

constexpr std::int64_t kDaysPerWeek = 7;

}  // namespace

std::int64_t WorkCalendar::working_day_from(std::int64_t day) const noexcept {
  while (!works_on(day)) ++day;
  return day;
}

std::int64_t WorkCalendar::next_open(std::int64_t instant) const noexcept {
  std::int64_t day = instant / kMillisecondsPerDay;
  if (works_on(day) && instant < day * kMillisecondsPerDay + close)
    return std::max(instant, day * kMillisecondsPerDay + open);
  day = working_day_from(day + 1);
  return day * kMillisecondsPerDay + open;
}

std::int64_t WorkCalendar::finish_in_hours(std::int64_t start, std::int64_t work) const noexcept {
  if (work >= kEndless) return kEndless;
  const std::int64_t a_week = (close - open) * std::popcount(weekdays);
  std::int64_t at = next_open(start);
  if (work > a_week) {
    const std::int64_t weeks = (work - 1) / a_week;
    if (weeks > kEndless / (kDaysPerWeek * kMillisecondsPerDay)) return kEndless;
    work -= weeks * a_week;
    at += weeks * kDaysPerWeek * kMillisecondsPerDay;
  }
  for (;;) {
    const std::int64_t closing = at / kMillisecondsPerDay * kMillisecondsPerDay + close;
    if (work <= closing - at) return at + work;
    work -= closing - at;
    at = next_open(closing);
  }
}

std::int64_t WorkCalendar::time_open_in_hours(std::int64_t from, std::int64_t to) const noexcept {
  if (from >= to) return 0;
  constexpr std::int64_t kWeek = kDaysPerWeek * kMillisecondsPerDay;
  const std::int64_t weeks = (to - from) / kWeek;
  std::int64_t sum = weeks * (close - open) * std::popcount(weekdays);
  for (std::int64_t at = next_open(from + weeks * kWeek); at < to;) {
    const std::int64_t closing = at / kMillisecondsPerDay * kMillisecondsPerDay + close;
    sum += std::min(closing, to) - at;
    at = next_open(closing);
  }
  return sum;
}

}  // namespace restock
