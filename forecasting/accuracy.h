// Measures of forecast accuracy, as published, so that figures compare with the literature.
//
// MASE: mean absolute error over the in-sample mean absolute seasonal difference (Hyndman and Koehler 2006,
// IJF 22(4)). RMSSE and SPL: the M5 competition's measures; scaled by lag-1 differences from the first
// non-zero value on, pinball loss not doubled (Makridakis, Spiliotis and Assimakopoulos 2022, IJF 38(4)).
// WQL: weighted quantile loss, 2 Σ pinball / Σ |y|. NaN marks a missing value: it is skipped wherever it
// takes part in a difference or an error.
#pragma once

#include <cstddef>
#include <span>

namespace restock::forecasting {

/// Mean |y_t − y_{t−season}|; NaN where no pair is known.
double seasonal_scale(std::span<const float> history, std::size_t season);

/// Scales of lag-1 differences from the first non-zero value on; NaN where no pair is known.
struct LagOneScale {
  double mean_absolute = 0;
  double root_mean_square = 0;
};
LagOneScale lag_one_scale(std::span<const float> history);

/// A mean that is built up value by value; NaN before the first.
class RunningMean {
 public:
  void add(double value) noexcept { sum_ += value, ++count_; }
  double value() const noexcept;
  std::size_t count() const noexcept { return count_; }

 private:
  double sum_ = 0;
  std::size_t count_ = 0;
};

double mean_absolute_error(std::span<const float> actual, std::span<const float> forecast);
double root_mean_square_error(std::span<const float> actual, std::span<const float> forecast);

/// level · (y − q) where y > q, else (1 − level) · (q − y) (Koenker and Bassett 1978).
double pinball_loss(double actual, double quantile, double level) noexcept;

/// WQL at one level, of values that are added one by one.
class WeightedQuantileLoss {
 public:
  void add(double actual, double quantile, double level) noexcept;
  /// 2 Σ pinball / Σ |y|; NaN where Σ |y| = 0.
  double value() const noexcept;

 private:
  double loss_ = 0;
  double volume_ = 0;
};

/// How often the truth fell below a quantile. Demand is discrete, so a right quantile at level p satisfies
/// below <= p <= at_or_below, and no single share can be expected to equal p.
class Coverage {
 public:
  void add(double actual, double quantile) noexcept;
  double below() const noexcept { return below_.value(); }
  double at_or_below() const noexcept { return at_or_below_.value(); }

 private:
  RunningMean below_;
  RunningMean at_or_below_;
};

}  // namespace restock::forecasting
