#include "forecasting/history_stream.h"

#include <fmt/format.h>

#include <algorithm>

#include "env/core/csv.h"
#include "env/core/error.h"
#include "forecasting/calendar/calendar_covariates.h"
#include "forecasting/series_reader.h"

namespace restock::forecasting {

namespace {

struct Dates {
  Date first{}, last{}, last_sold{};
  bool any = false, sold = false;
};

/// Of all rows with a date; what else is wrong with them is found when they are read.
Dates dates_of(const std::string& file) {
  CsvReader csv(file);
  const std::size_t ds = csv.column("ds"), y = csv.column("y");
  Dates dates;
  while (csv.next()) {
    const auto date = parse_date(csv.fields()[ds]);
    if (!date) continue;
    dates.first = dates.any ? std::min(dates.first, *date) : *date;
    dates.last = dates.any ? std::max(dates.last, *date) : *date;
    dates.any = true;
    if (csv.fields()[y].empty()) continue;
    dates.last_sold = dates.sold ? std::max(dates.last_sold, *date) : *date;
    dates.sold = true;
  }
  if (!dates.sold)
    throw InputError(std::vector<Problem>{{file, 0, 0, {}, "no row has a date and sales in column y"}});
  return dates;
}

std::size_t steps_to(const Dates& dates, Date date, Frequency frequency) {
  const auto steps = steps_between(dates.first, date, frequency);
  if (!steps)
    throw InputError(fmt::format("{} is not a whole number of {}s from {}", format_date(date),
                                 name_of(frequency), format_date(dates.first)));
  return static_cast<std::size_t>(*steps) + 1;
}

}  // namespace

struct HistoryStream::Source {
  Source(const std::string& name, const HistoryFormat& given, std::size_t at_once, Frequency frequency)
      : file(name), format(given), most(at_once), csv(file), reader(file, csv, format, frequency) {
    const Dates dates = dates_of(file);
    first = dates.first;
    range = {0, steps_to(dates, dates.last_sold, frequency), steps_to(dates, dates.last, frequency)};
  }
  std::string file;
  HistoryFormat format;
  std::size_t most;
  CsvReader csv;
  SeriesReader reader;
  Date first{};
  StepRange range;
};

HistoryStream::HistoryStream(const std::string& file, const HistoryFormat& format,
                             std::size_t series_at_once) {
  HistoryFormat gappy = format;
  gappy.gaps = Gaps::missing;
  const Frequency frequency =
      format.step == RowStep::automatic ? detect_frequency(file) : static_cast<Frequency>(format.step);
  source_ = std::make_unique<Source>(file, gappy, series_at_once, frequency);
}

HistoryStream::~HistoryStream() = default;

std::optional<Panel> HistoryStream::next() {
  std::optional<Panel> panel = source_->reader.read_some(source_->most, source_->first, source_->range);
  if (panel) add_calendar_covariates(*panel, source_->format.covariates);
  return panel;
}

}  // namespace restock::forecasting
