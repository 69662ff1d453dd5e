#include "env/core/time.h"

#include <fmt/format.h>

#include <charconv>

namespace restock {

namespace {

std::optional<unsigned> digits(std::string_view text) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(*month), std::chrono::day(*day)};
  if (!date.ok()) return std::nullopt;
  return Date(date);
}

std::string format_date(Date date) {
  const std::chrono::year_month_day parts(date);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(parts.year()),
                     static_cast<unsigned>(parts.month()), static_cast<unsigned>(parts.day()));
}

int weekday_of(Date date) {
  return static_cast<int>(std::chrono::weekday(date).iso_encoding()) - 1;
}

int month_of(Date date) {
  return static_cast<int>(static_cast<unsigned>(std::chrono::year_month_day(date).month()));
}

int day_of_year(Date date) {
  const std::chrono::year_month_day parts(date);
  return static_cast<int>((date - Date(parts.year() / 1 / 1)).count()) + 1;
}

}  // namespace restock
