// Whether a forecaster errs more than it used to: the test of Page (1954, Biometrika 41) in the form of
// Hinkley (1971, Biometrika 58) on one series of errors. With z_t how many standard deviations an error lies
// above the mean of those before, m_t = Σ (z_i − tolerance) and M_t = min m_i, drift is found once m_t − M_t
// > threshold.
//
// Mean and deviation come from errors before the watch, so that drift cannot hide by becoming usual; z is cut
// at 4, so that one wild day is no drift.
#pragma once

#include <cstddef>

#include "env/core/description.h"

namespace restock::forecasting {

struct DriftConfig {
  double tolerance = 0.5;  ///< standard deviations
  double threshold = 10;   ///< standard deviations, summed
};
void describe(FieldVisitor& visitor, DriftConfig& config);

class PageHinkley {
 public:
  explicit PageHinkley(const DriftConfig& config) : config_(config) {}

  /// An error from before the watch.
  void learn(double error) noexcept;
  /// An error of the watch; true where drift has been found by now. Without two errors to learn from there is
  /// none.
  bool watch(double error) noexcept;
  double statistic() const noexcept { return sum_ - least_; }
  /// Mean error in the watch over that before; NaN where either has no meaning.
  double ratio() const noexcept;

 private:
  DriftConfig config_;
  std::size_t learned_ = 0, watched_ = 0;
  double mean_ = 0, squares_ = 0;  ///< of what was learned
  double watched_sum_ = 0;
  double sum_ = 0, least_ = 0;
  bool found_ = false;
};

}  // namespace restock::forecasting
