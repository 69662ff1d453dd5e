// Any real number from a minimum to a maximum, equally dense. With width w the variance is w² / 12.
#include <fmt/format.h>

#include <algorithm>

#include "env/core/error.h"
#include "env/core/laws/parameters.h"

namespace restock::laws {

namespace {

class UniformLaw final : public Law {
 public:
  UniformLaw(double minimum, double maximum) : minimum_(minimum), width_(maximum - minimum) {}
  std::string_view name() const override { return "uniform"; }
  double mean() const override { return minimum_ + width_ / 2; }
  double variance() const override { return width_ * width_ / 12; }
  double cdf(double x) const override { return std::clamp((x - minimum_) / width_, 0.0, 1.0); }
  double quantile(double u) const override { return minimum_ + u * width_; }
  bool integer_valued() const override { return false; }

 private:
  double minimum_;
  double width_;
};

std::unique_ptr<Law> make_uniform(const LawSpec& spec) {
  const double minimum = value_of(spec, "minimum");
  const double maximum = value_of(spec, "maximum");
  if (minimum >= maximum) {
    throw InputError(fmt::format(
        "law 'uniform': the minimum {} is not below the maximum {}; law 'constant' takes a single value",
        minimum, maximum));
  }
  return std::make_unique<UniformLaw>(minimum, maximum);
}

}  // namespace

LawDescription uniform() {
  return {"uniform",
          "real numbers from minimum to maximum, all equally dense",
          {{.name = "minimum", .meaning = "smallest value"}, {.name = "maximum", .meaning = "largest value"}},
          make_uniform};
}

}  // namespace restock::laws
