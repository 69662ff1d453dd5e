// The classical forecasters that remember the last few days and nothing else: the seasonal naive (the value
// of the same weekday last week) and the moving average. Both give the law around their forecast by past
// errors (residual_law.h).
//
// A day that ended with an empty shelf is remembered as what was expected of it, or as its sales where these
// are more.
#pragma once

#include <cstdint>
#include <memory>

#include "env/core/description.h"
#include "forecasting/model.h"

namespace restock::forecasting {

struct SeasonalNaiveConfig {
  std::int64_t season_days = 7;
};
void describe(FieldVisitor& visitor, SeasonalNaiveConfig& config);

struct MovingAverageConfig {
  std::int64_t window_days = 28;
};
void describe(FieldVisitor& visitor, MovingAverageConfig& config);

/// How a window of days becomes the forecast of one day: window[day mod size] is what was sold that day, −1
/// where unknown.
using WindowRule = float (*)(std::span<const float> window, std::int64_t day, float mean_sales);

/// Fitted on the panel's first `train_days`. Throws InputError where these are fewer than two windows.
std::unique_ptr<ForecastModel> fit_seasonal_naive(const Panel& panel, std::size_t train_days,
                                                  const SeasonalNaiveConfig& config);
std::unique_ptr<ForecastModel> fit_moving_average(const Panel& panel, std::size_t train_days,
                                                  const MovingAverageConfig& config);
/// From a file that names one of them. Throws InputError.
std::unique_ptr<ForecastModel> load_seasonal_naive(const TensorFile& file);
std::unique_ptr<ForecastModel> load_moving_average(const TensorFile& file);

}  // namespace restock::forecasting
