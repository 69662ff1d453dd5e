// Where truth and estimate meet: a scenario file with its demand history and its forecaster becomes the
// decision processes on which policies are trained (futures of the train split), tuned (futures of the tune
// split) and judged (laws again, or what really happened).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "env/decision_process.h"
#include "env/replenishment_env.h"
#include "env/scenario.h"
#include "forecasting/lstm_config.h"
#include "forecasting/model.h"
#include "forecasting/panel.h"

namespace restock::experiments {

/// Told how far long work has come: a fraction in [0, 1] and what is being done.
using ProgressReport = std::function<void(double fraction, const std::string& text)>;

struct PrepareOptions {
  std::string scenario_file = {};
  std::vector<std::string> overrides = {};  ///< key=value
  std::uint64_t seed = 1;
  std::int64_t training_paths = 512;
  std::int64_t tuning_paths = 64;
  std::string forecaster_folder =
      {};  ///< where a trained forecaster is kept; read where it is there, else written. "": neither
  bool evaluation_only = false;  ///< nothing is trained or tuned: no futures are sampled for that
  bool forecasts =
      true;  ///< false: nobody looks at forecasts, so none are made where only the evaluation needs them
  int threads = 1;
  ProgressReport progress = {};
  forecasting::LstmConfig lstm = {};
};

struct PreparedScenario {
  Scenario scenario;
  std::shared_ptr<const WarehouseModel> warehouse;
  std::shared_ptr<const DecisionModel> training;  ///< nullptr where only the evaluation was asked for
  std::shared_ptr<const DecisionModel> tuning;    ///< likewise
  std::shared_ptr<const DecisionModel> evaluation;
  std::optional<forecasting::Panel> history;  ///< before the horizon; where the scenario has one
  std::shared_ptr<const forecasting::ForecastModel>
      forecast_model;  ///< behind the forecaster; nullptr where there is none

  bool judged_by_history() const noexcept {
    return scenario.warehouse.demand.evaluation.source == DemandOrigin::history;
  }
  /// What policies are judged on, in words.
  std::string evaluation_text() const;
  /// The environment that agents train in.
  std::shared_ptr<const EnvModel> environment() const;
};

/// Throws InputError with everything that is wrong with the scenario or its files.
PreparedScenario prepare_scenario(const PrepareOptions& options);

}  // namespace restock::experiments
