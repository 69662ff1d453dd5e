// The two forms in which laws with probability on single points keep it: points of any place, and whole
// numbers in a row.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "env/core/laws/law.h"

namespace restock {

/// Probability on finitely many points.
class AtomsLaw final : public Law {
 public:
  /// (value, weight) in any order; weights are >= 0 with a positive sum and need no normalisation.
  AtomsLaw(std::string_view name, std::vector<std::pair<double, double>> weighted_values);
  std::string_view name() const override { return name_; }
  double mean() const override { return mean_; }
  double variance() const override { return variance_; }
  double cdf(double x) const override;
  double quantile(double u) const override;
  bool integer_valued() const override { return integer_valued_; }

 private:
  std::string_view name_;
  std::vector<double> values_;      ///< ascending
  std::vector<double> cumulative_;  ///< P(X <= values_[i]); the last is 1
  double mean_ = 0;
  double variance_ = 0;
  bool integer_valued_ = true;
};

/// How a probability mass function on 0, 1, 2, … is unrolled: from its mode outwards by the ratio of
/// neighbours, then normalised. No exponential is needed, and no term can overflow.
struct MassRecursion {
  std::int64_t mode = 0;
  /// P(X = k + 1) / P(X = k).
  std::function<double(double k)> ratio;
  /// The ratio's limit as k grows, < 1.
  double ratio_limit = 0;
};

/// A law on 0, 1, 2, …; what lies beyond 2^-60 of it on either side is cut off.
class CountLaw final : public Law {
 public:
  /// Throws InputError where the law spreads over more than kMaximumLawValues numbers.
  CountLaw(std::string_view name, double mean, double variance, const MassRecursion& recursion);
  std::string_view name() const override { return name_; }
  double mean() const override { return mean_; }
  double variance() const override { return variance_; }
  double cdf(double x) const override;
  double quantile(double u) const override;
  bool integer_valued() const override { return true; }

 private:
  std::string_view name_;
  double mean_;
  double variance_;
  double first_ = 0;
  std::vector<double> cumulative_;  ///< P(X <= first_ + i); the last is 1
};

/// The InputError for a law that would need too many values.
[[noreturn]] void refuse_wide_law(std::string_view name, double mean, double standard_deviation);

}  // namespace restock
