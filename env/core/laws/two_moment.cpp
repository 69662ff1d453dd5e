// The counts that Adan, van Eenige and Resing (1995, "Fitting discrete distributions on the first two
// moments", Probability in the Engineering and Informational Sciences 9) fit to a mean m and a coefficient of
// variation c. With a = c² − 1/m:
//   −1/k ≤ a ≤ −1/(k + 1)   a mixture of binomials of k and k + 1 trials
//   a = 0                   Poisson
//   1/(k + 1) ≤ a ≤ 1/k     a mixture of negative binomials of order k and k + 1
//   a ≥ 1                   a mixture of two geometric laws
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "env/core/error.h"
#include "env/core/laws/atoms.h"
#include "env/core/laws/parameters.h"

namespace restock::laws {

namespace {

constexpr std::string_view kName = "two_moment";
/// With this many trials a binomial law is Poisson's but for one part in this many.
constexpr double kMostTrials = 1e6;

CountLaw poisson_count(double mean) {
  return {
      kName, mean, mean, {static_cast<std::int64_t>(mean), [mean](double k) { return mean / (k + 1); }, 0}};
}

CountLaw binomial_count(double trials, double p) {
  const double odds = p / (1 - p);
  return {kName,
          trials * p,
          trials * p * (1 - p),
          {static_cast<std::int64_t>(std::min(trials, std::floor((trials + 1) * p))),
           [=](double k) { return std::max(0.0, trials - k) / (k + 1) * odds; }, 0}};
}

/// P(X = k) ~ C(order + k − 1, k) · p^k.
CountLaw negative_binomial_count(double order, double p) {
  const double mean = order * p / (1 - p);
  return {kName,
          mean,
          mean / (1 - p),
          {static_cast<std::int64_t>(std::max(0.0, std::floor((order - 1) * p / (1 - p)))),
           [=](double k) { return (order + k) / (k + 1) * p; }, p}};
}

/// The first law with probability `share`, else the second.
class Mixture final : public Law {
 public:
  Mixture(double share, CountLaw first, CountLaw second)
      : share_(share), first_(std::move(first)), second_(std::move(second)) {}
  std::string_view name() const override { return kName; }
  double mean() const override { return share_ * first_.mean() + (1 - share_) * second_.mean(); }
  double variance() const override {
    const double apart = first_.mean() - second_.mean();
    return share_ * first_.variance() + (1 - share_) * second_.variance() +
           share_ * (1 - share_) * apart * apart;
  }
  double cdf(double x) const override { return share_ * first_.cdf(x) + (1 - share_) * second_.cdf(x); }
  /// Lies between those of the two laws.
  double quantile(double u) const override {
    double low = std::min(first_.quantile(u), second_.quantile(u));
    double high = std::max(first_.quantile(u), second_.quantile(u));
    while (low < high) {
      const double middle = std::floor((low + high) / 2);
      if (cdf(middle) >= u)
        high = middle;
      else
        low = middle + 1;
    }
    return high;
  }
  bool integer_valued() const override { return true; }

 private:
  double share_;
  CountLaw first_;
  CountLaw second_;
};

std::unique_ptr<Law> fewer_than_poisson(double mean, double a) {
  const double k = std::floor(-1 / a);
  if (k > kMostTrials) return std::make_unique<CountLaw>(poisson_count(mean));
  const double root = std::sqrt(std::max(0.0, -a * k * (1 + k) - k));
  const double q = std::clamp((1 + a * (1 + k) + root) / (1 + a), 0.0, 1.0);
  const double p = mean / (k + 1 - q);
  if (!(p < 1)) return nullptr;
  return std::make_unique<Mixture>(q, binomial_count(k, p), binomial_count(k + 1, p));
}

std::unique_ptr<Law> more_than_poisson(double mean, double a) {
  const double k = std::floor(1 / a);
  if (k > kMostTrials) return std::make_unique<CountLaw>(poisson_count(mean));
  const double root = std::sqrt(std::max(0.0, (1 + k) * (1 - a * k)));
  const double q = std::clamp(((1 + k) * a - root) / (1 + a), 0.0, 1.0);
  const double p = mean / (k + 1 - q + mean);
  return std::make_unique<Mixture>(q, negative_binomial_count(k, p), negative_binomial_count(k + 1, p));
}

std::unique_ptr<Law> much_more_than_poisson(double mean, double a) {
  const double root = std::sqrt(a * a - 1);
  const double rare = mean * (1 + a + root) / 2;  // the mean of the law that is seldom drawn
  const double often = rare / (a + root);         // m (1 + a − root) / 2
  return std::make_unique<Mixture>(1 / (1 + a + root), negative_binomial_count(1, rare / (1 + rare)),
                                   negative_binomial_count(1, often / (1 + often)));
}

std::unique_ptr<Law> make_two_moment(const LawSpec& spec) {
  const double mean = value_of(spec, "mean");
  const double cv = value_of(spec, "cv");
  const double a = cv * cv - 1 / mean;
  std::unique_ptr<Law> law;
  if (a == 0) return std::make_unique<CountLaw>(poisson_count(mean));
  if (a < 0 && a > -1) law = fewer_than_poisson(mean, a);
  if (a > 0) law = a < 1 ? more_than_poisson(mean, a) : much_more_than_poisson(mean, a);
  if (law) return law;
  const double part = mean - std::floor(mean);
  throw InputError(
      fmt::format("law 'two_moment': whole numbers with mean {} do not vary as little as cv {}; expected a "
                  "cv above {:.6g}",
                  mean, cv, std::sqrt(part * (1 - part)) / mean));
}

}  // namespace

LawDescription two_moment() {
  return {"two_moment",
          "counts with this mean and cv, after Adan, van Eenige and Resing",
          {{.name = "mean", .meaning = "expected value", .maximum = kMaximumLawMean, .above_minimum = true},
           {.name = "cv",
            .meaning = "standard deviation / mean",
            .maximum = 10,
            .above_minimum = true,
            .is_ratio = true}},
          make_two_moment};
}

}  // namespace restock::laws
