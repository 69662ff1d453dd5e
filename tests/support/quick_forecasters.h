// Settings with which every forecaster learns in a moment, for tests of what holds whatever the settings.
#pragma once

#include "forecasting/forecasters.h"

namespace restock::forecasting {

inline ForecasterConfig quick_forecasters() {
  ForecasterConfig config;
  config.boosted_trees.rows = config.random_forest.rows = 6000;
  config.boosted_trees.rounds = 30;
  config.boosted_trees.rate = 0.2;
  config.random_forest.trees = 20;
  config.boosted_trees.law.rows = config.random_forest.law.rows = 6000;
  config.boosted_trees.law.rounds = config.random_forest.law.rounds = 22;
  return config;
}

/// The network as it is before training: what it says means nothing, but must be sane and know no future.
inline LstmModel untrained_lstm(const Panel& panel, std::size_t train_days, const LstmConfig& config) {
  return LstmModel(LstmModel::untrained(panel, train_days, config));
}

}  // namespace restock::forecasting
