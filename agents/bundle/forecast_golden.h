// A forecast that was made when a policy was exported, with the sales that it was made from, so that it can
// be seen that the forecaster still says the same.
#pragma once

#include <string>
#include <vector>

#include "agents/bundle/bundle.h"

namespace restock::bundle {

/// Of forecasts, relative to their size where that is above 1: a recurrent network sums up the roundings of
/// many days.
inline constexpr double kForecastTolerance = 1e-4;

/// Forecasts of some SKUs made on the panel's last day, with the weeks before it. `history` has the bundle's
/// SKUs among its series.
std::string forecast_golden_text(const forecasting::ForecastModel& model, const forecasting::Panel& history,
                                 const BundleMetadata& metadata);

/// Makes the forecasts again. Throws InputError where they come out differently.
void replay_forecasts(const forecasting::ForecastModel& model, const std::string& text,
                      const std::string& file, const BundleMetadata& metadata);

/// What the forecaster says on the morning of day `origin` of the panel, whose series are these SKUs, about
/// their protection intervals: mean[rows], quantiles[rows × levels]. Throws InputError where that is no
/// possible demand.
struct ForecastColumns {
  std::vector<float> mean;
  std::vector<float> quantiles;
};
ForecastColumns forecast_from(const forecasting::ForecastModel& model, const forecasting::Panel& panel,
                              std::size_t origin, const std::vector<std::int32_t>& interval_days,
                              const std::vector<double>& levels);

}  // namespace restock::bundle
