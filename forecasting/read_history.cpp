#include "forecasting/read_history.h"

#include <array>

#include "env/core/csv.h"
#include "forecasting/calendar/calendar_covariates.h"
#include "forecasting/order_lines.h"
#include "forecasting/series_reader.h"

namespace restock::forecasting {

namespace {

constexpr std::array<std::string_view, 4> kStepNames{"day", "week", "month", "auto"};
constexpr std::array<std::string_view, 2> kGapNames{"refuse", "missing"};

}  // namespace

std::span<const std::string_view> names_of(RowStep) {
  return kStepNames;
}
std::span<const std::string_view> names_of(Gaps) {
  return kGapNames;
}

void describe(FieldVisitor& visitor, HistoryFormat& format) {
  visitor.field(
      "covariates", format.covariates,
      {"columns that are known in advance, and holidays by rule such as holiday:US; no column: price "
       "and promotion where the file has them"});
  describe_choice(visitor, "step", format.step, {"what a row stands for"});
  describe_choice(visitor, "gaps", format.gaps, {"rows and sales that are missing"});
}

Panel read_history(const std::string& file, const HistoryFormat& format) {
  CsvReader csv(file);
  const bool lines = csv.find_column("timestamp") && csv.find_column("sku");
  const Frequency frequency = format.step == RowStep::automatic && !lines
                                  ? detect_frequency(file)
                                  : static_cast<Frequency>(format.step);
  Panel panel = lines ? read_order_lines(file, csv) : SeriesReader(file, csv, format, frequency).read();
  add_calendar_covariates(panel, format.covariates);
  return panel;
}

}  // namespace restock::forecasting
