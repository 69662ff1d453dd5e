// All forecasters by name: fit one on a history, save it, load it, bind it to a history. Those who need a
// forecaster need this header only.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "env/core/description.h"
#include "forecasting/classical/methods.h"
#include "forecasting/combination/combination.h"
#include "forecasting/lstm.h"
#include "forecasting/lstm_config.h"
#include "forecasting/model.h"
#include "forecasting/pooled/ridge.h"
#include "forecasting/trees/tree_model.h"

namespace restock::forecasting {

/// The settings of every forecaster; each reads its own.
struct ForecasterConfig {
  LstmConfig lstm = {};
  SeasonalNaiveConfig seasonal_naive = {};
  MovingAverageConfig moving_average = {};
  ClassicalConfig classical = {};
  RidgeConfig ridge = {};
  BoostedTreesConfig boosted_trees = {};
  RandomForestConfig random_forest = {};
  CombinationConfig combination = {};
};
void describe(FieldVisitor& visitor, ForecasterConfig& config);

/// Trains the LSTM: train_lstm of neural/train_lstm.h where LibTorch is there. Empty: none can be trained,
/// only loaded.
using LstmTrainer =
    std::function<LstmModel(const Panel& panel, std::size_t train_days, const LstmConfig& config)>;

struct ForecasterDescription {
  std::string_view name;
  std::string_view meaning;
  std::function<std::unique_ptr<ForecastModel>(const Panel& panel, std::size_t train_days,
                                               const ForecasterConfig& config, const LstmTrainer& trainer)>
      fit;
  std::function<std::unique_ptr<ForecastModel>(const TensorFile& file)> load;
};

/// Every forecaster, in the order in which documentation lists them.
const std::vector<ForecasterDescription>& forecaster_registry();
/// Throws InputError that lists the names there are.
const ForecasterDescription& find_forecaster(std::string_view name);

/// Learns from the panel's first `train_days` and nothing later. Throws InputError.
std::unique_ptr<ForecastModel> fit_forecaster(std::string_view name, const Panel& panel,
                                              std::size_t train_days, const ForecasterConfig& config,
                                              const LstmTrainer& trainer = {});

void save_forecaster(const ForecastModel& model, const std::string& file);
/// Throws InputError where the file is none of ours; nothing in it is trusted.
std::unique_ptr<ForecastModel> load_forecaster(const std::string& file);

}  // namespace restock::forecasting
