// A normal law with the given mean and standard deviation, CONDITIONED on being >= 0: its own mean is larger
// and its own variance smaller, noticeably so where the standard deviation is more than a third of the mean.
// With a = −mean / sd and h = φ(a) / Φ(−a): mean + sd · h and sd² (1 + a h − h²) (Johnson, Kotz and
// Balakrishnan 1994, "Continuous Univariate Distributions 1", section 13.10.1).
#include <algorithm>

#include "env/core/laws/parameters.h"
#include "env/core/laws/portable_math.h"

namespace restock::laws {

namespace {

class NormalLaw final : public Law {
 public:
  NormalLaw(double mean, double sd)
      : mean_(mean), sd_(sd), cut_(-mean / sd), kept_(portable::normal_cdf(mean / sd)) {
    constexpr double kInverseRootTwoPi = 0.39894228040143267794;
    hazard_ = kInverseRootTwoPi * portable::exp(-0.5 * cut_ * cut_) / kept_;
  }
  std::string_view name() const override { return "normal"; }
  double mean() const override { return mean_ + sd_ * hazard_; }
  double variance() const override { return sd_ * sd_ * (1 + hazard_ * (cut_ - hazard_)); }
  double cdf(double x) const override {
    if (x <= 0) return 0;
    const double z = (x - mean_) / sd_;
    if (z > 0) return 1 - portable::normal_cdf(-z) / kept_;
    return std::clamp((portable::normal_cdf(z) - portable::normal_cdf(cut_)) / kept_, 0.0, 1.0);
  }
  double quantile(double u) const override {
    const double above = (1 - u) * kept_;  // P(Z > z), as seen from the tail that is not cut
    const double z = above < 0.5 ? -portable::normal_quantile(above)
                                 : portable::normal_quantile(portable::normal_cdf(cut_) + u * kept_);
    return std::max(0.0, mean_ + sd_ * z);
  }
  bool integer_valued() const override { return false; }

 private:
  double mean_;
  double sd_;
  double cut_;     ///< where the standard normal is cut
  double kept_;    ///< probability that remains
  double hazard_;  ///< density at the cut over what remains
};

}  // namespace

LawDescription normal() {
  return {"normal",
          "normal, conditioned on >= 0",
          {{.name = "mean", .meaning = "mean before the condition", .maximum = kMaximumLawMean},
           {.name = "standard_deviation",
            .meaning = "standard deviation before the condition",
            .maximum = kMaximumLawMean,
            .above_minimum = true}},
          [](const LawSpec& spec) -> std::unique_ptr<Law> {
            return std::make_unique<NormalLaw>(value_of(spec, "mean"), value_of(spec, "standard_deviation"));
          }};
}

}  // namespace restock::laws
