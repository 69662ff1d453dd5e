#include "forecasting/updating/drift.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace restock::forecasting {

namespace {

constexpr double kLargest = 4;

}  // namespace

void describe(FieldVisitor& visitor, DriftConfig& config) {
  visitor.field("tolerance", config.tolerance,
                {"how far errors may lie above their mean without counting", "standard deviations", 0, 10});
  visitor.field(
      "threshold", config.threshold,
      {"sum of what lies beyond the tolerance at which drift is found", "standard deviations", 1, 1e6});
}

void PageHinkley::learn(double error) noexcept {
  ++learned_;
  const double before = error - mean_;
  mean_ += before / static_cast<double>(learned_);
  squares_ += before * (error - mean_);
}

bool PageHinkley::watch(double error) noexcept {
  ++watched_;
  watched_sum_ += error;
  if (learned_ < 2) return false;
  const double deviation = std::sqrt(squares_ / static_cast<double>(learned_ - 1));
  const double above = error - mean_;
  const double z = deviation > 0 ? std::clamp(above / deviation, -kLargest, kLargest)
                   : above > 0   ? kLargest
                                 : 0;
  sum_ += z - config_.tolerance;
  least_ = std::min(least_, sum_);
  found_ = found_ || statistic() > config_.threshold;
  return found_;
}

double PageHinkley::ratio() const noexcept {
  if (watched_ == 0 || !(mean_ > 0)) return std::numeric_limits<double>::quiet_NaN();
  return watched_sum_ / static_cast<double>(watched_) / mean_;
}

}  // namespace restock::forecasting
