// A demand history a few series at a time, so that a file of a million series needs the memory of those few.
// Rows of a series must stand together; rows and sales may be missing. All panels have the steps of the whole
// file, which is passed over once before.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "forecasting/panel.h"
#include "forecasting/read_history.h"

namespace restock::forecasting {

class HistoryStream {
 public:
  /// Throws InputError where the file cannot be read, is one of order lines, or has no dates.
  HistoryStream(const std::string& file, const HistoryFormat& format, std::size_t series_at_once);
  ~HistoryStream();

  /// The next series as a panel; nullopt after the last. Throws InputError.
  std::optional<Panel> next();

 private:
  struct Source;
  std::unique_ptr<Source> source_;
};

}  // namespace restock::forecasting
