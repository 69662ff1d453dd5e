// Holidays by rule: the same day of every year, the n-th weekday of a month, so many days from Easter, or one
// day once. Named sets hold those of a country; where one of them falls on a weekend, some countries also
// keep a working day instead (observed shifts). A holiday's dates are the day itself and the day kept
// instead.
//
// Easter: the Gregorian rule as in Meeus 1991, Astronomical Algorithms, chapter 8 (Butcher's form). Sets: US
// federal holidays (5 U.S.C. 6103), bank holidays of England and Wales (Banking and Financial Dealings Act
// 1971), those of all German states, and the national ones of France, Italy, the Netherlands and Spain. Days
// that a government moved or gave once are not in them; name them as dates.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "env/core/time.h"

namespace restock::forecasting {

struct HolidayRule {
  enum class Kind { fixed, weekday, easter, once };
  std::string_view name = {};
  Kind kind = Kind::fixed;
  int month = 0;   ///< fixed, weekday
  int day = 0;     ///< fixed: of the month; weekday: 0 = Monday; easter: days after Easter Sunday
  int nth = 0;     ///< weekday: 1 is the first in the month, −1 the last
  int since = 0;   ///< the first year
  Date date = {};  ///< once
};

/// What is kept instead of a holiday on a weekend: nothing; the nearest of Friday and Monday (US); the next
/// day that is neither weekend nor holiday (UK).
enum class Observed { never, nearest, next_free };

struct HolidaySet {
  std::string_view name;
  std::string_view meaning;
  Observed observed = Observed::never;
  std::span<const HolidayRule> rules;
};
std::span<const HolidaySet> holiday_sets();

Date easter_sunday(int year);
/// nullopt where the year has none such: 29 February, a fifth Monday, a year before the first.
std::optional<Date> date_of(const HolidayRule& rule, int year);

/// The dates of holidays in [first, last] as a text names them, in order, each once:
/// `US`, all of a set; `US/thanksgiving`, one of it; `12-24`; `4-thu-11` or `last-mon-05`; `easter-2`;
/// `2022-06-03`. With `@-1` behind it, the days before each; with `@+1` those after. Throws InputError.
std::vector<Date> holiday_dates(std::string_view text, Date first, Date last);

/// `US/each` becomes the names of all holidays of the set; other texts stay as they are. Throws InputError.
std::vector<std::string> each_holiday(std::string_view text);

}  // namespace restock::forecasting
