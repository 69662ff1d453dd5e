#include "forecasting/classical/autoregression.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "forecasting/classical/fitting.h"

namespace restock::forecasting {

namespace {

constexpr std::size_t kValuesPerLag = 16;  ///< with fewer, iterated equations run wild

// parameters: constant, coefficients of the last values, ceiling; state: the last values, newest first

/// Rows 1, y_{t−1}, … for every known step with `order` before it; the mean stands for lags that are unknown.
LeastSquares regression(const SeriesSample& sample, std::size_t order, double mean, double scale) {
  LeastSquares system(order + 1);
  std::vector<double> row(order + 1, 1.0);
  const auto value = [&](std::size_t t) {
    return (sample.known(t) ? static_cast<double>(sample.values[t]) : mean) / scale;
  };
  for (std::size_t t = order; t < sample.values.size(); ++t) {
    if (!sample.known(t)) continue;
    for (std::size_t j = 1; j <= order; ++j) row[j] = value(t - j);
    system.add(row, value(t));
  }
  return system;
}

}  // namespace

void Autoregression::fit(const SeriesSample& sample, std::span<float> parameters,
                         std::span<float> start) const {
  const double mean = sample.mean(), scale = mean > 0 ? mean : 1;
  float largest = 0;
  for (const float value : sample.values) largest = std::max(largest, std::isnan(value) ? 0.0F : value);
  std::fill(parameters.begin(), parameters.end(), 0.0F);
  std::fill(start.begin(), start.end(), static_cast<float>(mean));
  parameters[0] = static_cast<float>(mean);
  parameters[order_ + 1] = 2 * largest;
  const std::size_t allowed = std::min(order_, sample.count_known() / kValuesPerLag);
  if (allowed < 1) return;
  const LeastSquares system = regression(sample, allowed, mean, scale);
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t order = 0; order <= allowed; ++order) {
    const auto solution = system.solve(1e-8, order + 1);
    const double akaike = corrected_akaike(solution.squares, system.rows(), order + 1, 1);
    if (!(akaike < least)) continue;
    least = akaike;
    std::fill(parameters.begin() + 1, parameters.end() - 1, 0.0F);
    parameters[0] = static_cast<float>(solution.x[0] * scale);
    for (std::size_t j = 1; j <= order; ++j) parameters[j] = static_cast<float>(solution.x[j]);
  }
}

void Autoregression::observe(std::span<const float>, std::int64_t, float value,
                             std::span<float> state) const {
  std::copy_backward(state.begin(), state.end() - 1, state.end());
  state[0] = value;
}

void Autoregression::path(std::span<const float> parameters, std::int64_t, std::span<const float> state,
                          std::span<float> means) const {
  const float ceiling = std::max(parameters[order_ + 1], 2 * *std::max_element(state.begin(), state.end()));
  for (std::size_t h = 0; h < means.size(); ++h) {
    float mean = parameters[0];
    for (std::size_t j = 1; j <= order_; ++j)
      mean += parameters[j] * (j <= h ? means[h - j] : state[j - h - 1]);
    means[h] = std::clamp(mean, 0.0F, ceiling);
  }
}

}  // namespace restock::forecasting
