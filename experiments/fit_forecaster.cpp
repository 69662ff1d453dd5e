#include "experiments/fit_forecaster.h"

#include <fmt/format.h>

#include "env/core/error.h"
#include "forecasting/forecasters.h"

#ifdef RESTOCK_HAS_TORCH
#include "forecasting/neural/train_lstm.h"
#endif

namespace restock::experiments {

namespace {

std::unique_ptr<forecasting::ForecastModel> fit_lstm(const forecasting::Panel& panel, std::size_t train_days, const FitOptions& options) {
#ifdef RESTOCK_HAS_TORCH
  forecasting::LstmConfig config = options.lstm;
  config.seed = static_cast<std::int64_t>(options.seed);
  config.device = options.device == "cuda" ? forecasting::Device::cuda : forecasting::Device::cpu;
  const auto report = [&](const forecasting::TrainingProgress& progress) {
    if (options.progress)
      options.progress(static_cast<double>(progress.step) / static_cast<double>(progress.steps),
                       fmt::format("LSTM: step {} of {}, validation loss {:.4f}", progress.step, progress.steps, progress.validation_loss));
  };
  return std::make_unique<forecasting::LstmModel>(forecasting::train_lstm(panel, train_days, config, report));
#else
  throw InputError(fmt::format("the lstm of {} series, {} days and seed {} cannot be trained: this build has no LibTorch (RESTOCK_TORCH=OFF)",
                               panel.series(), train_days, options.seed));
#endif
}

}  // namespace

std::unique_ptr<forecasting::ForecastModel> fit_by_name(const std::string& name, const forecasting::Panel& panel,
                                                        std::size_t train_days, const FitOptions& options) {
  if (name == "lstm") return fit_lstm(panel, train_days, options);
  return forecasting::fit_forecaster(name, panel, train_days, {});
}

}  // namespace restock::experiments
