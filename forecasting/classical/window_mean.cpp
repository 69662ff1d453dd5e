#include "forecasting/classical/window_mean.h"

#include <algorithm>

namespace restock::forecasting {

namespace {

constexpr float kUnknown = -1;

}  // namespace

void WindowMean::fit(const SeriesSample& sample, std::span<float> parameters, std::span<float> start) const {
  parameters[0] = static_cast<float>(sample.mean());
  std::fill(start.begin(), start.end(), kUnknown);
}

void WindowMean::observe(std::span<const float>, std::int64_t clock, float value,
                         std::span<float> state) const {
  state[phase_of(clock, window_)] = value;
}

void WindowMean::path(std::span<const float> parameters, std::int64_t clock, std::span<const float> state,
                      std::span<float> means) const {
  for (std::size_t h = 0; h < means.size(); ++h) {
    if (h >= stride_) {
      means[h] = means[h - stride_];
      continue;
    }
    double sum = 0, known = 0;
    for (std::size_t i = phase_of(clock + static_cast<std::int64_t>(h), stride_); i < window_; i += stride_) {
      if (state[i] != kUnknown) sum += static_cast<double>(state[i]), ++known;
    }
    means[h] = known > 0 ? static_cast<float>(sum / known) : parameters[0];
  }
}

}  // namespace restock::forecasting
