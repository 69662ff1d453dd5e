// Demand histories as a dense panel: what every series sold in each step of time, and what is known of it.
//
// All series share their steps: days in what the simulator takes, else weeks or months (`frequency`); names
// speak of days for all of them. Sales that nobody knows are NaN: holes, and what lies before the first or
// after the last row of a series. A day's `sales` are what was sold; where `stocked_out` is set the shelf was
// empty at the close, so that demand may have been larger (a lower bound, never a measurement of demand).
// Covariates (price, promotion …) are decided before the day and may therefore be known for days to come:
// they cover `known_days`, the sales the first `days` of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "env/core/time.h"
#include "forecasting/frequency.h"

namespace restock::forecasting {

/// Something that is known of a day in advance, for every series: values[series × known_days + day].
struct Covariate {
  std::string name;
  std::vector<float> values;
};

/// Something that is known of every series once and for all: its category, its store.
struct StaticColumn {
  std::string name;
  std::vector<std::string> values;  ///< [series], "" where unknown
};

struct Panel {
  Date first_day{};
  Frequency frequency = Frequency::day;
  std::size_t days = 0;        ///< days with sales
  std::size_t known_days = 0;  ///< days with covariates, at least `days`
  std::vector<std::string> ids;
  std::vector<float> sales;               ///< [series × days] units, NaN where unknown
  std::vector<std::uint8_t> stocked_out;  ///< [series × days] 1 where the shelf was empty at the close
  std::vector<Covariate> covariates;
  std::vector<StaticColumn> statics;
  std::vector<std::size_t>
      listed_from;  ///< [series] first day on which the item is offered; days before say nothing

  std::size_t series() const noexcept { return ids.size(); }
  std::span<const float> sales_of(std::size_t s) const { return std::span(sales).subspan(s * days, days); }
  std::span<const std::uint8_t> stocked_out_of(std::size_t s) const {
    return std::span(stocked_out).subspan(s * days, days);
  }
  Date date(std::size_t day) const { return step_date(first_day, static_cast<std::int64_t>(day), frequency); }
  /// The day on the calendar that all histories share (frequency.h).
  std::int64_t clock(std::size_t day) const {
    return clock_of(first_day, frequency) + static_cast<std::int64_t>(day);
  }
  /// Index of a date; nullopt where it lies outside the known days or between two steps.
  std::optional<std::size_t> day_of(Date date) const;
  const Covariate* find_covariate(std::string_view name) const;
  const StaticColumn* find_static(std::string_view name) const;
};

/// For those who know days only. Throws InputError where the panel's steps are longer or sales are missing
/// from days on which an item was offered.
void require_whole_days(const Panel& panel, std::string_view who);

/// The series with these ids, in this order. Throws InputError that names those which are missing.
Panel select_series(const Panel& panel, std::span<const std::string> ids);

/// The same panel as if the sales of day `days` and later had not been seen yet; covariates stay known.
Panel first_days(const Panel& panel, std::size_t days);

/// Days in the order of time: a model learns from [0, train_end), is chosen on [train_end, validation_end)
/// and judged on [validation_end, test_end).
struct TimeSplit {
  std::size_t train_end = 0;
  std::size_t validation_end = 0;
  std::size_t test_end = 0;
};

/// The last days are the test, those before the validation. Throws InputError where no day is left to learn
/// from.
TimeSplit split_by_days(const Panel& panel, std::size_t validation_days, std::size_t test_days);
/// The validation and the test begin on these dates.
TimeSplit split_by_dates(const Panel& panel, Date validation_start, Date test_start);

}  // namespace restock::forecasting
