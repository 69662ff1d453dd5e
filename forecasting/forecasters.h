// All forecasters by name: fit one on a history, save it, load it, bind it to a history. Those who need a
// forecaster need this header only.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "env/core/description.h"
#include "forecasting/model.h"
#include "forecasting/window_forecaster.h"

namespace restock::forecasting {

/// The settings of every forecaster; each reads its own.
struct ForecasterConfig {
  SeasonalNaiveConfig seasonal_naive;
  MovingAverageConfig moving_average;
};
void describe(FieldVisitor& visitor, ForecasterConfig& config);

struct ForecasterDescription {
  std::string_view name;
  std::string_view meaning;
  std::unique_ptr<ForecastModel> (*fit)(const Panel& panel, std::size_t train_days,
                                        const ForecasterConfig& config);
  std::unique_ptr<ForecastModel> (*load)(const TensorFile& file);
};

/// Every forecaster, in the order in which documentation lists them.
const std::vector<ForecasterDescription>& forecaster_registry();
/// Throws InputError that lists the names there are.
const ForecasterDescription& find_forecaster(std::string_view name);

/// Learns from the panel's first `train_days` and nothing later. Throws InputError.
std::unique_ptr<ForecastModel> fit_forecaster(std::string_view name, const Panel& panel,
                                              std::size_t train_days, const ForecasterConfig& config);

void save_forecaster(const ForecastModel& model, const std::string& file);
/// Throws InputError where the file is none of ours; nothing in it is trusted.
std::unique_ptr<ForecastModel> load_forecaster(const std::string& file);

}  // namespace restock::forecasting
