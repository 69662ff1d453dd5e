// The classical methods by name, with their settings.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "env/core/description.h"
#include "forecasting/classical/recursive_model.h"

namespace restock::forecasting {

struct SeasonalNaiveConfig {
  std::int64_t season_days = 7;
};
void describe(FieldVisitor& visitor, SeasonalNaiveConfig& config);

struct MovingAverageConfig {
  std::int64_t window_days = 28;
};
void describe(FieldVisitor& visitor, MovingAverageConfig& config);

/// Settings that several methods share.
struct ClassicalConfig {
  std::int64_t season = 0;
  std::int64_t same_phase_seasons = 8;
  std::int64_t largest_order = 28;
};
void describe(FieldVisitor& visitor, ClassicalConfig& config);

/// What a method is told besides the history.
struct MethodConfig {
  SeasonalNaiveConfig seasonal_naive;
  MovingAverageConfig moving_average;
  ClassicalConfig classical;
};

struct ClassicalMethod {
  MethodDescription description;
  MethodSettings (*settings)(const MethodConfig& config, std::size_t season);
};
/// In the order in which documentation lists them.
const std::vector<ClassicalMethod>& classical_methods();

/// Fitted on the panel's first `train_days`. Throws InputError.
std::unique_ptr<ForecastModel> fit_classical(const ClassicalMethod& method, const Panel& panel,
                                             std::size_t train_days, const MethodConfig& config);
std::unique_ptr<ForecastModel> fit_seasonal_naive(const Panel& panel, std::size_t train_days,
                                                  const SeasonalNaiveConfig& config);
std::unique_ptr<ForecastModel> fit_moving_average(const Panel& panel, std::size_t train_days,
                                                  const MovingAverageConfig& config);

}  // namespace restock::forecasting
