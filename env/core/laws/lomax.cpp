// Lomax, Pareto's law from 0 on, with mean m and shape q: P(X > x) = (1 + x / s)^(−q), scale s = m (q − 1)
// (Johnson, Kotz and Balakrishnan 1994, "Continuous Univariate Distributions 1", chapter 20, second kind).
#include <limits>

#include "env/core/laws/parameters.h"
#include "env/core/laws/portable_math.h"

namespace restock::laws {

namespace {

class LomaxLaw final : public Law {
 public:
  LomaxLaw(double mean, double shape) : mean_(mean), shape_(shape), scale_(mean * (shape - 1)) {}
  std::string_view name() const override { return "lomax"; }
  double mean() const override { return mean_; }
  double variance() const override {
    if (shape_ <= 2) return std::numeric_limits<double>::infinity();
    return mean_ * mean_ * shape_ / (shape_ - 2);
  }
  double cdf(double x) const override {
    return x <= 0 ? 0 : -portable::expm1(-shape_ * portable::log1p(x / scale_));
  }
  double quantile(double u) const override { return scale_ * portable::expm1(-portable::log1p(-u) / shape_); }
  bool integer_valued() const override { return false; }

 private:
  double mean_;
  double shape_;
  double scale_;
};

}  // namespace

LawDescription lomax() {
  return {"lomax",
          "Pareto's law from 0 on: mostly short, now and then very long",
          {{.name = "mean", .meaning = "expected value", .maximum = kMaximumLawMean, .above_minimum = true},
           {.name = "shape",
            .meaning = "q of the tail ~ x^(−q); the variance is finite above 2",
            .minimum = 1.5,
            .maximum = 50,
            .is_ratio = true}},
          [](const LawSpec& spec) -> std::unique_ptr<Law> {
            return std::make_unique<LomaxLaw>(value_of(spec, "mean"), value_of(spec, "shape"));
          }};
}

}  // namespace restock::laws
