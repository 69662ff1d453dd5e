#include "forecasting/cleaning/series_cleaner.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

#include "env/core/suggest.h"
#include "forecasting/cleaning/robust_residuals.h"

namespace restock::forecasting {

namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr std::int64_t kMostSteps = 40'000;

/// Whether a field holds a number other than 0.
bool is_set(const std::string& field) {
  double value = 0;
  std::from_chars(field.data(), field.data() + field.size(), value);
  return value != 0;
}

Neighbourhood neighbourhood_of(const CleaningConfig& config, Frequency frequency) {
  const std::size_t season =
      config.season > 0 ? static_cast<std::size_t>(config.season) : season_of(frequency);
  // Without a season as many steps around as four weeks have.
  const std::size_t seasons = static_cast<std::size_t>(config.seasons);
  return season > 1 ? Neighbourhood{season, seasons} : Neighbourhood{1, 7 * seasons};
}

}  // namespace

SeriesCleaner::SeriesCleaner(const HistoryTable& table, std::vector<HistoryRow*> rows,
                             const CleaningConfig& config, Frequency frequency, ChangeLog& log,
                             ProblemList& problems)
    : table_(table),
      rows_(std::move(rows)),
      config_(config),
      frequency_(frequency),
      log_(log),
      problems_(problems) {}

void SeriesCleaner::run() {
  settle_returns();
  if (config_.anomalies != Anomalies::leave) settle_anomalies();
  if (config_.holes != Holes::leave) fill_holes();
}

void SeriesCleaner::settle_returns() {
  for (std::size_t t = 0; t < rows_.size(); ++t) {
    HistoryRow& row = *rows_[t];
    if (!row.sales || *row.sales >= 0) continue;
    if (config_.returns == Returns::refuse)
      refuse(row, "y",
             fmt::format("{} is a return, expected sales of 0 or more; choose a rule for returns",
                         row.fields[table_.y]));
    if (config_.returns == Returns::zero) change(row, 0, "return_dropped");
    if (config_.returns == Returns::net) net_return(t);
  }
}

void SeriesCleaner::net_return(std::size_t t) {
  double returned = -*rows_[t]->sales;
  change(*rows_[t], 0, "return_netted");
  const std::size_t from = t - std::min(t, static_cast<std::size_t>(config_.return_steps));
  for (std::size_t before = t; before > from && returned > 0; --before) {
    HistoryRow& row = *rows_[before - 1];
    if (!row.sales || *row.sales <= 0) continue;
    const double taken = std::min(returned, *row.sales);
    change(row, *row.sales - taken, "return_netted");
    returned -= taken;
  }
}

void SeriesCleaner::settle_anomalies() {
  std::vector<double> sales;
  for (const HistoryRow* row : rows_)
    sales.push_back(row->sales && !is_explained(*row) ? *row->sales : kUnknown);
  const auto residuals = robust_residuals(sales, neighbourhood_of(config_, frequency_));
  if (!residuals) return;
  for (std::size_t t = 0; t < rows_.size(); ++t) {
    if (std::isnan(residuals->residual[t]) || std::fabs(residuals->deviations(t)) <= config_.deviations)
      continue;
    const double bound =
        residuals->bound(t, residuals->residual[t] > 0 ? config_.deviations : -config_.deviations);
    if (config_.anomalies == Anomalies::flag) change(*rows_[t], *rows_[t]->sales, "anomaly_flagged");
    if (config_.anomalies == Anomalies::cap) cap(*rows_[t], std::max(0.0, bound));
    if (config_.anomalies == Anomalies::replace) change(*rows_[t], residuals->usual[t], "anomaly_replaced");
  }
}

/// Whole numbers stay whole.
void SeriesCleaner::cap(HistoryRow& row, double bound) {
  const double value = *row.sales == std::floor(*row.sales) ? std::round(bound) : bound;
  if (value != *row.sales) change(row, value, "anomaly_capped");
}

