// Reads rows `unique_id,ds,y` with covariates: all series of a file at once, or a few at a time where the
// rows of each stand together. What is wrong is reported as read_history.h says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "env/core/csv.h"
#include "forecasting/problem_list.h"
#include "forecasting/read_history.h"
#include "forecasting/series_rows.h"

namespace restock::forecasting {

class SeriesReader {
 public:
  SeriesReader(const std::string& file, CsvReader& csv, const HistoryFormat& format, Frequency frequency);

  /// All series.
  Panel read();
  /// The next series, up to `most`, on steps that are given, counted from `anchor`; nullopt where there are
  /// none. Steps may be missing. Throws InputError where rows of a series stand apart.
  std::optional<Panel> read_some(std::size_t most, Date anchor, const StepRange& range);

 private:
  void choose_covariates(const HistoryFormat& format);
  std::vector<std::string> names() const;
  void read_row();
  SeriesRows& rows_of(const std::string& id);
  void check_id(const std::string& id) const;
  void take_date(SeriesRows& rows);
  [[noreturn]] void fail_order(const SeriesRows& rows, const std::string& text, std::int64_t previous,
                               std::int64_t step) const;
  void take_sales(SeriesRows& rows) const;
  void take_stock_out(SeriesRows& rows) const;
  void take_covariate(SeriesRows& rows, std::size_t c) const;
  void check_common_days();
  void check_size();
  std::string date(std::int64_t step) const;

  struct Chosen {
    std::string name;
    std::size_t column;
  };
  const std::string& file_;
  CsvReader& csv_;
  Frequency frequency_;
  bool gaps_;
  std::size_t id_, ds_, y_;
  std::optional<std::size_t> stocked_out_;
  std::optional<Date> anchor_;  ///< step 0
  std::vector<Chosen> covariates_;
  std::vector<SeriesRows> rows_;
  std::vector<std::int64_t> last_step_;  ///< by series
  std::unordered_map<std::string, std::size_t> index_;
  std::size_t last_ = 0;
  bool waiting_ = false;                      ///< the row that was read last begins the next series
  std::unordered_set<std::size_t> finished_;  ///< hashes of ids that were handed out
  ProblemList problems_;
};

}  // namespace restock::forecasting
