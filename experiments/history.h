// A scenario's demand history, cut at the first day of its horizon: what forecasters may learn from, and what
// policies are judged on. The two never mix.
#pragma once

#include <string>
#include <vector>

#include "env/scenario.h"
#include "env/sim/demand_paths.h"
#include "env/sim/demand_source.h"
#include "forecasting/panel.h"

namespace restock::experiments {

/// The phase that names the CSV with the demand history; nullptr where neither does.
const DemandSourceSpec* history_source(const DemandPhases& demand);

/// All sales of the scenario's SKUs in its order, and what else the source says of them. Throws InputError
/// where the file does not hold all SKUs.
forecasting::Panel whole_history(const Scenario& scenario, const DemandSourceSpec& source);

/// Sales before the horizon, of the scenario's SKUs in its order; price, promotion and the like stay known
/// for the horizon, and so does what else the source says of them. Throws InputError where the file does not
/// hold all SKUs or ends before the horizon starts.
forecasting::Panel history_before(const Scenario& scenario, const DemandSourceSpec& source);

/// What was demanded on the days of the horizon, as one path. Throws InputError where the history ends too
/// early, or where a stockout hides demand and therefore nobody can be judged by it.
DemandPaths demand_of_horizon(const Scenario& scenario, const std::string& file);

/// Units a day over the last year of the panel, days with a stockout left out.
std::vector<double> recent_mean_demand(const forecasting::Panel& panel);

}  // namespace restock::experiments
