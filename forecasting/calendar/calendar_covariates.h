// Covariates that the calendar gives: a covariate named `holiday:` and a text of holidays.h (`holiday:US`,
// `holiday:US/thanksgiving@-1`) is 1 on the days that are meant and 0 on others; of weeks and months it
// counts them, a step beginning on its date. The name holds the rule, so that whoever knows a model's
// covariates can make them for any history and any day to come, without a column in a file.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "forecasting/panel.h"

namespace restock::forecasting {

/// Whether a covariate of this name comes from the calendar.
bool is_calendar_name(std::string_view name);

/// `US,12-24` becomes `holiday:US` and `holiday:12-24`, `US/each` a name for each of its holidays. Throws
/// InputError where a text names no holidays.
std::vector<std::string> calendar_names(std::span<const std::string> holidays);

/// Adds those covariates of `names` that come from the calendar, known for a year and eight weeks beyond the
/// sales. Throws InputError.
void add_calendar_covariates(Panel& panel, std::span<const std::string> names);

/// Extends what is known in advance to at least so many steps: the last value stays, promotions end.
void extend_known_days(Panel& panel, std::size_t known_days);

}  // namespace restock::forecasting
