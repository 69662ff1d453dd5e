#include <array>

#include "forecasting/calendar/holidays.h"

namespace restock::forecasting {

namespace {

using Rules = std::span<const HolidayRule>;
using Kind = HolidayRule::Kind;

constexpr HolidayRule fixed(std::string_view name, int month, int day, int since = 0) {
  return {name, Kind::fixed, month, day, 0, since, {}};
}
constexpr HolidayRule weekday(std::string_view name, int nth, int day, int month, int since = 0) {
  return {name, Kind::weekday, month, day, nth, since, {}};
}
constexpr HolidayRule easter(std::string_view name, int offset) {
  return {name, Kind::easter, 0, offset, 0, 0, {}};
}

constexpr int kMonday = 0, kThursday = 3, kLast = -1;

constexpr std::array kUnitedStates{
    fixed("new_year", 1, 1),
    weekday("martin_luther_king", 3, kMonday, 1, 1986),
    weekday("presidents_day", 3, kMonday, 2),
    weekday("memorial_day", kLast, kMonday, 5),
    fixed("juneteenth", 6, 19, 2021),
    fixed("independence_day", 7, 4),
    weekday("labor_day", 1, kMonday, 9),
    weekday("columbus_day", 2, kMonday, 10),
    fixed("veterans_day", 11, 11),
    weekday("thanksgiving", 4, kThursday, 11),
    fixed("christmas", 12, 25),
};

constexpr std::array kUnitedKingdom{
    fixed("new_year", 1, 1),
    easter("good_friday", -2),
    easter("easter_monday", 1),
    weekday("early_may", 1, kMonday, 5, 1978),
    weekday("spring", kLast, kMonday, 5),
    weekday("summer", kLast, kMonday, 8),
    fixed("christmas", 12, 25),
    fixed("boxing_day", 12, 26),
};

constexpr std::array kGermany{
    fixed("new_year", 1, 1),         easter("good_friday", -2),  easter("easter_monday", 1),
    fixed("labour_day", 5, 1),       easter("ascension", 39),    easter("whit_monday", 50),
    fixed("unity_day", 10, 3, 1990), fixed("christmas", 12, 25), fixed("second_christmas_day", 12, 26),
};

constexpr std::array kFrance{
    fixed("new_year", 1, 1),      easter("easter_monday", 1), fixed("labour_day", 5, 1),
    fixed("victory_day", 5, 8),   easter("ascension", 39),    easter("whit_monday", 50),
    fixed("bastille_day", 7, 14), fixed("assumption", 8, 15), fixed("all_saints", 11, 1),
    fixed("armistice", 11, 11),   fixed("christmas", 12, 25),
};

constexpr std::array kNetherlands{
    fixed("new_year", 1, 1),         easter("easter", 0),        easter("easter_monday", 1),
    fixed("kings_day", 4, 27, 2014), easter("ascension", 39),    easter("whit_sunday", 49),
    easter("whit_monday", 50),       fixed("christmas", 12, 25), fixed("second_christmas_day", 12, 26),
};

constexpr std::array kItaly{
    fixed("new_year", 1, 1),    fixed("epiphany", 1, 6),     easter("easter_monday", 1),
    fixed("liberation", 4, 25), fixed("labour_day", 5, 1),   fixed("republic_day", 6, 2),
    fixed("assumption", 8, 15), fixed("all_saints", 11, 1),  fixed("immaculate_conception", 12, 8),
    fixed("christmas", 12, 25), fixed("st_stephen", 12, 26),
};

constexpr std::array kSpain{
    fixed("new_year", 1, 1),    fixed("epiphany", 1, 6),          easter("good_friday", -2),
    fixed("labour_day", 5, 1),  fixed("assumption", 8, 15),       fixed("national_day", 10, 12),
    fixed("all_saints", 11, 1), fixed("constitution_day", 12, 6), fixed("immaculate_conception", 12, 8),
    fixed("christmas", 12, 25),
};

}  // namespace

std::span<const HolidaySet> holiday_sets() {
  static const std::array sets{
      HolidaySet{"US", "federal holidays of the United States", Observed::nearest, Rules(kUnitedStates)},
      HolidaySet{"UK", "bank holidays of England and Wales", Observed::next_free, Rules(kUnitedKingdom)},
      HolidaySet{"DE", "holidays of all German states", Observed::never, Rules(kGermany)},
      HolidaySet{"FR", "national holidays of France", Observed::never, Rules(kFrance)},
      HolidaySet{"NL", "national holidays of the Netherlands", Observed::never, Rules(kNetherlands)},
      HolidaySet{"IT", "national holidays of Italy", Observed::never, Rules(kItaly)},
      HolidaySet{"ES", "national holidays of Spain", Observed::never, Rules(kSpain)},
  };
  return sets;
}

}  // namespace restock::forecasting
