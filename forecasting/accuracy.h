// Measures of forecast accuracy, as published, so that figures compare with the literature.
//
// MASE: mean absolute error over the in-sample mean absolute seasonal difference (Hyndman and Koehler 2006,
// IJF 22(4)). RMSSE and SPL: the M5 competition's measures; scaled by lag-1 differences from the first
// non-zero value on, pinball loss not doubled (Makridakis, Spiliotis and Assimakopoulos 2022, IJF 38(4)).
// WQL: weighted quantile loss, 2 Σ pinball / Σ |y|. CRPS: continuous ranked probability score (Gneiting and
// Raftery 2007, JASA 102(477)), in the units of the data. Bias: (Σ forecast − Σ actual) / Σ actual. NaN marks
// a missing value: it is skipped wherever it takes part in a difference or an error.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

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
  void add(const RunningMean& other) noexcept { sum_ += other.sum_, count_ += other.count_; }
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
  void add(const WeightedQuantileLoss& other) noexcept { loss_ += other.loss_, volume_ += other.volume_; }
  /// 2 Σ pinball / Σ |y|; NaN where Σ |y| = 0.
  double value() const noexcept;

 private:
  double loss_ = 0;
  double volume_ = 0;
};

/// CRPS of a law that is known by its quantiles at increasing levels: 2 ∫ pinball dlevel by the trapezium
/// rule, the outermost quantiles standing for all levels beyond.
double crps_of_quantiles(double actual, std::span<const double> levels, std::span<const float> quantiles);
/// CRPS of the law that gives each sample the same weight: E|X − y| − E|X − X'| / 2 (Gneiting and Raftery
/// 2007, equation 21). Sorts.
double crps_of_samples(double actual, std::vector<double> samples);

/// (Σ forecast − Σ actual) / Σ actual over pairs that are known; NaN where nothing was sold.
class Bias {
 public:
  void add(double actual, double forecast) noexcept;
  void add(const Bias& other) noexcept { excess_ += other.excess_, volume_ += other.volume_; }
  double value() const noexcept;

 private:
  double excess_ = 0;
  double volume_ = 0;
};

/// How often the truth fell below a quantile. Demand is discrete, so a right quantile at level p satisfies
/// below <= p <= at_or_below, and no single share can be expected to equal p. Where the law is known, the
/// randomised share can: a truth that equals the quantile q counts as much as brings P(Y < q) up to p.
class Coverage {
 public:
  void add(double actual, double quantile) noexcept;
  /// `below` and `at_or_below` are P(Y < q) and P(Y <= q) of the law whose quantile at `level` is q.
  void add(double actual, double quantile, double level, double below, double at_or_below) noexcept;
  void add(const Coverage& other) noexcept;
  double below() const noexcept { return below_.value(); }
  double at_or_below() const noexcept { return at_or_below_.value(); }
  /// E[1(Y < q) + u·1(Y = q)], u = (p − P(Y < q)) / P(Y = q): p where the law is right. NaN where no law was
  /// given.
  double randomised() const noexcept { return randomised_.value(); }

 private:
  RunningMean below_;
  RunningMean at_or_below_;
  RunningMean randomised_;
};

}  // namespace restock::forecasting
