#include "forecasting/calendar/calendar_covariates.h"

#include <algorithm>
#include <array>

#include "env/core/check.h"
#include "env/core/error.h"
#include "forecasting/calendar/holidays.h"

namespace restock::forecasting {

namespace {

constexpr std::string_view kPrefix = "holiday:";

std::size_t steps_beyond(Frequency frequency) {
  constexpr std::array<std::size_t, 3> kSteps{420, 60, 14};
  return kSteps[static_cast<std::size_t>(frequency)];
}

/// Holidays in each known step of the panel.
std::vector<float> counts_of(const Panel& panel, std::string_view holidays) {
  const Date end = panel.date(panel.known_days);
  std::vector<float> counts(panel.known_days);
  std::size_t step = 0;
  for (const Date date : holiday_dates(holidays, panel.first_day, end - std::chrono::days(1))) {
    while (panel.date(step + 1) <= date) ++step;
    ++counts[step];
  }
  return counts;
}

}  // namespace

bool is_calendar_name(std::string_view name) {
  return name.starts_with(kPrefix);
}

std::vector<std::string> calendar_names(std::span<const std::string> holidays) {
  std::vector<std::string> names;
  for (const std::string& text : holidays) {
    for (const std::string& one : each_holiday(text)) {
      holiday_dates(one, Date{}, Date{});  // refuses what names none
      names.push_back(std::string(kPrefix) + one);
    }
  }
  return names;
}

void add_calendar_covariates(Panel& panel, std::span<const std::string> names) {
  if (std::none_of(names.begin(), names.end(), is_calendar_name)) return;
  extend_known_days(panel, panel.days + steps_beyond(panel.frequency));
  for (const std::string& name : names) {
    if (!is_calendar_name(name) || panel.find_covariate(name)) continue;
    const std::vector<float> counts = counts_of(panel, std::string_view(name).substr(kPrefix.size()));
    Covariate covariate{name, {}};
    for (std::size_t s = 0; s < panel.series(); ++s)
      covariate.values.insert(covariate.values.end(), counts.begin(), counts.end());
    panel.covariates.push_back(std::move(covariate));
  }
}

void extend_known_days(Panel& panel, std::size_t known_days) {
  const std::size_t before = panel.known_days;
  if (known_days <= before) return;
  RESTOCK_CHECK(before > 0, "a panel without days");
  for (Covariate& covariate : panel.covariates) {
    std::vector<float> values;
    values.reserve(panel.series() * known_days);
    for (std::size_t s = 0; s < panel.series(); ++s) {
      const auto known = std::span<const float>(covariate.values).subspan(s * before, before);
      values.insert(values.end(), known.begin(), known.end());
      values.insert(values.end(), known_days - before, covariate.name == "promotion" ? 0 : known.back());
    }
    covariate.values = std::move(values);
  }
  panel.known_days = known_days;
}

}  // namespace restock::forecasting
