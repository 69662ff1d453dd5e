// Training of the LSTM forecaster with LibTorch, whose types stay inside.
//
// Streams of consecutive days are learned from side by side: a gradient flows back through `stream_days`, the
// memory goes on without one (truncated backpropagation through time, Williams and Peng 1990), so that the
// network sees memories as old as those it will have in use. The loss is the negative log likelihood of the
// next day — of a day that ended with an empty shelf that demand was at least its sales (Tobin 1958) — plus
// that of the days up to `maximum_lead_days` ahead, plus the pinball loss of sums over random numbers of
// days. Where those hold censored days, demand is drawn from the network's own law above the sales (data
// augmentation, Tanner and Wong 1987).
//
// The last `validation_days` are not learned from: the weights that do best there are kept.
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
