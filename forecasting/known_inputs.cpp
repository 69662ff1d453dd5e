#include "forecasting/known_inputs.h"

#include <algorithm>
#include <cmath>

#include "env/core/calendar_wave.h"
#include "env/core/check.h"
#include "env/core/laws/portable_math.h"
#include "forecasting/model.h"

namespace restock::forecasting {

namespace {

constexpr float kSmallestPrice = 1e-4F;

float logarithm(float price) {
  return static_cast<float>(portable::log(static_cast<double>(std::max(price, kSmallestPrice))));
}

void write_wave(double turns, std::span<float> out) {
  out[0] = static_cast<float>(cosine_of_turns(turns - 0.25));
  out[1] = static_cast<float>(cosine_of_turns(turns));
}

/// Weekday, then sine and cosine of the month, the year and half a year; zeros for what does not count.
void write_calendar(Date date, bool days, bool year, std::span<float> out) {
  constexpr double kDaysOfMonth = 30.5, kDaysOfYear = 365.25;
  std::fill(out.begin(), out.end(), 0.0F);
  if (days) {
    out[static_cast<std::size_t>(weekday_of(date))] = 1;
    const auto day = static_cast<unsigned>(std::chrono::year_month_day(date).day());
    write_wave(static_cast<double>(day) / kDaysOfMonth, out.subspan(7, 2));
  }
  if (!year) return;
  for (std::size_t wave = 1; wave <= 2; ++wave)
    write_wave(day_of_year(date) / kDaysOfYear * static_cast<double>(wave), out.subspan(7 + 2 * wave, 2));
}

/// The covariate on a day, known or beyond what is known.
float value_at(const Panel& panel, const Covariate& covariate, std::size_t s, std::size_t day) {
  if (day >= panel.known_days && covariate.name == "promotion") return 0;
  return covariate.values[s * panel.known_days + std::min(day, panel.known_days - 1)];
}

/// Means of a covariate: of each series for a price, of all series otherwise.
std::vector<float> offsets_of(const Panel& panel, const Covariate& covariate, std::size_t train_days,
                              bool price) {
  std::vector<double> sum(panel.series()), count(panel.series());
  for (std::size_t s = 0; s < panel.series(); ++s) {
    for (std::size_t t = std::min(panel.listed_from[s], train_days - 1); t < train_days; ++t) {
      const float value = value_at(panel, covariate, s, t);
      sum[s] += static_cast<double>(price ? logarithm(value) : value);
      ++count[s];
    }
  }
  double total = 0, all = 0;
  for (std::size_t s = 0; s < panel.series(); ++s) total += sum[s], all += count[s];
  std::vector<float> offsets;
  for (std::size_t s = 0; s < panel.series(); ++s)
    offsets.push_back(static_cast<float>(price ? sum[s] / count[s] : total / all));
  return offsets;
}

}  // namespace

float CovariateScaling::scaled(float value, std::size_t series) const {
  constexpr float kLargest = 8;  // beyond what was learned from, nothing is known
  return std::clamp(((is_price() ? logarithm(value) : value) - offset[series]) * factor, -kLargest, kLargest);
}

float CovariateScaling::missing(std::size_t series) const {
  return name == "promotion" ? scaled(0, series) : 0;
}

std::vector<CovariateScaling> scale_covariates(const Panel& panel, std::size_t train_days) {
  RESTOCK_CHECK(train_days >= 1 && train_days <= panel.days, "{} of {} days", train_days, panel.days);
  std::vector<CovariateScaling> all;
  for (const Covariate& covariate : panel.covariates) {
    CovariateScaling scaling{covariate.name, {}, 1};
    scaling.offset = offsets_of(panel, covariate, train_days, scaling.is_price());
    double squares = 0;
    for (std::size_t s = 0; s < panel.series(); ++s) {
      for (std::size_t t = 0; t < train_days; ++t) {
        const float value = value_at(panel, covariate, s, t);
        const auto centred =
            static_cast<double>((scaling.is_price() ? logarithm(value) : value) - scaling.offset[s]);
        squares += centred * centred;
      }
    }
    const double deviation = std::sqrt(squares / static_cast<double>(panel.series() * train_days));
    if (deviation > 1e-4) scaling.factor = static_cast<float>(1 / deviation);
    all.push_back(std::move(scaling));
  }
  return all;
}

void save_covariates(TensorFile& file, std::span<const CovariateScaling> covariates, std::size_t series) {
  std::vector<std::string> names;
  std::vector<float> offsets, factors;
  for (const CovariateScaling& covariate : covariates) {
    names.push_back(covariate.name);
    offsets.insert(offsets.end(), covariate.offset.begin(), covariate.offset.end());
    factors.push_back(covariate.factor);
  }
  file.metadata["covariates"] = join_ids(names);
  file.set("covariate_offsets", {names.size(), series}, offsets);
  file.set("covariate_factors", {names.size()}, factors);
}

std::vector<CovariateScaling> load_covariates(const TensorFile& file, std::size_t series) {
  const std::vector<std::string> names = split_ids(file.text("covariates"));
  const std::vector<float>& offsets = file.get("covariate_offsets", {names.size(), series});
  const std::vector<float>& factors = file.get("covariate_factors", {names.size()});
  std::vector<CovariateScaling> covariates;
  for (std::size_t c = 0; c < names.size(); ++c) {
    const auto from = offsets.begin() + static_cast<std::ptrdiff_t>(c * series);
    covariates.push_back({names[c], {from, from + static_cast<std::ptrdiff_t>(series)}, factors[c]});
  }
  return covariates;
}

KnownInputs::KnownInputs(const std::vector<CovariateScaling>& scaling, const Panel& panel,
                         std::span<const std::int32_t> rows, bool year)
    : width_(kCalendar + scaling.size()),
      days_(panel.known_days + kDaysBeyond),
      values_(panel.series() * days_ * width_) {
  std::vector<const Covariate*> covariates;
  for (const CovariateScaling& one : scaling) covariates.push_back(panel.find_covariate(one.name));
  for (std::size_t t = 0; t < days_; ++t) {
    std::array<float, kCalendar> calendar{};
    write_calendar(panel.date(t), panel.frequency == Frequency::day, year, calendar);
    for (std::size_t s = 0; s < panel.series(); ++s) {
      const auto out = std::span(values_).subspan((s * days_ + t) * width_, width_);
      std::copy(calendar.begin(), calendar.end(), out.begin());
      const auto row = static_cast<std::size_t>(rows[s]);
      for (std::size_t c = 0; c < scaling.size(); ++c) {
        out[kCalendar + c] = covariates[c] == nullptr
                                 ? scaling[c].missing(row)
                                 : scaling[c].scaled(value_at(panel, *covariates[c], s, t), row);
      }
    }
  }
}

}  // namespace restock::forecasting
