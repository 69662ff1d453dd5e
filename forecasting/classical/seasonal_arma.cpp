#include "forecasting/classical/seasonal_arma.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "forecasting/classical/fitting.h"

namespace restock::forecasting {

namespace {

// parameters: φ, θ, Φ, Θ, μ; state: the last m + 1 of n, newest first, then those of e
constexpr double kLargest = 0.98;

/// What is expected of n, from n and e one step, a season, and a season and a step back.
template <class Number>
struct Weights {
  Number n1, nm, nm1, e1, em, em1;
  Weights(Number phi, Number theta, Number seasonal_phi, Number seasonal_theta)
      : n1(phi),
        nm(seasonal_phi),
        nm1(-phi * seasonal_phi),
        e1(theta),
        em(seasonal_theta),
        em1(theta * seasonal_theta) {}
  /// `n` and `e` give the value so many steps back.
  template <class BackN, class BackE>
  Number expected(std::size_t season, const BackN& n, const BackE& e) const {
    return n1 * n(1) + nm * n(season) + nm1 * n(season + 1) + e1 * e(1) + em * e(season) +
           em1 * e(season + 1);
  }
};

Weights<float> weights_of(std::span<const float> p) {
  return {p[0], p[1], p[2], p[3]};
}

class Search {
 public:
  Search(const SeriesSample& sample, std::size_t season, double scale) : season_(season) {
    for (std::size_t t = 0; t < sample.values.size(); ++t)
      values_.push_back(sample.known(t) ? static_cast<double>(sample.values[t]) / scale : std::nan(""));
  }

  /// φ, θ, Φ, Θ and the mean.
  std::array<double, 5> run(bool seasonal, double mean) {
    std::vector<double> searched(seasonal ? 4 : 2, 0.1);
    const SearchBox box{std::vector<double>(searched.size(), -kLargest),
                        std::vector<double>(searched.size(), kLargest)};
    for (int round = 0; round < 2; ++round) {
      minimise([&](std::span<const double> tried) { return squares(tried, mean); }, box, searched, 200);
      const double better = best_mean(searched);
      if (squares(searched, better) < squares(searched, mean)) mean = better;
    }
    searched.resize(4);
    return {searched[0], searched[1], searched[2], searched[3], mean};
  }

 private:
  /// Errors of `value(t)` under the filter; what is unknown came as expected.
  template <class Value>
  std::vector<double> errors(std::span<const double> searched, const Value& value) const {
    const bool seasonal = searched.size() == 4;
    const Weights<double> weights(searched[0], searched[1], seasonal ? searched[2] : 0,
                                  seasonal ? searched[3] : 0);
    std::vector<double> n(values_.size()), e(values_.size());
    for (std::size_t t = 0; t < values_.size(); ++t) {
      const auto back = [t](const std::vector<double>& of) {
        return [t, &of](std::size_t steps) { return steps <= t ? of[t - steps] : 0.0; };
      };
      const double expected = weights.expected(season_, back(n), back(e));
      n[t] = std::isnan(values_[t]) ? expected : value(t);
      e[t] = n[t] - expected;
    }
    return e;
  }

  double squares(std::span<const double> searched, double mean) const {
    double sum = 0;
    for (const double error : errors(searched, [&](std::size_t t) { return values_[t] - mean; }))
      sum += error * error;
    return sum;
  }

  double best_mean(std::span<const double> searched) const {
    const auto data = errors(searched, [&](std::size_t t) { return values_[t]; });
    const auto one = errors(searched, [](std::size_t) { return 1.0; });
    double product = 0, square = 1e-12;
    for (std::size_t t = 0; t < data.size(); ++t) product += data[t] * one[t], square += one[t] * one[t];
    return product / square;
  }

  std::size_t season_;
  std::vector<double> values_;
};

/// `value` becomes the newest of a register.
void push(std::span<float> steps, float value) {
  std::copy_backward(steps.begin(), steps.end() - 1, steps.end());
  steps[0] = value;
}

}  // namespace

void SeasonalArma::fit(const SeriesSample& sample, std::span<float> parameters,
                       std::span<float> start) const {
  const double mean = sample.mean(), scale = mean > 0 ? mean : 1;
  std::fill(start.begin(), start.end(), 0.0F);
  std::fill(parameters.begin(), parameters.end(), 0.0F);
  parameters[4] = static_cast<float>(mean);
  if (sample.count_known() < 5) return;
  const bool seasonal = season_ > 1 && sample.count_known() >= 3 * season_;
  const auto fitted = Search(sample, season_, scale).run(seasonal, mean / scale);
  for (std::size_t i = 0; i < 4; ++i) parameters[i] = static_cast<float>(fitted[i]);
  parameters[4] = static_cast<float>(fitted[4] * scale);
}

void SeasonalArma::observe(std::span<const float> parameters, std::int64_t clock, float value,
                           std::span<float> state) const {
  float expected = 0;
  path(parameters, clock, state, {&expected, 1});
  push(state.first(season_ + 1), value - parameters[4]);
  push(state.last(season_ + 1), value - expected);
}

void SeasonalArma::skip(std::span<const float> parameters, std::int64_t clock, std::span<float> state) const {
  float expected = 0;
  path(parameters, clock, state, {&expected, 1});
  push(state.first(season_ + 1), expected - parameters[4]);
  push(state.last(season_ + 1), 0);
}

void SeasonalArma::path(std::span<const float> parameters, std::int64_t, std::span<const float> state,
                        std::span<float> means) const {
  const Weights<float> weights = weights_of(parameters);
  for (std::size_t h = 0; h < means.size(); ++h) {
    const auto n = [&](std::size_t steps) {
      return steps <= h ? means[h - steps] - parameters[4] : state[steps - h - 1];
    };
    const auto e = [&](std::size_t steps) { return steps <= h ? 0.0F : state[season_ + steps - h]; };
    means[h] = parameters[4] + weights.expected(season_, n, e);
  }
}

}  // namespace restock::forecasting
