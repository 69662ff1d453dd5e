// Fits any forecaster by name: classical ones at once, the LSTM through LibTorch. The one place that knows
// both.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "experiments/prepared_scenario.h"
#include "forecasting/forecasters.h"
#include "forecasting/model.h"

namespace restock::experiments {

struct FitOptions {
  std::uint64_t seed = 1;
  std::string device = "cpu";
  ProgressReport progress;
  forecasting::ForecasterConfig config = {};  ///< seed and device of the LSTM are those above
};

/// Learns from the panel's first `train_days`. Throws InputError where the name is unknown, or needs LibTorch
/// in a build without.
std::unique_ptr<forecasting::ForecastModel> fit_by_name(const std::string& name,
                                                        const forecasting::Panel& panel,
                                                        std::size_t train_days, const FitOptions& options);

}  // namespace restock::experiments
