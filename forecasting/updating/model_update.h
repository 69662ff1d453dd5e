// New days for a model that was fitted before they came: has it drifted, and is it worth replacing?
//
// The model itself needs nothing to go on: binding replays all days, so that its memory is up to date. A
// candidate is fitted without the last days, both are judged on them from several origins (evaluation/), and
// the old one stays where the candidate's CRPS is larger. Where it is not, the candidate is fitted once more,
// on all days.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "forecasting/evaluation/rolling_origin.h"
#include "forecasting/model.h"
#include "forecasting/updating/drift.h"

namespace restock::forecasting {

struct UpdateConfig {
  std::int64_t new_steps = 28;       ///< at the end of the history: watched for drift, and judged on
  std::int64_t baseline_steps = 91;  ///< before them: what errors are usual
  std::int64_t horizon = 7;          ///< of the forecasts that are judged
  DriftConfig drift = {};
};
void describe(FieldVisitor& visitor, UpdateConfig& config);

struct Drift {
  std::size_t series = 0;
  std::optional<std::size_t> found;  ///< step of the panel at which drift was found
  double ratio = 0;                  ///< mean error of new steps over that before
};
struct DriftReport {
  Drift total;                ///< mean over series of errors in units of each series' own
  std::vector<Drift> series;  ///< in the order of the panel
};

/// Errors of forecasts for the next step. The panel's series are known to the model. Throws InputError where
/// the history is too short.
DriftReport find_drift(const ForecastModel& model, const Panel& panel, const UpdateConfig& config);

struct GuardReport {
  ModelEvaluation old_model, candidate;
  PairedDifference crps_difference;  ///< candidate less old, by series
  bool candidate_stays = false;
};

/// `fit` fits by the name that the model has. `panel`: the series that it knows; `all`: those that a
/// candidate learns from. Throws InputError where the history is too short.
GuardReport guard(const ForecastModel& model, const FitByName& fit, const Panel& panel, const Panel& all,
                  const UpdateConfig& config);

/// The panel's series that the model knows. Throws InputError where there is none.
Panel known_series(const ForecastModel& model, const Panel& panel);

}  // namespace restock::forecasting
