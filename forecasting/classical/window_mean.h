// Forecasts that are means of the last values: of all in a window (naive where it holds one, moving average),
// or of those in the same phase of the season (seasonal naive where each phase is kept once; the mean of the
// same weekday). What is wanted of a step is the mean of the values kept at a distance of whole strides.
#pragma once

#include "forecasting/classical/recursive_method.h"

namespace restock::forecasting {

class WindowMean final : public RecursiveMethod {
 public:
  /// Keeps `strides` values of each of `stride` phases; stride 1: all values are alike.
  WindowMean(std::size_t stride, std::size_t strides) : stride_(stride), window_(stride * strides) {}
  std::size_t parameter_count() const override { return 1; }
  std::size_t state_size() const override { return window_; }
  void fit(const SeriesSample& sample, std::span<float> parameters, std::span<float> start) const override;
  void observe(std::span<const float> parameters, std::int64_t clock, float value,
               std::span<float> state) const override;
  void path(std::span<const float> parameters, std::int64_t clock, std::span<const float> state,
            std::span<float> means) const override;

 private:
  std::size_t stride_, window_;
};

}  // namespace restock::forecasting
