#include "experiments/fit_forecaster.h"

#include <fmt/format.h>

#include "forecasting/forecasters.h"

#ifdef RESTOCK_HAS_TORCH
#include "forecasting/neural/train_lstm.h"
#endif

namespace restock::experiments {

namespace {

/// Nothing in a build without LibTorch, which fit_forecaster() then says.
forecasting::LstmTrainer lstm_trainer([[maybe_unused]] const FitOptions& options) {
#ifdef RESTOCK_HAS_TORCH
  return [&options](const forecasting::Panel& panel, std::size_t train_days,
                    const forecasting::LstmConfig& config) {
    return forecasting::train_lstm(
        panel, train_days, config, [&options](const forecasting::TrainingProgress& progress) {
          if (options.progress)
            options.progress(static_cast<double>(progress.step) / static_cast<double>(progress.steps),
                             fmt::format("LSTM: step {} of {}, validation loss {:.4f}", progress.step,
                                         progress.steps, progress.validation_loss));
        });
  };
#else
  return {};
#endif
}

}  // namespace

std::unique_ptr<forecasting::ForecastModel> fit_by_name(const std::string& name,
                                                        const forecasting::Panel& panel,
                                                        std::size_t train_days, const FitOptions& options) {
  forecasting::ForecasterConfig config = options.config;
  config.lstm.seed = static_cast<std::int64_t>(options.seed);
  config.lstm.device = options.device == "cuda" ? forecasting::Device::cuda : forecasting::Device::cpu;
  return forecasting::fit_forecaster(name, panel, train_days, config, lstm_trainer(options));
}

}  // namespace restock::experiments
