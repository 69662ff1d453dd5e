// A law of demand known by its quantiles: between two levels they lie on a straight line, and where several
// are the same that value has a probability of its own. What lies below the first level or above the last is
// taken to lie at the outermost quantile.
//
// Forecasters speak of demand as a real number; where it is counted in units the law meant is that of the
// rounded number, P(Y = k) = P(k − ½ <= X < k + ½).
#pragma once

#include <span>

namespace restock::forecasting {

class QuantileLaw {
 public:
  /// Increasing levels, quantiles that do not fall. Keeps both by reference.
  QuantileLaw(std::span<const double> levels, std::span<const float> quantiles);
  double below(double value) const;        ///< P(X < value)
  double at_or_below(double value) const;  ///< P(X <= value)

 private:
  /// Level at which the line reaches `value`, between quantiles i − 1 and i.
  double level_between(std::size_t i, double value) const;
  std::span<const double> levels_;
  std::span<const float> quantiles_;
};

/// A quantile with the probabilities around it, as randomised coverage needs them.
struct PlacedQuantile {
  double quantile = 0;
  double below = 0;        ///< P(Y < quantile)
  double at_or_below = 0;  ///< P(Y <= quantile)
};
/// Of the law itself, or of the law of the rounded number.
PlacedQuantile place_quantile(const QuantileLaw& law, double quantile, bool counted);

}  // namespace restock::forecasting
