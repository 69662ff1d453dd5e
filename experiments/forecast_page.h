// Forecasters judged from several origins, as a page that works offline: who is best and how sure that is,
// whether their laws are right, and which series they forecast worst.
#pragma once

#include <string>
#include <vector>

#include "forecasting/evaluation/rolling_origin.h"
#include "forecasting/panel.h"

namespace restock::experiments {

/// `title` is plain text, such as the name of the history.
std::string forecast_page(const std::string& title, const forecasting::Panel& panel,
                          const forecasting::EvaluationConfig& config,
                          const std::vector<forecasting::ModelEvaluation>& results);

}  // namespace restock::experiments
