// All whole numbers from a minimum to a maximum, both included, equally likely.
// With n of them the variance is (n² − 1) / 12.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "env/core/error.h"
#include "env/core/laws/parameters.h"

namespace restock::laws {

namespace {

class DiscreteUniformLaw final : public Law {
 public:
  DiscreteUniformLaw(double minimum, double maximum) : minimum_(minimum), count_(maximum - minimum + 1) {}
  std::string_view name() const override { return "discrete_uniform"; }
  double mean() const override { return minimum_ + (count_ - 1) / 2; }
  double variance() const override { return (count_ * count_ - 1) / 12; }
  double cdf(double x) const override {
    return std::clamp((std::floor(x) - minimum_ + 1) / count_, 0.0, 1.0);
  }
  double quantile(double u) const override {
    double value = std::clamp(minimum_ + std::floor(u * count_), minimum_, minimum_ + count_ - 1);
    while (value > minimum_ && cdf(value - 1) >= u)
      --value;  // one step at most, where rounding or a tie asks for it
    return value;
  }
  bool integer_valued() const override { return true; }

 private:
  double minimum_;
  double count_;
};

std::unique_ptr<Law> make_discrete_uniform(const LawSpec& spec) {
  const double minimum = value_of(spec, "minimum");
  const double maximum = value_of(spec, "maximum");
  if (std::floor(minimum) != minimum || std::floor(maximum) != maximum) {
    throw InputError(
        fmt::format("law 'discrete_uniform': {} to {}, expected whole numbers; law 'uniform' takes any",
                    minimum, maximum));
  }
  if (minimum > maximum) {
    throw InputError(
        fmt::format("law 'discrete_uniform': the minimum {} is above the maximum {}", minimum, maximum));
  }
  return std::make_unique<DiscreteUniformLaw>(minimum, maximum);
}

}  // namespace

LawDescription discrete_uniform() {
  return {"discrete_uniform",
          "whole numbers from minimum to maximum, all equally likely",
          {{.name = "minimum", .meaning = "smallest value, whole", .is_whole = true},
           {.name = "maximum", .meaning = "largest value, whole", .is_whole = true}},
          make_discrete_uniform};
}

}  // namespace restock::laws
