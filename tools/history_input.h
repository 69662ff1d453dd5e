// Where a verb of forecasting takes its demand history from: the file, how its rows are read, and the tables
// beside it.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "forecasting/history_stream.h"
#include "forecasting/read_history.h"

namespace restock::tools {

struct HistoryInput {
  std::string file;
  forecasting::HistoryFormat format{{}, forecasting::RowStep::automatic, forecasting::Gaps::missing};
  std::string static_table = {};
  std::vector<std::string> holidays = {};
  std::string future = {};  ///< covariates of days to come

  /// For those who take days without holes only.
  static HistoryInput whole_days() { return {{}, {}, {}, {}, {}}; }

  void add_to(CLI::App& verb);
  /// Another history that is read as this one is, with a static table of its own.
  HistoryInput like(const std::string& other, const std::string& other_static) const {
    return {other, format, other_static, holidays, {}};
  }
  /// Says on stderr which series the static table lacks. Throws InputError.
  forecasting::Panel read() const;
  /// The format with the names of holidays.
  forecasting::HistoryFormat whole_format() const;
};

/// A history a few series at a time (forecasting/history_stream.h); whole where it is one of order lines, or
/// where covariates of days to come stand in a file of their own.
class HistoryPieces {
 public:
  HistoryPieces(const HistoryInput& input, std::size_t series_at_once);
  std::optional<forecasting::Panel> next();

 private:
  const HistoryInput& input_;
  std::optional<forecasting::HistoryStream> stream_;
  bool done_ = false;
};

}  // namespace restock::tools
