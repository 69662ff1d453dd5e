#include "forecasting/classical/intermittent.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace restock::forecasting {

namespace {

// parameters: smoothing of sizes, smoothing of intervals or probabilities
// state: size, interval (TSB: probability), steps since the last demand
constexpr std::array<float, 5> kSmoothing{0.05F, 0.1F, 0.15F, 0.2F, 0.3F};

}  // namespace

void Intermittent::fit(const SeriesSample& sample, std::span<float> parameters,
                       std::span<float> start) const {
  double sum = 0, demands = 0, steps = 0;
  for (std::size_t t = 0; t < sample.values.size(); ++t) {
    if (!sample.known(t)) continue;
    ++steps;
    if (sample.values[t] > 0) sum += static_cast<double>(sample.values[t]), ++demands;
  }
  start[0] = demands > 0 ? static_cast<float>(sum / demands) : 0.0F;
  const double interval = demands > 0 ? steps / demands : 1;
  start[1] = static_cast<float>(kind_ == IntermittentKind::tsb ? 1 / interval : interval);
  start[2] = 0;
  double least = std::numeric_limits<double>::infinity();
  for (const float smoothing : kSmoothing) {
    const std::array<float, 2> tried{smoothing, smoothing};
    const double error = squared_error(sample, tried, start);
    if (error < least) {
      least = error;
      std::copy(tried.begin(), tried.end(), parameters.begin());
    }
  }
}

double Intermittent::squared_error(const SeriesSample& sample, std::span<const float> parameters,
                                   std::span<const float> start) const {
  std::array<float, 3> state{};
  std::copy(start.begin(), start.end(), state.begin());
  double sum = 0;
  for (std::size_t t = 0; t < sample.values.size(); ++t) {
    if (!sample.known(t)) continue;
    float mean = 0;
    path(parameters, 0, state, {&mean, 1});
    const auto error = static_cast<double>(sample.values[t] - mean);
    sum += error * error;
    observe(parameters, 0, sample.values[t], state);
  }
  return sum;
}

void Intermittent::observe(std::span<const float> parameters, std::int64_t, float value,
                           std::span<float> state) const {
  state[2] += 1;
  if (kind_ == IntermittentKind::tsb) state[1] += parameters[1] * ((value > 0 ? 1.0F : 0.0F) - state[1]);
  if (!(value > 0)) return;
  state[0] += parameters[0] * (value - state[0]);
  if (kind_ != IntermittentKind::tsb) state[1] += parameters[1] * (state[2] - state[1]);
  state[2] = 0;
}

void Intermittent::path(std::span<const float> parameters, std::int64_t, std::span<const float> state,
                        std::span<float> means) const {
  float mean = kind_ == IntermittentKind::tsb ? state[0] * state[1] : state[0] / std::max(state[1], 1.0F);
  if (kind_ == IntermittentKind::sba) mean *= 1 - parameters[1] / 2;
  std::fill(means.begin(), means.end(), mean);
}

}  // namespace restock::forecasting
