// Opening hours: when work begins, pauses and ends.
#include "env/sim/work_calendar.h"

#include <catch2/catch.hpp>

using namespace restock;

namespace {

constexpr std::int64_t kHour = 3'600'000;
constexpr std::int64_t kDay = kMillisecondsPerDay;

/// 6 to 14 o'clock, Monday to Friday; day 0 is a Thursday.
constexpr WorkCalendar kEarlyShift{6 * kHour, 14 * kHour, 0b0011111, 3};

}  // namespace

TEST_CASE("work begins at the opening, on a working day") {
  CHECK(kEarlyShift.next_open(0) == 6 * kHour);
  CHECK(kEarlyShift.next_open(7 * kHour) == 7 * kHour);
  CHECK(kEarlyShift.next_open(14 * kHour) == kDay + 6 * kHour);
  CHECK(kEarlyShift.next_open(kDay + 15 * kHour) == 4 * kDay + 6 * kHour);  // over the weekend
  CHECK(kEarlyShift.is_open(6 * kHour));
  CHECK_FALSE(kEarlyShift.is_open(6 * kHour - 1));
  CHECK_FALSE(kEarlyShift.is_open(14 * kHour));
  CHECK(kEarlyShift.working_day_from(2) == 4);
}

TEST_CASE("work pauses at closing time and goes on at the next opening") {
  CHECK(kEarlyShift.finish(0, kHour) == 7 * kHour);
  CHECK(kEarlyShift.finish(13 * kHour, kHour) == 14 * kHour);
  CHECK(kEarlyShift.finish(13 * kHour, kHour + 1) == kDay + 6 * kHour + 1);
  CHECK(kEarlyShift.finish(13 * kHour, 9 * kHour) == kDay + 14 * kHour);
  CHECK(kEarlyShift.finish(13 * kHour, 10 * kHour) == 4 * kDay + 7 * kHour);
  CHECK(kEarlyShift.finish(15 * kHour, 0) == kDay + 6 * kHour);
  // 40 hours are a week.
  CHECK(kEarlyShift.finish(7 * kHour, 5 * 40 * kHour + 2 * kHour) == 35 * kDay + 9 * kHour);
  CHECK(kEarlyShift.finish(7 * kHour, 5 * 40 * kHour) == 35 * kDay + 7 * kHour);
}

TEST_CASE("what a crew has worked is its opening time") {
  for (const std::int64_t work : {std::int64_t{1}, 3 * kHour, 8 * kHour, 50 * kHour, 1'000 * kHour})
    for (const std::int64_t start : {std::int64_t{0}, 7 * kHour, 20 * kHour, kDay + 13 * kHour})
      CHECK(kEarlyShift.time_open(start, kEarlyShift.finish(start, work)) == work);
  CHECK(kEarlyShift.time_open(0, 7 * kDay) == 40 * kHour);
  CHECK(kEarlyShift.time_open(0, 21 * kDay + 7 * kHour) == 121 * kHour);
  CHECK(kEarlyShift.time_open(15 * kHour, 16 * kHour) == 0);
}

TEST_CASE("a crew that is always there works through the night") {
  constexpr WorkCalendar always;
  CHECK(always.is_always_open());
  CHECK(always.finish(23 * kHour, 2 * kHour) == kDay + kHour);
  CHECK(always.next_open(5) == 5);
  CHECK(always.time_open(kHour, 3 * kDay) == 3 * kDay - kHour);
  CHECK(always.finish(0, std::int64_t{1} << 60) == std::int64_t{1} << 43);  // never
}
