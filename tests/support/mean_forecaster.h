// A forecaster whose forecast of a day is a running mean of sales, with quantiles as of a Poisson law.
#pragma once

#include <algorithm>
#include <cmath>

#include "env/core/forecaster.h"
#include "env/core/laws/portable_math.h"

namespace restock::testing {

class MeanForecaster final : public Forecaster {
 public:
  explicit MeanForecaster(std::size_t series) : series_(series) {}
  std::string_view name() const override { return "mean"; }
  std::size_t series_count() const override { return series_; }
  std::size_t state_size() const override { return 1; }
  void start(std::span<const std::int32_t>, std::span<float> state) const override {
    std::fill(state.begin(), state.end(), 2.0F);
  }
  void advance(std::int64_t, std::span<const std::int32_t>, std::span<const float> sales,
               std::span<const std::uint8_t>, std::span<float> state) const override {
    for (std::size_t i = 0; i < sales.size(); ++i) state[i] += 0.1F * (sales[i] - state[i]);
  }
  void predict(std::int64_t, std::span<const std::int32_t>, std::span<const std::int32_t> days,
               std::span<const double> levels, std::span<const float> state, std::span<float> mean,
               std::span<float> quantiles) const override {
    for (std::size_t i = 0; i < days.size(); ++i) {
      mean[i] = state[i] * static_cast<float>(days[i]);
      const double deviation = std::sqrt(static_cast<double>(mean[i]));
      for (std::size_t k = 0; k < levels.size(); ++k)
        quantiles[i * levels.size() + k] =
            mean[i] + static_cast<float>(deviation * portable::normal_quantile(levels[k]));
    }
  }

 private:
  std::size_t series_;
};

}  // namespace restock::testing
