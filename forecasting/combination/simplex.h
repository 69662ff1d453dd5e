// Weights >= 0 that sum to 1 and make a weighted mean of forecasts lose least on what came: squared error of
// means, pinball loss of quantiles. Both losses are convex in the weights; the search is by exponentiated
// gradients (Kivinen and Warmuth 1997, Information and Computation 132(1)).
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace restock::forecasting {

/// Forecasts of the same things by several members.
struct CombinedCases {
  std::size_t members = 0;
  std::vector<float> forecasts;  ///< [cases × members]
  std::vector<float> truths;
  std::vector<float> weights;  ///< what a unit of loss counts
  std::vector<float> levels;   ///< of quantiles; a mean has 0

  void add(std::span<const float> said, float truth, float weight, float level);
  std::size_t size() const noexcept { return truths.size(); }
};

/// Mean loss of the weighted mean of the members.
double combined_loss(const CombinedCases& cases, std::span<const double> weights);

/// Equal weights where there is no case. Never loses more on the cases than the best member alone.
std::vector<double> best_weights(const CombinedCases& cases);

}  // namespace restock::forecasting
