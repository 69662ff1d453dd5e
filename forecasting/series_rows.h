// The rows of single series, as they come out of a file, become a panel: all series on the same steps.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "forecasting/panel.h"

namespace restock::forecasting {

/// One series while its rows come in. Steps are counted from some date that all series share.
struct SeriesRows {
  std::string id;
  std::size_t first_line = 0;
  std::int64_t first = 0;       ///< step of the first row
  std::size_t days = 0;         ///< steps from the first row to the last
  std::size_t sold = 0;         ///< steps up to the last with sales
  std::size_t listed_from = 0;  ///< the first step with covariates
  std::vector<float> sales;     ///< NaN where unknown
  std::vector<std::uint8_t> stocked_out;
  std::vector<std::vector<float>> covariates;  ///< NaN where the file says nothing

  /// Room for steps that the file leaves out.
  void skip(std::size_t steps);
};

/// The steps of a panel, counted from the date that all series share.
struct StepRange {
  std::int64_t first = 0;
  std::size_t days = 0;        ///< up to the last with sales
  std::size_t known_days = 0;  ///< up to the last row
};
StepRange range_of(std::span<const SeriesRows> rows);

/// Series of different first and last steps are padded; a covariate keeps its last value through holes and
/// its first one before the series begins. `anchor` is the date of step 0. Empties `rows`.
Panel panel_of(std::vector<SeriesRows>& rows, std::span<const std::string> covariates, Date anchor,
               Frequency frequency, const StepRange& range);

}  // namespace restock::forecasting
