#include "forecasting/calendar/holidays.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "env/core/error.h"
#include "env/core/suggest.h"

namespace restock::forecasting {

namespace {

using std::chrono::days;

constexpr std::array<std::string_view, 7> kWeekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr int kMaximumOffset = 366;

int year_of(Date date) {
  return static_cast<int>(std::chrono::year_month_day(date).year());
}

std::optional<Date> date_in(int year, int month, int day) {
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  return date.ok() ? std::optional<Date>(date) : std::nullopt;
}

std::optional<Date> nth_weekday(int year, int month, int weekday, int nth) {
  if (nth < 0) {
    const std::chrono::year_month_day_last end{
        std::chrono::year(year),
        std::chrono::month_day_last(std::chrono::month(static_cast<unsigned>(month)))};
    const Date last = std::chrono::sys_days(end);
    return last - days((weekday_of(last) - weekday + 7) % 7);
  }
  const auto first = date_in(year, month, 1);
  if (!first) return std::nullopt;
  const Date date = *first + days((weekday - weekday_of(*first) + 7) % 7 + 7 * (nth - 1));
  return month_of(date) == month ? std::optional(date) : std::nullopt;
}

bool on_weekend(Date date) {
  return weekday_of(date) >= 5;
}

/// What a year's holidays are and what is kept instead of those on a weekend.
std::set<Date> dates_of_year(const HolidaySet& set, std::string_view only, int year) {
  std::set<Date> own, wanted;
  for (const HolidayRule& rule : set.rules)
    if (const auto date = date_of(rule, year)) own.insert(*date);
  std::set<Date> taken = own;
  for (const HolidayRule& rule : set.rules) {
    const auto date = date_of(rule, year);
    if (!date) continue;
    Date kept = *date;
    if (set.observed == Observed::nearest && on_weekend(kept)) kept += days(weekday_of(kept) == 5 ? -1 : 1);
    if (set.observed == Observed::next_free && on_weekend(kept)) {
      while (on_weekend(kept) || taken.contains(kept)) kept += days(1);
    }
    taken.insert(kept);
    if (!only.empty() && rule.name != only) continue;
    wanted.insert(*date);
    wanted.insert(kept);
  }
  return wanted;
}

[[noreturn]] void refuse(std::string_view text) {
  std::vector<std::string_view> names;
  std::string listed;
  for (const HolidaySet& set : holiday_sets()) {
    names.push_back(set.name);
    (listed += listed.empty() ? "" : ", ") += set.name;
  }
  throw InputError(
      fmt::format("no holidays {}{}; expected {}, one of these such as US/thanksgiving, 12-24, 4-thu-11, "
                  "last-mon-05, easter-2 or 2022-06-03, days before or after them with @-1 or @+1",
                  in_quotes(text), did_you_mean(text, names), listed));
}

std::optional<int> integer(std::string_view text, int least, int most) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < least || value > most)
    return std::nullopt;
  return value;
}

/// "4-thu-11", "last-mon-05".
std::optional<HolidayRule> weekday_rule(std::string_view text) {
  const std::size_t first = text.find('-'), second = text.find('-', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) return std::nullopt;
  const auto weekday =
      std::find(kWeekdays.begin(), kWeekdays.end(), text.substr(first + 1, second - first - 1));
  const auto nth = text.substr(0, first) == "last" ? std::optional(-1) : integer(text.substr(0, first), 1, 5);
  const auto month = integer(text.substr(second + 1), 1, 12);
  if (weekday == kWeekdays.end() || !nth || !month) return std::nullopt;
  return HolidayRule{.kind = HolidayRule::Kind::weekday,
                     .month = *month,
                     .day = static_cast<int>(weekday - kWeekdays.begin()),
                     .nth = *nth};
}

