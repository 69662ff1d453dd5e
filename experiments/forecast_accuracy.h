// Forecasters beside each other on the last days of a history, as a table for the report.
#pragma once

#include <string>
#include <vector>

#include "experiments/fit_forecaster.h"
#include "experiments/report/report_data.h"
#include "forecasting/backtest.h"

namespace restock::experiments {

/// Fits each forecaster without the last days of the history and judges it on them. Throws InputError where a
/// name is unknown or the history is too short.
std::vector<forecasting::BacktestResult> backtest_by_name(const std::vector<std::string>& names,
                                                          const forecasting::Panel& history,
                                                          const forecasting::BacktestConfig& config,
                                                          const FitOptions& options);

/// MASE, RMSSE and pinball losses of the last 28 days.
Table forecast_accuracy_table(const std::vector<std::string>& names, const forecasting::Panel& history,
                              const FitOptions& options);

}  // namespace restock::experiments
