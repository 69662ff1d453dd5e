#include "forecasting/series_reader.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <limits>
#include <utility>

#include "env/core/suggest.h"
#include "forecasting/calendar/calendar_covariates.h"

namespace restock::forecasting {

namespace {

constexpr double kMaximumSales = 1e9;
constexpr double kMaximumCovariate = 1e9;
constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();
constexpr std::int64_t kMaximumSteps = 40'000;
constexpr std::size_t kMaximumCells = 200'000'000;

std::int64_t last_of(const SeriesRows& rows) {
  return rows.first + static_cast<std::int64_t>(rows.days) - 1;
}

}  // namespace

SeriesReader::SeriesReader(const std::string& file, CsvReader& csv, const HistoryFormat& format,
                           Frequency frequency)
    : file_(file),
      csv_(csv),
      frequency_(frequency),
      gaps_(format.gaps == Gaps::missing),
      id_(csv.column("unique_id")),
      ds_(csv.column("ds")),
      y_(csv.column("y")),
      stocked_out_(csv.find_column("stocked_out")) {
  choose_covariates(format);
}

Panel SeriesReader::read() {
  const bool whole = problems_.collect([&] {
    while (!problems_.full() && csv_.next()) read_row();
  });
  if (whole && rows_.empty()) problems_.add({file_, 1, 0, {}, "no rows below the header"});
  if (problems_.empty() && !gaps_) check_common_days();
  if (problems_.empty()) check_size();
  problems_.throw_if_any();
  return panel_of(rows_, names(), *anchor_, frequency_, range_of(rows_));
}

std::optional<Panel> SeriesReader::read_some(std::size_t most, Date anchor, const StepRange& range) {
  anchor_ = anchor;
  problems_.collect([&] {
    while (!problems_.full() && (std::exchange(waiting_, false) || csv_.next())) {
      const std::string& id = csv_.fields()[id_];
      if (rows_.size() == most && !index_.contains(id)) {
        waiting_ = true;
        break;
      }
      read_row();
    }
  });
  problems_.throw_if_any();
  if (rows_.empty()) return std::nullopt;
  for (const SeriesRows& rows : rows_) finished_.insert(std::hash<std::string>{}(rows.id));
  Panel panel = panel_of(rows_, names(), anchor, frequency_, range);
  rows_.clear();
  last_step_.clear();
  index_.clear();
  return panel;
}

std::vector<std::string> SeriesReader::names() const {
  std::vector<std::string> names;
  for (const Chosen& c : covariates_) names.push_back(c.name);
  return names;
}

void SeriesReader::choose_covariates(const HistoryFormat& format) {
  for (const std::string& name : format.covariates) {
    if (is_calendar_name(name)) continue;
    problems_.collect([&] { covariates_.push_back({name, csv_.column(name)}); });
  }
  problems_.throw_if_any();
  if (!covariates_.empty()) return;
  for (const char* name : {"price", "promotion"}) {
    if (const auto column = csv_.find_column(name)) covariates_.push_back({name, *column});
  }
}

void SeriesReader::read_row() {
  SeriesRows& rows = rows_of(csv_.fields()[id_]);
  problems_.collect([&] { take_date(rows); });
  problems_.collect([&] { take_sales(rows); });
  problems_.collect([&] { take_stock_out(rows); });
  for (std::size_t c = 0; c < covariates_.size(); ++c) {
    problems_.collect([&] { take_covariate(rows, c); });
  }
  ++rows.days;
}

SeriesRows& SeriesReader::rows_of(const std::string& id) {
  if (last_ < rows_.size() && rows_[last_].id == id) return rows_[last_];
  const auto [found, fresh] = index_.emplace(id, rows_.size());
  if (fresh) {
    problems_.collect([&] { check_id(id); });
    if (finished_.contains(std::hash<std::string>{}(id)))
      problems_.collect([&] {
        csv_.fail(id_, fmt::format("rows of series {} stand apart, expected them together", in_quotes(id)));
      });
    rows_.push_back({});
    rows_.back().id = id;
    rows_.back().first_line = csv_.line();
    rows_.back().covariates.resize(covariates_.size());
    last_step_.push_back(0);
  }
  last_ = found->second;
  return rows_[last_];
}

void SeriesReader::check_id(const std::string& id) const {
  const bool printable =
      std::all_of(id.begin(), id.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x20; });
  if (id.empty() || id.size() > 200 || !printable)
    csv_.fail(id_, in_quotes(id) + ", expected a name of 1 to 200 bytes without control characters");
}

