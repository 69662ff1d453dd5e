#include "forecasting/classical/arma.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "forecasting/classical/fitting.h"

namespace restock::forecasting {

namespace {

// parameters: φ, θ, mean by phase; state: n, e of the last step
constexpr double kLargest = 0.98;

class ArmaSearch {
 public:
  ArmaSearch(const SeriesSample& sample, std::size_t phases, double scale) : phases_(phases) {
    for (std::size_t t = 0; t < sample.values.size(); ++t) {
      phase_.push_back(phase_of(sample.clock + static_cast<std::int64_t>(t), phases));
      values_.push_back(sample.known(t) ? static_cast<double>(sample.values[t]) / scale : std::nan(""));
    }
  }

  struct Result {
    double phi = 0, theta = 0;
    std::vector<double> means;
  };

  Result run() {
    Result result{0, 0, best_means(0, 0)};
    std::vector<double> searched{0.1, 0.0};
    const SearchBox box{{-kLargest, -kLargest}, {kLargest, kLargest}};
    for (int round = 0; round < 3; ++round) {
      minimise([&](std::span<const double> tried) { return squares(tried[0], tried[1], result.means); }, box,
               searched, 100);
      result.phi = searched[0];
      result.theta = searched[1];
      const std::vector<double> means = best_means(result.phi, result.theta);
      if (squares(result.phi, result.theta, means) < squares(result.phi, result.theta, result.means))
        result.means = means;
    }
    return result;
  }

 private:
  double squares(double phi, double theta, const std::vector<double>& means) const {
    double rest = 0, error = 0, sum = 0;
    for (std::size_t t = 0; t < values_.size(); ++t) {
      const double expected = phi * rest + theta * error;
      const bool known = !std::isnan(values_[t]);
      rest = known ? values_[t] - means[phase_[t]] : expected;
      error = rest - expected;
      sum += error * error;
    }
    return sum;
  }

  /// The error is that of the data less, for each phase, that of a series that is 1 in this phase: all pass
  /// the same filter.
  std::vector<double> best_means(double phi, double theta) const {
    const std::size_t columns = phases_ + 1;
    std::vector<double> rest(columns), error(columns);
    LeastSquares system(phases_);
    for (std::size_t t = 0; t < values_.size(); ++t) {
      const bool known = !std::isnan(values_[t]);
      for (std::size_t j = 0; j < columns; ++j) {
        const double expected = phi * rest[j] + theta * error[j];
        const double value = j == phases_ ? values_[t] : phase_[t] == j ? 1 : 0;
        rest[j] = known ? value : expected;
        error[j] = rest[j] - expected;
      }
      if (known) system.add(std::span<const double>(error).first(phases_), error[phases_]);
    }
    return system.solve(1e-8).x;
  }

  std::size_t phases_;
  std::vector<std::size_t> phase_;
  std::vector<double> values_;
};

}  // namespace

void Arma::fit(const SeriesSample& sample, std::span<float> parameters, std::span<float> start) const {
  const double mean = sample.mean(), scale = mean > 0 ? mean : 1;
  std::fill(parameters.begin(), parameters.end(), static_cast<float>(mean));
  parameters[0] = parameters[1] = start[0] = start[1] = 0;
  if (sample.count_known() < 5) return;
  const std::size_t phases = sample.count_known() < 3 * season_ ? 1 : season_;
  const auto fitted = ArmaSearch(sample, phases, scale).run();
  parameters[0] = static_cast<float>(fitted.phi);
  parameters[1] = static_cast<float>(fitted.theta);
  for (std::size_t p = 0; p < season_; ++p)
    parameters[2 + p] = static_cast<float>(fitted.means[phases == 1 ? 0 : p] * scale);
}

void Arma::observe(std::span<const float> parameters, std::int64_t clock, float value,
                   std::span<float> state) const {
  const float rest = value - parameters[2 + phase_of(clock, season_)];
  state[1] = rest - (parameters[0] * state[0] + parameters[1] * state[1]);
  state[0] = rest;
}

void Arma::skip(std::span<const float> parameters, std::int64_t, std::span<float> state) const {
  state[0] = parameters[0] * state[0] + parameters[1] * state[1];
  state[1] = 0;
}

void Arma::path(std::span<const float> parameters, std::int64_t clock, std::span<const float> state,
                std::span<float> means) const {
  float rest = parameters[0] * state[0] + parameters[1] * state[1];
  for (std::size_t h = 0; h < means.size(); ++h) {
    means[h] = parameters[2 + phase_of(clock + static_cast<std::int64_t>(h), season_)] + rest;
    rest *= parameters[0];
  }
}

}  // namespace restock::forecasting
