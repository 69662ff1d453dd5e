// Where a verb of forecasting takes its demand history from: the file, how its rows are read, and the tables
// beside it.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

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
};

}  // namespace restock::tools
