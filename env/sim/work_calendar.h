// When work is done: between two times of day, on some weekdays. What is not finished at closing time pauses
// and goes on at the next opening. Instants and amounts of work are milliseconds; day 0 starts at instant 0.
#pragma once

#include <cstdint>

#include "env/core/time.h"

namespace restock {

struct WorkCalendar {
  std::int64_t open = 0;                     ///< after midnight
  std::int64_t close = kMillisecondsPerDay;  ///< after midnight; open < close
  std::uint8_t weekdays = 0x7f;              ///< bit w: work is done on weekday w (0 = Monday); not 0
  std::int32_t weekday_of_day_0 = 0;         ///< 0 = Monday

  bool is_always_open() const noexcept {
    return open == 0 && close == kMillisecondsPerDay && weekdays == 0x7f;
  }
  bool works_on(std::int64_t day) const noexcept {
    return (weekdays >> ((weekday_of_day_0 + day) % 7) & 1) != 0;
  }
  /// `day` itself or the next day on which work is done.
  std::int64_t working_day_from(std::int64_t day) const noexcept;
  bool is_open(std::int64_t instant) const noexcept { return next_open(instant) == instant; }
  /// The first instant not before the given one at which work is done.
  std::int64_t next_open(std::int64_t instant) const noexcept;
  /// When work that may begin at `start` is done; far beyond every horizon where it takes that long.
  std::int64_t finish(std::int64_t start, std::int64_t work) const noexcept {
    return is_always_open() && work < kEndless ? start + work : finish_in_hours(start, work);
  }
  /// Opening time within [from, to).
  std::int64_t time_open(std::int64_t from, std::int64_t to) const noexcept {
    if (is_always_open()) return to > from ? to - from : 0;
    return time_open_in_hours(from, to);
  }
  bool operator==(const WorkCalendar&) const = default;

 private:
  /// Work that takes longer has no end within any horizon.
  static constexpr std::int64_t kEndless = std::int64_t{1} << 43;
  std::int64_t finish_in_hours(std::int64_t start, std::int64_t work) const noexcept;
  std::int64_t time_open_in_hours(std::int64_t from, std::int64_t to) const noexcept;
};

}  // namespace restock
