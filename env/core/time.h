// Simulated time: int64 milliseconds from midnight of the first day. Calendar dates exist only at the edges.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace restock {

inline constexpr std::int64_t kMillisecondsPerDay = 86'400'000;

/// A span of simulated time.
class Duration {
 public:
  constexpr Duration() = default;
  static constexpr Duration milliseconds(std::int64_t n) { return Duration(n); }
  static constexpr Duration days(std::int64_t n) { return Duration(n * kMillisecondsPerDay); }
  constexpr std::int64_t in_milliseconds() const { return milliseconds_; }
  constexpr auto operator<=>(const Duration&) const = default;

 private:
  constexpr explicit Duration(std::int64_t n) : milliseconds_(n) {}
  std::int64_t milliseconds_ = 0;
};

/// An instant of simulated time. Day d lasts from start_of_day(d) to end_of_day(d), its last millisecond.
class SimTime {
 public:
  constexpr SimTime() = default;
  static constexpr SimTime at_milliseconds(std::int64_t n) { return SimTime(n); }
  static constexpr SimTime start_of_day(std::int64_t day) { return SimTime(day * kMillisecondsPerDay); }
  static constexpr SimTime end_of_day(std::int64_t day) {
    return SimTime((day + 1) * kMillisecondsPerDay - 1);
  }
  constexpr std::int64_t in_milliseconds() const { return milliseconds_; }
  constexpr std::int64_t day() const { return milliseconds_ / kMillisecondsPerDay; }
  constexpr auto operator<=>(const SimTime&) const = default;
  friend constexpr SimTime operator+(SimTime t, Duration d) {
    return SimTime(t.milliseconds_ + d.in_milliseconds());
  }
  friend constexpr Duration operator-(SimTime a, SimTime b) {
    return Duration::milliseconds(a.milliseconds_ - b.milliseconds_);
  }

 private:
  constexpr explicit SimTime(std::int64_t n) : milliseconds_(n) {}
  std::int64_t milliseconds_ = 0;
};

/// A calendar day.
using Date = std::chrono::sys_days;

/// Reads "2026-01-05"; nullopt where the text is no date that exists.
std::optional<Date> parse_date(std::string_view text);
/// Writes "2026-01-05".
std::string format_date(Date date);
/// 0 = Monday … 6 = Sunday.
int weekday_of(Date date);
/// 1 = January … 12.
int month_of(Date date);
/// 1 … 366.
int day_of_year(Date date);

}  // namespace restock