/// Rows that the file leaves out are filled in where that is allowed.
void SeriesReader::take_date(SeriesRows& rows) {
  const std::string& text = csv_.fields()[ds_];
  const auto date = parse_date(text);
  if (!date) csv_.fail(ds_, in_quotes(text) + ", expected a date such as 2026-01-05");
  if (!anchor_) anchor_ = *date;
  const auto step = steps_between(*anchor_, *date, frequency_);
  if (!step || std::abs(*step) > kMaximumSteps)
    csv_.fail(ds_, fmt::format("{} is not a whole number of {}s, up to {}, from {}", text,
                               name_of(frequency_), kMaximumSteps, format_date(*anchor_)));
  if (rows.days == 0) rows.first = last_step_[last_] = *step;
  if (rows.days == 0) return;
  const std::int64_t previous = std::exchange(last_step_[last_], *step);
  if (*step - previous == 1) return;
  if (*step - previous > 1 && gaps_) return rows.skip(static_cast<std::size_t>(*step - previous - 1));
  fail_order(rows, text, previous, *step - previous);
}

void SeriesReader::fail_order(const SeriesRows& rows, const std::string& text, std::int64_t previous,
                              std::int64_t step) const {
  const std::string of = fmt::format("{} of series {}", text, in_quotes(rows.id));
  const std::string before = format_date(step_date(*anchor_, previous, frequency_));
  const std::string_view unit = name_of(frequency_);
  if (step == 0) csv_.fail(ds_, fmt::format("{} stands twice, expected one row a {}", of, unit));
  if (step < 0) csv_.fail(ds_, fmt::format("{} follows {}, expected the {}s in order", of, before, unit));
  csv_.fail(ds_, fmt::format("{} follows {}: {} {}s are missing; write {}s without sales with y = 0", of,
                             before, step - 1, unit, unit));
}

void SeriesReader::take_sales(SeriesRows& rows) const {
  if (csv_.fields()[y_].empty()) {
    if (gaps_) rows.sales.push_back(kUnknown);
    return;
  }
  const double sold = csv_.number(y_, 0, kMaximumSales);
  if (rows.sold < rows.days && !gaps_) {
    rows.sold = rows.days;
    csv_.fail(y_, "sales after days without; y may be empty at the end only, for days to come");
  }
  rows.sold = rows.days + 1;
  rows.sales.push_back(static_cast<float>(sold));
}

void SeriesReader::take_stock_out(SeriesRows& rows) const {
  const bool sold = !csv_.fields()[y_].empty();
  if (!sold && !gaps_) return;
  rows.stocked_out.push_back(0);
  if (sold && stocked_out_)
    rows.stocked_out.back() = static_cast<std::uint8_t>(csv_.integer(*stocked_out_, 0, 1));
}

void SeriesReader::take_covariate(SeriesRows& rows, std::size_t c) const {
  std::vector<float>& values = rows.covariates[c];
  const bool offered_before =
      gaps_ ? rows.listed_from < rows.days : !values.empty() && !std::isnan(values.back());
  values.push_back(kUnknown);
  if (csv_.fields()[covariates_[c].column].empty() && (!offered_before || gaps_)) {
    if (!offered_before) rows.listed_from = rows.days + 1;
  } else {
    values.back() =
        static_cast<float>(csv_.number(covariates_[c].column, -kMaximumCovariate, kMaximumCovariate));
  }
}

void SeriesReader::check_common_days() {
  const SeriesRows& model = rows_.front();
  for (const SeriesRows& rows : rows_) {
    if (problems_.full()) return;
    const std::string which = fmt::format("series {} has ", in_quotes(rows.id));
    const std::string but = fmt::format(" but series {} has ", in_quotes(model.id));
    if (rows.first != model.first || rows.days != model.days) {
      problems_.add(
          {file_,
           rows.first_line,
           0,
           {},
           fmt::format("{}the days {} … {}{}{} … {}; expected the same days for all", which, date(rows.first),
                       date(last_of(rows)), but, date(model.first), date(last_of(model)))});
    } else if (rows.sold != model.sold) {
      problems_.add({file_,
                     rows.first_line,
                     0,
                     {},
                     fmt::format("{}{} days with sales{}{}; expected the same for all", which, rows.sold, but,
                                 model.sold)});
    }
  }
}

void SeriesReader::check_size() {
  std::int64_t first = rows_.front().first, last = first;
  std::size_t sold = 0;
  for (const SeriesRows& rows : rows_) {
    first = std::min(first, rows.first);
    last = std::max(last, last_of(rows));
    sold = std::max(sold, rows.sold);
  }
  if (sold == 0) problems_.add({file_, 0, 0, {}, "no row has sales in column y"});
  const auto steps = static_cast<std::size_t>(last - first) + 1;
  if (steps * rows_.size() > kMaximumCells)
    problems_.add({file_,
                   0,
                   0,
                   {},
                   fmt::format("{} series × {} {}s are more than {} cells", rows_.size(), steps,
                               name_of(frequency_), kMaximumCells)});
}

std::string SeriesReader::date(std::int64_t step) const {
  return format_date(step_date(*anchor_, step, frequency_));
}

}  // namespace restock::forecasting
