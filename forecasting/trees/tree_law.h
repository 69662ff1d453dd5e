// The law of demand around what trees expect: quantiles of (S − F) / sigma(F, d), S the demand of d steps and
// F its forecast, given by trees from the features of the last of these steps and from F.
#pragma once

#include <span>
#include <vector>

#include "forecasting/level_grid.h"
#include "forecasting/trees/step_features.h"
#include "forecasting/trees/tree_ensemble.h"

namespace restock::forecasting {

/// Longer sums and leads take the features of this many steps.
std::size_t leads_of(Frequency frequency);

/// sigma(F, d).
float error_width(const StepFeatures::Past& past, float forecast, std::size_t steps);

/// Features of an error: those of the step, and what is expected. [columns of the step + kOfForecast]
inline constexpr std::size_t kOfForecast = 3;
void write_forecast(const StepFeatures::Past& past, float forecast, std::size_t steps, std::span<float> out);

struct TreeLaw {
  LevelGrid grid{{0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 0.995}};
  TreeEnsemble sums, steps;

  /// At least 0 and increasing. `row` as written by write_forecast.
  void quantiles(const TreeEnsemble& errors, std::span<const float> row, float forecast, float width,
                 std::span<const LevelGrid::Place> levels, std::span<float> out) const;
};

}  // namespace restock::forecasting
