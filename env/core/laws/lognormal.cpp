// Lognormal with mean m and coefficient of variation c: the logarithm is normal with variance s² = ln(1 + c²)
// and mean ln m − s²/2 (Johnson, Kotz and Balakrishnan 1994, "Continuous Univariate Distributions 1",
// chapter 14).
#include <cmath>

#include "env/core/laws/parameters.h"
#include "env/core/laws/portable_math.h"

namespace restock::laws {

namespace {

class LognormalLaw final : public Law {
 public:
  LognormalLaw(double mean, double cv)
      : mean_(mean),
        cv_(cv),
        deviation_(std::sqrt(portable::log1p(cv * cv))),
        log_median_(portable::log(mean) - 0.5 * deviation_ * deviation_) {}
  std::string_view name() const override { return "lognormal"; }
  double mean() const override { return mean_; }
  double variance() const override { return mean_ * cv_ * mean_ * cv_; }
  double cdf(double x) const override {
    return x <= 0 ? 0 : portable::normal_cdf((portable::log(x) - log_median_) / deviation_);
  }
  double quantile(double u) const override {
    return portable::exp(log_median_ + deviation_ * portable::normal_quantile(u));
  }
  bool integer_valued() const override { return false; }

 private:
  double mean_;
  double cv_;
  double deviation_;  ///< of the logarithm
  double log_median_;
};

}  // namespace

LawDescription lognormal() {
  return {"lognormal",
          "positive, with a heavier tail than gamma",
          {{.name = "mean", .meaning = "expected value", .maximum = kMaximumLawMean, .above_minimum = true},
           {.name = "cv",
            .meaning = "coefficient of variation: standard deviation / mean",
            .minimum = 0.01,
            .maximum = 3,
            .is_ratio = true}},
          [](const LawSpec& spec) -> std::unique_ptr<Law> {
            return std::make_unique<LognormalLaw>(value_of(spec, "mean"), value_of(spec, "cv"));
          }};
}

}  // namespace restock::laws
