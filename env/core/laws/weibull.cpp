// Weibull with mean m and shape k: F(x) = 1 − e^(−(x / s)^k), scale s = m / Γ(1 + 1/k) (Johnson, Kotz and
// Balakrishnan 1994, "Continuous Univariate Distributions 1", chapter 21).
#include "env/core/laws/parameters.h"
#include "env/core/laws/portable_math.h"

namespace restock::laws {

namespace {

class WeibullLaw final : public Law {
 public:
  WeibullLaw(double mean, double shape)
      : mean_(mean), shape_(shape), scale_(mean / gamma_function(1 + 1 / shape)) {}
  std::string_view name() const override { return "weibull"; }
  double mean() const override { return mean_; }
  double variance() const override {
    return scale_ * scale_ * gamma_function(1 + 2 / shape_) - mean_ * mean_;
  }
  double cdf(double x) const override {
    return x <= 0 ? 0 : -portable::expm1(-portable::exp(shape_ * portable::log(x / scale_)));
  }
  double quantile(double u) const override {
    return scale_ * portable::exp(portable::log(-portable::log1p(-u)) / shape_);
  }
  bool integer_valued() const override { return false; }

 private:
  static double gamma_function(double x) { return portable::exp(portable::log_gamma(x)); }

  double mean_;
  double shape_;
  double scale_;
};

}  // namespace

LawDescription weibull() {
  return {"weibull",
          "times to failure: shape below 1 wears in, above 1 wears out, 1 is exponential",
          {{.name = "mean", .meaning = "expected value", .maximum = kMaximumLawMean, .above_minimum = true},
           {.name = "shape",
            .meaning = "k of the hazard ~ t^(k − 1)",
            .minimum = 0.5,
            .maximum = 20,
            .is_ratio = true}},
          [](const LawSpec& spec) -> std::unique_ptr<Law> {
            return std::make_unique<WeibullLaw>(value_of(spec, "mean"), value_of(spec, "shape"));
          }};
}

}  // namespace restock::laws
