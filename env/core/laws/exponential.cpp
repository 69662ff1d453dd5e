// Exponential with mean m: F(x) = 1 − e^(−x / m), variance m² (Johnson, Kotz and Balakrishnan 1994,
// "Continuous Univariate Distributions 1", chapter 19).
#include "env/core/laws/parameters.h"
#include "env/core/laws/portable_math.h"

namespace restock::laws {

namespace {

class ExponentialLaw final : public Law {
 public:
  explicit ExponentialLaw(double mean) : mean_(mean) {}
  std::string_view name() const override { return "exponential"; }
  double mean() const override { return mean_; }
  double variance() const override { return mean_ * mean_; }
  double cdf(double x) const override { return x <= 0 ? 0 : -portable::expm1(-x / mean_); }
  double quantile(double u) const override { return -mean_ * portable::log1p(-u); }
  bool integer_valued() const override { return false; }

 private:
  double mean_;
};

}  // namespace

LawDescription exponential() {
  return {"exponential",
          "times without memory",
          {{.name = "mean", .meaning = "expected value", .maximum = kMaximumLawMean, .above_minimum = true}},
          [](const LawSpec& spec) -> std::unique_ptr<Law> {
            return std::make_unique<ExponentialLaw>(value_of(spec, "mean"));
          }};
}

}  // namespace restock::laws
