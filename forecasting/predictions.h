// What a forecaster says of the steps after a history, as a table: CSV `unique_id,ds,steps,mean` and a column
// for each level (`q0.95`). A row of one step is that step's law; rows of several steps are the law of their
// sum, `ds` being the first of them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "env/core/forecaster.h"
#include "forecasting/panel.h"

namespace restock::forecasting {

struct PredictionConfig {
  std::int64_t horizon = 28;
  std::vector<std::int64_t> sums = {};  ///< over so many first steps
  std::vector<double> levels{0.5, 0.9, 0.95, 0.99};
};

std::string prediction_header(const PredictionConfig& config);

/// Appends the rows of all series. `forecaster` is bound to `panel` with day 0 after its last sales.
/// Forecasters that know sums only leave the levels of single steps empty.
void append_predictions(std::string& text, const Forecaster& forecaster, const Panel& panel,
                        const PredictionConfig& config);

}  // namespace restock::forecasting
