#include "forecasting/panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "env/core/check.h"
#include "env/core/error.h"
#include "env/core/suggest.h"

namespace restock::forecasting {

namespace {

template <class T>
void append_row(std::vector<T>& to, const std::vector<T>& from, std::size_t row, std::size_t width) {
  const auto begin = from.begin() + static_cast<std::ptrdiff_t>(row * width);
  to.insert(to.end(), begin, begin + static_cast<std::ptrdiff_t>(width));
}

std::vector<std::size_t> rows_of(const Panel& panel, std::span<const std::string> ids) {
  std::unordered_map<std::string_view, std::size_t> row_of;
  for (std::size_t s = 0; s < panel.series(); ++s) row_of.emplace(panel.ids[s], s);
  const std::vector<std::string_view> names(panel.ids.begin(), panel.ids.end());
  std::vector<std::size_t> rows;
  std::vector<Problem> problems;
  for (const std::string& id : ids) {
    const auto found = row_of.find(id);
    if (found != row_of.end()) {
      rows.push_back(found->second);
    } else if (problems.size() < 20) {
      problems.push_back(
          {{},
           0,
           0,
           {},
           fmt::format("the demand history has no series {}{}", in_quotes(id), did_you_mean(id, names))});
    }
  }
  if (!problems.empty()) throw InputError(problems);
  return rows;
}

}  // namespace

std::optional<std::size_t> Panel::day_of(Date date) const {
  const auto offset = steps_between(first_day, date, frequency);
  if (!offset || *offset < 0 || static_cast<std::size_t>(*offset) >= known_days) return std::nullopt;
  return static_cast<std::size_t>(*offset);
}

const Covariate* Panel::find_covariate(std::string_view name) const {
  const auto found =
      std::find_if(covariates.begin(), covariates.end(), [&](const Covariate& c) { return c.name == name; });
  return found == covariates.end() ? nullptr : &*found;
}

const StaticColumn* Panel::find_static(std::string_view name) const {
  const auto found =
      std::find_if(statics.begin(), statics.end(), [&](const StaticColumn& c) { return c.name == name; });
  return found == statics.end() ? nullptr : &*found;
}

void require_whole_days(const Panel& panel, std::string_view who) {
  if (panel.frequency != Frequency::day)
    throw InputError(fmt::format("{} takes daily histories only, and this one has a row a {}", who,
                                 name_of(panel.frequency)));
  for (std::size_t s = 0; s < panel.series(); ++s) {
    for (std::size_t t = panel.listed_from[s]; t < panel.days; ++t) {
      if (std::isnan(panel.sales_of(s)[t]))
        throw InputError(
            fmt::format("{} takes histories without holes only, and the sales of {} on {} are missing", who,
                        in_quotes(panel.ids[s]), format_date(panel.date(t))));
    }
  }
}

Panel select_series(const Panel& panel, std::span<const std::string> ids) {
  Panel chosen;
  chosen.first_day = panel.first_day;
  chosen.frequency = panel.frequency;
  chosen.days = panel.days;
  chosen.known_days = panel.known_days;
  chosen.ids.assign(ids.begin(), ids.end());
  for (const Covariate& covariate : panel.covariates) chosen.covariates.push_back({covariate.name, {}});
  for (const StaticColumn& column : panel.statics) chosen.statics.push_back({column.name, {}});
  for (const std::size_t row : rows_of(panel, ids)) {
    append_row(chosen.sales, panel.sales, row, panel.days);
    append_row(chosen.stocked_out, panel.stocked_out, row, panel.days);
    chosen.listed_from.push_back(panel.listed_from[row]);
    for (std::size_t c = 0; c < panel.covariates.size(); ++c)
      append_row(chosen.covariates[c].values, panel.covariates[c].values, row, panel.known_days);
    for (std::size_t c = 0; c < panel.statics.size(); ++c)
      chosen.statics[c].values.push_back(panel.statics[c].values[row]);
  }
  return chosen;
}

Panel first_days(const Panel& panel, std::size_t days) {
  RESTOCK_CHECK(days <= panel.days, "{} days of a history of {}", days, panel.days);
  Panel cut = panel;
  cut.days = days;
  cut.sales.clear();
  cut.stocked_out.clear();
  for (std::size_t s = 0; s < panel.series(); ++s) {
    const auto from = static_cast<std::ptrdiff_t>(s * panel.days);
    const auto to = from + static_cast<std::ptrdiff_t>(days);
    cut.sales.insert(cut.sales.end(), panel.sales.begin() + from, panel.sales.begin() + to);
    cut.stocked_out.insert(cut.stocked_out.end(), panel.stocked_out.begin() + from,
                           panel.stocked_out.begin() + to);
  }
  return cut;
}

TimeSplit split_by_days(const Panel& panel, std::size_t validation_days, std::size_t test_days) {
  if (validation_days + test_days >= panel.days) {
    throw InputError(
        fmt::format("{} days of validation and {} of test leave nothing to learn from in a history of {} "
                    "days; give a longer history or shorter periods",
                    validation_days, test_days, panel.days));
  }
  return {panel.days - validation_days - test_days, panel.days - test_days, panel.days};
}

TimeSplit split_by_dates(const Panel& panel, Date validation_start, Date test_start) {
  const Date last = panel.date(panel.days);
  if (validation_start <= panel.first_day || test_start < validation_start || test_start > last) {
    throw InputError(
        fmt::format("a split at {} and {} does not lie inside the history {} … {}, in this order",
                    format_date(validation_start), format_date(test_start), format_date(panel.first_day),
                    format_date(panel.date(panel.days - 1))));
  }
  const auto index = [&](Date date) {
    if (date == last) return panel.days;
    const auto day = panel.day_of(date);
    if (!day)
      throw InputError(
          fmt::format("no {} of the history begins on {}", name_of(panel.frequency), format_date(date)));
    return *day;
  };
  return {index(validation_start), index(test_start), panel.days};
}

}  // namespace restock::forecasting
