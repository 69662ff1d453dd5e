#include "forecasting/future_covariates.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <set>
#include <unordered_map>
#include <utility>

#include "env/core/csv.h"
#include "env/core/suggest.h"
#include "forecasting/calendar/calendar_covariates.h"
#include "forecasting/problem_list.h"

namespace restock::forecasting {

namespace {

constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();
constexpr double kLargest = 1e9;
constexpr std::size_t kMaximumSteps = 4000;

struct Row {
  std::size_t series, step;
  std::vector<float> values;
};

/// Reads the rows of one file that lie after the last sales.
class FutureReader {
 public:
  FutureReader(const std::string& file, const Panel& panel, std::span<const std::string> names, bool strict)
      : csv_(file), panel_(panel), strict_(strict), id_(csv_.column("unique_id")), ds_(csv_.column("ds")) {
    for (const std::string& name : names) columns_.push_back(csv_.find_column(name));
    for (std::size_t s = 0; s < panel.series(); ++s) series_.emplace(panel.ids[s], s);
    if (strict && std::none_of(columns_.begin(), columns_.end(), [](const auto& c) { return c.has_value(); }))
      throw InputError(std::vector<Problem>{
          {file, 1, 0, {}, fmt::format("none of the covariates {}", fmt::join(names, ", "))}});
  }

  void read(std::vector<Row>& rows) {
    ProblemList problems;
    problems.collect([&] {
      while (!problems.full() && csv_.next()) problems.collect([&] { take_row(rows); });
    });
    problems.throw_if_any();
  }

 private:
  void take_row(std::vector<Row>& rows) {
    const auto step = step_of(csv_.fields()[ds_]);
    if (!step) return;
    const std::string& id = csv_.fields()[id_];
    const auto series = series_.find(id);
    if (series == series_.end())
      csv_.fail(id_, fmt::format("{}, expected a series of the history", in_quotes(id)));
    if (!seen_.insert({series->second, *step}).second)
      csv_.fail(ds_, fmt::format("{} of series {} stands twice", csv_.fields()[ds_], in_quotes(id)));
    Row row{series->second, *step, std::vector<float>(columns_.size(), kUnknown)};
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (columns_[c] && !csv_.fields()[*columns_[c]].empty())
        row.values[c] = static_cast<float>(csv_.number(*columns_[c], -kLargest, kLargest));
    }
    rows.push_back(std::move(row));
  }

  /// Counted from the first without sales; nullopt before it.
  std::optional<std::size_t> step_of(const std::string& text) const {
    const auto date = parse_date(text);
    if (!date) csv_.fail(ds_, in_quotes(text) + ", expected a date such as 2026-01-05");
    const Date first = panel_.date(panel_.days);
    if (*date < first) {
      if (strict_)
        csv_.fail(ds_,
                  fmt::format("{}, expected {} or later: sales are known before", text, format_date(first)));
      return std::nullopt;
    }
    const auto step = steps_between(first, *date, panel_.frequency);
    if (!step || *step >= static_cast<std::int64_t>(kMaximumSteps))
      csv_.fail(ds_, fmt::format("{}, expected a whole number of {}s, fewer than {}, from {}", text,
                                 name_of(panel_.frequency), kMaximumSteps, format_date(first)));
    return static_cast<std::size_t>(*step);
  }

  CsvReader csv_;
  const Panel& panel_;
  bool strict_;
  std::size_t id_, ds_;
  std::vector<std::optional<std::size_t>> columns_;
  std::unordered_map<std::string_view, std::size_t> series_;
  std::set<std::pair<std::size_t, std::size_t>> seen_;
};

bool has_rows_of_series(const std::string& file) {
  const CsvReader csv(file);
  return csv.find_column("unique_id") && csv.find_column("ds");
}

}  // namespace

FutureCovariates read_future(const Panel& panel, const std::string& history, const std::string& table,
                             std::size_t steps) {
  FutureCovariates future;
  for (const Covariate& covariate : panel.covariates)
    if (!is_calendar_name(covariate.name)) future.names.push_back(covariate.name);
  std::vector<Row> rows;
  if (!future.names.empty() && has_rows_of_series(history))
    FutureReader(history, panel, future.names, false).read(rows);
  if (!table.empty()) FutureReader(table, panel, future.names, true).read(rows);
  future.steps = std::max(steps, panel.known_days - panel.days);
  for (const Row& row : rows) future.steps = std::max(future.steps, row.step + 1);
  future.values.assign(panel.series() * future.steps * future.names.size(), kUnknown);
  for (const Row& row : rows) {
    for (std::size_t c = 0; c < row.values.size(); ++c)
      if (!std::isnan(row.values[c])) future.values[future.cell(row.series, row.step, c)] = row.values[c];
  }
  return future;
}

std::vector<MissingRow> missing_rows(const FutureCovariates& future, const Panel& panel, std::size_t steps) {
  std::vector<MissingRow> rows;
  for (std::size_t s = 0; s < panel.series(); ++s) {
    for (std::size_t t = 0; t < std::min(steps, future.steps); ++t) {
      MissingRow row{s, t, {}};
      for (std::size_t c = 0; c < future.names.size(); ++c)
        if (std::isnan(future.values[future.cell(s, t, c)])) row.names.push_back(c);
      if (!row.names.empty()) rows.push_back(std::move(row));
    }
  }
  return rows;
}

std::string template_csv(const FutureCovariates& future, const Panel& panel, std::size_t steps) {
  std::string text = "unique_id,ds";
  for (const std::string& name : future.names) (text += ",") += csv_field(name);
  text += '\n';
  for (std::size_t s = 0; s < panel.series(); ++s) {
    for (std::size_t t = 0; t < std::min(steps, future.steps); ++t) {
      ((text += csv_field(panel.ids[s])) += ",") += format_date(panel.date(panel.days + t));
      for (std::size_t c = 0; c < future.names.size(); ++c) {
        const float value = future.values[future.cell(s, t, c)];
        fmt::format_to(std::back_inserter(text), ",{}", std::isnan(value) ? "" : fmt::format("{}", value));
      }
      text += '\n';
    }
  }
  return text;
}

void apply_future(Panel& panel, const FutureCovariates& future) {
  extend_known_days(panel, panel.days + future.steps);
  std::size_t c = 0;
  for (Covariate& covariate : panel.covariates) {
    if (is_calendar_name(covariate.name)) continue;
    for (std::size_t s = 0; s < panel.series(); ++s) {
      const auto values = std::span<float>(covariate.values).subspan(s * panel.known_days, panel.known_days);
      for (std::size_t t = 0; t < future.steps; ++t) {
        const float known = future.values[future.cell(s, t, c)];
        const float otherwise = covariate.name == "promotion" ? 0 : values[panel.days + t - 1];
        values[panel.days + t] = std::isnan(known) ? otherwise : known;
      }
    }
    ++c;
  }
}

}  // namespace restock::forecasting