/// A promotion explains a peak, and an empty shelf a low.
bool SeriesCleaner::is_explained(const HistoryRow& row) const {
  for (const char* name : {"promotion", "stocked_out"}) {
    const auto column = table_.find_column(name);
    if (column && is_set(row.fields[*column])) return true;
  }
  return false;
}

void SeriesCleaner::fill_holes() {
  std::size_t first = 0, last = rows_.size();
  while (first < rows_.size() && !rows_[first]->sales) ++first;
  while (last > first && !rows_[last - 1]->sales) --last;
  const std::vector<std::size_t> steps = steps_of(first, last);
  if (steps.empty()) return;
  std::vector<double> sales(steps.back() + 1, kUnknown);
  for (std::size_t i = 0; i < steps.size(); ++i)
    if (rows_[first + i]->sales) sales[steps[i]] = *rows_[first + i]->sales;
  std::size_t i = 0;  // the last row that is not later than the step
  for (std::size_t step = 0; step < sales.size(); ++step) {
    if (i + 1 < steps.size() && steps[i + 1] == step) ++i;
    if (!std::isnan(sales[step])) continue;
    const double value = filling(sales, step);
    if (steps[i] == step)
      change(*rows_[first + i], value, "hole_filled");
    else
      add_row(*rows_[first + i], step_date(rows_[first]->date, static_cast<std::int64_t>(step), frequency_),
              value);
  }
}

/// Steps of the rows [first, last) from the first of them; none where these are not whole.
std::vector<std::size_t> SeriesCleaner::steps_of(std::size_t first, std::size_t last) {
  std::vector<std::size_t> steps;
  for (std::size_t t = first; t < last; ++t) {
    const auto step = steps_between(rows_[first]->date, rows_[t]->date, frequency_);
    if (!step || *step > kMostSteps) {
      refuse(*rows_[t], "ds",
             fmt::format("{} is not a whole number of {}s, up to {}, from {}", table_.date_of(*rows_[t]),
                         name_of(frequency_), kMostSteps, table_.date_of(*rows_[first])));
      return {};
    }
    steps.push_back(static_cast<std::size_t>(*step));
  }
  return steps;
}

double SeriesCleaner::filling(const std::vector<double>& sales, std::size_t step) const {
  if (config_.holes == Holes::zero) return 0;
  if (config_.holes == Holes::usual) {
    const double usual = usual_sales(sales, step, neighbourhood_of(config_, frequency_), true);
    if (!std::isnan(usual)) return usual;
  }
  while (std::isnan(sales[step])) --step;  // the first step has sales
  return sales[step];
}

/// Like the row before it, but with no promotion and no empty shelf.
void SeriesCleaner::add_row(const HistoryRow& before, Date date, double value) {
  HistoryRow row = before;
  row.date = date;
  row.sales = value;
  row.fields[table_.ds] = format_date(date);
  row.fields[table_.y] = fmt::format("{}", value);
  for (const char* name : {"promotion", "stocked_out"})
    if (const auto column = table_.find_column(name)) row.fields[*column].assign(1, '0');
  log_.push_back(
      {table_.id_of(row), table_.date_of(row), "", row.fields[table_.y], "hole_filled", ChangeKind::added});
  added_.push_back({&before, std::move(row)});
}

void SeriesCleaner::change(HistoryRow& row, double value, const char* rule) {
  std::string& field = row.fields[table_.y];
  std::string after = row.sales && *row.sales == value ? field : fmt::format("{}", value);
  log_.push_back({table_.id_of(row), table_.date_of(row), field, after, rule});
  field = std::move(after);
  row.sales = value;
}

void SeriesCleaner::refuse(const HistoryRow& row, const std::string& column, const std::string& message) {
  problems_.add({table_.file, row.line, 0, {}, fmt::format("column '{}': {}", column, message)});
}

}  // namespace restock::forecasting