std::optional<HolidayRule> parse_rule(std::string_view text) {
  if (const auto date = parse_date(text)) return HolidayRule{.kind = HolidayRule::Kind::once, .date = *date};
  constexpr std::string_view kEaster = "easter";
  if (text.starts_with(kEaster)) {
    const std::string_view offset = text.substr(kEaster.size());
    const auto value = offset.empty() ? std::optional(0) : integer(offset, -kMaximumOffset, kMaximumOffset);
    if (!value || (!offset.empty() && offset.front() != '+' && offset.front() != '-')) return std::nullopt;
    return HolidayRule{.kind = HolidayRule::Kind::easter, .day = *value};
  }
  if (text.size() == 5 && text[2] == '-') {
    const auto month = integer(text.substr(0, 2), 1, 12), day = integer(text.substr(3), 1, 31);
    if (month && day && date_in(2000, *month, *day)) return HolidayRule{.month = *month, .day = *day};
  }
  return weekday_rule(text);
}

/// Days behind an '@'; what stands before it stays in `text`.
int take_shift(std::string_view& text, std::string_view whole) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos) return 0;
  const auto shift = integer(text.substr(at + 1), -kMaximumOffset, kMaximumOffset);
  if (!shift) refuse(whole);
  text = text.substr(0, at);
  return *shift;
}

const HolidaySet* find_set(std::string_view name) {
  for (const HolidaySet& set : holiday_sets())
    if (set.name == name) return &set;
  return nullptr;
}

void check_member(const HolidaySet& set, std::string_view member) {
  std::vector<std::string_view> names;
  for (const HolidayRule& rule : set.rules) names.push_back(rule.name);
  if (std::find(names.begin(), names.end(), member) == names.end())
    throw InputError(fmt::format("{} has no holiday {}{}; it has {}", set.name, in_quotes(member),
                                 did_you_mean(member, names), fmt::join(names, ", ")));
}

}  // namespace

Date easter_sunday(int year) {
  const int a = year % 19, b = year / 100, c = year % 100;
  const int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30;
  const int i = c / 4, k = c % 4;
  const int l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int n = h + l - 7 * m + 114;
  return date_in(year, n / 31, n % 31 + 1).value();
}

std::optional<Date> date_of(const HolidayRule& rule, int year) {
  if (year < rule.since) return std::nullopt;
  switch (rule.kind) {
    case HolidayRule::Kind::fixed:
      return date_in(year, rule.month, rule.day);
    case HolidayRule::Kind::weekday:
      return nth_weekday(year, rule.month, rule.day, rule.nth);
    case HolidayRule::Kind::easter:
      return easter_sunday(year) + days(rule.day);
    case HolidayRule::Kind::once:
      return year_of(rule.date) == year ? std::optional(rule.date) : std::nullopt;
  }
  return std::nullopt;
}

std::vector<Date> holiday_dates(std::string_view text, Date first, Date last) {
  const std::string_view whole = text;
  const int shift = take_shift(text, whole);
  const std::string_view name = text.substr(0, text.find('/'));
  const HolidaySet* set = find_set(name);
  const std::string_view member = set && name.size() < text.size() ? text.substr(name.size() + 1) : "";
  if (set && name.size() < text.size()) check_member(*set, member);
  const auto rule = set ? std::nullopt : parse_rule(text);
  if (!set && !rule) refuse(whole);
  std::set<Date> dates;
  for (int year = year_of(first) - 2; year <= year_of(last) + 2; ++year) {
    std::set<Date> own;
    if (set)
      own = dates_of_year(*set, member, year);
    else if (const auto date = date_of(*rule, year))
      own.insert(*date);
    for (const Date date : own)
      if (date + days(shift) >= first && date + days(shift) <= last) dates.insert(date + days(shift));
  }
  return {dates.begin(), dates.end()};
}

std::vector<std::string> each_holiday(std::string_view text) {
  const std::string_view name = text.substr(0, text.find('/'));
  std::string_view rest = text.substr(name.size());
  constexpr std::string_view kEach = "/each";
  if (!rest.starts_with(kEach)) return {std::string(text)};
  const HolidaySet* set = find_set(name);
  if (set == nullptr) refuse(text);
  rest.remove_prefix(kEach.size());
  std::vector<std::string> names;
  for (const HolidayRule& rule : set->rules) names.push_back(fmt::format("{}/{}{}", name, rule.name, rest));
  return names;
}

}  // namespace restock::forecasting
