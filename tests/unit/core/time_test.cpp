#include "env/core/time.h"

#include <catch2/catch.hpp>

namespace restock {

TEST_CASE("a day lasts from its first to its last millisecond") {
  CHECK(SimTime::start_of_day(0).in_milliseconds() == 0);
  CHECK(SimTime::end_of_day(0).in_milliseconds() == 86'399'999);
  CHECK(SimTime::start_of_day(7).day() == 7);
  CHECK(SimTime::end_of_day(7).day() == 7);
  CHECK((SimTime::end_of_day(7) + Duration::milliseconds(1)).day() == 8);
}

TEST_CASE("times and durations add up and compare") {
  const SimTime monday = SimTime::start_of_day(3);
  CHECK(monday + Duration::days(2) == SimTime::start_of_day(5));
  CHECK(SimTime::start_of_day(5) - monday == Duration::days(2));
  CHECK(monday < monday + Duration::milliseconds(1));
  CHECK(Duration::days(1).in_milliseconds() == kMillisecondsPerDay);
}

TEST_CASE("only dates that exist are read") {
  for (const char* text : {"2026-01-05", "2024-02-29", "0001-01-01", "9999-12-31"}) {
    const auto date = parse_date(text);
    REQUIRE(date);
    CHECK(format_date(*date) == text);
  }
  for (const char* text :
       {"", "2026-1-5", "2026-02-29", "2026-13-01", "2026-00-01", "2026-01-32", "2026/01/05", "20260105",
        "2026-01-05 ", " 2026-01-5", "2026-01-+5", "-026-01-05", "2026-01-0x"}) {
    INFO(text);
    CHECK_FALSE(parse_date(text));
  }
}

TEST_CASE("the calendar knows weekdays and days of the year") {
  CHECK(weekday_of(*parse_date("2026-01-05")) == 0);  // a Monday
  CHECK(weekday_of(*parse_date("2026-01-11")) == 6);
  CHECK(weekday_of(*parse_date("1969-12-31")) == 2);  // before the epoch
  CHECK(day_of_year(*parse_date("2026-01-01")) == 1);
  CHECK(day_of_year(*parse_date("2026-12-31")) == 365);
  CHECK(day_of_year(*parse_date("2024-12-31")) == 366);
  CHECK(day_of_year(*parse_date("2024-03-01")) == 61);
}

}  // namespace restock
