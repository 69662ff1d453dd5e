// Gamma with mean m and coefficient of variation c: shape 1 / c², scale m c², variance (c m)² (Johnson, Kotz
// and Balakrishnan 1994, "Continuous Univariate Distributions 1", chapter 17).
#include <cmath>
#include <limits>

#include "env/core/laws/parameters.h"
#include "env/core/laws/portable_math.h"

namespace restock::laws {

namespace {

class GammaLaw final : public Law {
 public:
  GammaLaw(double mean, double cv)
      : shape_(1 / (cv * cv)), scale_(mean * cv * cv), log_gamma_(portable::log_gamma(shape_)) {}
  std::string_view name() const override { return "gamma"; }
  double mean() const override { return shape_ * scale_; }
  double variance() const override { return shape_ * scale_ * scale_; }
  double cdf(double x) const override { return portable::gamma_p(shape_, x / scale_); }
  double quantile(double u) const override { return scale_ * standard_quantile(u); }
  bool integer_valued() const override { return false; }

 private:
  /// Wilson and Hilferty (1931): the cube root is almost normal; near 0 the first term of the series serves.
  double first_guess(double u) const {
    const double ninth = 1 / (9 * shape_);
    const double root = 1 - ninth + portable::normal_quantile(u) * std::sqrt(ninth);
    const double guess = shape_ * root * root * root;
    const double near_zero = portable::exp((portable::log(u * shape_) + log_gamma_) / shape_);
    return root > 0 && near_zero > 0.1 * shape_ ? guess : near_zero;
  }

  /// Newton's method inside a bracket that every step narrows.
  double standard_quantile(double u) const {
    double low = 0;
    double high = std::numeric_limits<double>::infinity();
    double x = first_guess(u);
    for (int step = 0; step < 200 && x > 0; ++step) {
      const double error = portable::gamma_p(shape_, x) - u;
      if (error == 0) return x;
      (error < 0 ? low : high) = x;
      const double density = portable::exp((shape_ - 1) * portable::log(x) - x - log_gamma_);
      const double next = x - error / density;
      if (next > low && next < high) {
        if (std::fabs(next - x) <= 1e-9 * x) return next;  // the error squares with each step
        x = next;
      } else {
        if (high - low <= 1e-15 * high) return x;
        x = std::isinf(high) ? 2 * x : 0.5 * (low + high);
      }
    }
    return x;
  }

  double shape_;
  double scale_;
  double log_gamma_;
};

}  // namespace

LawDescription gamma() {
  return {"gamma",
          "positive and skewed to the right",
          {{.name = "mean", .meaning = "expected value", .maximum = kMaximumLawMean, .above_minimum = true},
           {.name = "cv",
            .meaning = "coefficient of variation: standard deviation / mean",
            .minimum = 0.01,
            .maximum = 10,
            .is_ratio = true}},
          [](const LawSpec& spec) -> std::unique_ptr<Law> {
            return std::make_unique<GammaLaw>(value_of(spec, "mean"), value_of(spec, "cv"));
          }};
}

}  // namespace restock::laws
