// Training of the LSTM forecaster with LibTorch, whose types stay inside.
//
// Stretches of series are learned from side by side: their first days fill the memories, from the evenings
// after those the network learns to look ahead. The loss is the negative log likelihood of the days up to
// `maximum_lead_days` ahead — of a next day that ended with an empty shelf that demand was at least its sales
// (Tobin 1958) —, plus squared errors of the means relative to those of the naive forecast, which weigh
// rare large sales as accuracy does, plus the pinball loss of sums over random numbers of days. Where those
// hold censored days, demand is drawn from the network's own law above the sales (data augmentation, Tanner
// and Wong 1987).
//
// The last `validation_days`, where there are any, are not learned from: the weights that do best there are
// kept, and training ends when they no longer get better.
#pragma once

#include <functional>

#include "forecasting/lstm.h"
#include "forecasting/lstm_config.h"

namespace restock::forecasting {

struct TrainingProgress {
  std::int64_t step = 0;
  std::int64_t steps = 0;
  double loss = 0;  ///< mean since the last report
  double validation_loss = 0;
  double best_validation_loss = 0;
  double seconds = 0;
};

/// Learns from the panel's first `train_days` and nothing later; `report` is called after each validation.
/// The same seed gives the same weights on the same machine. Sets LibTorch to one thread. Throws InputError
/// where the history is too short or the device is not there.
LstmModel train_lstm(const Panel& panel, std::size_t train_days, const LstmConfig& config,
                     const std::function<void(const TrainingProgress&)>& report = {});

}  // namespace restock::forecasting
