// The rules that change the sales of one series: returns, anomalies, holes, in this order.
#pragma once

#include <vector>

#include "forecasting/cleaning/cleaning.h"
#include "forecasting/frequency.h"
#include "forecasting/problem_list.h"

namespace restock::forecasting {

class SeriesCleaner {
 public:
  /// `rows` of one series in the order of time, each date once. Changes and problems are added to those
  /// given.
  SeriesCleaner(const HistoryTable& table, std::vector<HistoryRow*> rows, const CleaningConfig& config,
                Frequency frequency, ChangeLog& log, ProblemList& problems);

  void run();
  /// A row that the file left out, and the row that it follows.
  struct Added {
    const HistoryRow* after;
    HistoryRow row;
  };
  std::vector<Added>& added() noexcept { return added_; }

 private:
  void settle_returns();
  void net_return(std::size_t t);
  void settle_anomalies();
  void cap(HistoryRow& row, double bound);
  void fill_holes();
  std::vector<std::size_t> steps_of(std::size_t first, std::size_t last);
  double filling(const std::vector<double>& sales, std::size_t step) const;
  void add_row(const HistoryRow& before, Date date, double value);
  bool is_explained(const HistoryRow& row) const;
  void change(HistoryRow& row, double value, const char* rule);
  void refuse(const HistoryRow& row, const std::string& column, const std::string& message);

  const HistoryTable& table_;
  std::vector<HistoryRow*> rows_;
  const CleaningConfig& config_;
  Frequency frequency_;
  ChangeLog& log_;
  ProblemList& problems_;
  std::vector<Added> added_;
};

}  // namespace restock::forecasting
