// What a forecaster may offer besides sums: the law of every single coming step.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace restock::forecasting {

/// Stands beside `Forecaster` among the bases of a class.
class StepwiseForecaster {
 public:
  virtual ~StepwiseForecaster() = default;
  /// The steps `day` … `day + horizon − 1`, seen from the morning of `day`: mean[n × horizon] and
  /// quantiles[n × horizon × levels.size()] at increasing levels in (0, 1).
  virtual void predict_steps(std::int64_t day, std::span<const std::int32_t> series, std::size_t horizon,
                             std::span<const double> levels, std::span<const float> state,
                             std::span<float> mean, std::span<float> quantiles) const = 0;
};

}  // namespace restock::forecasting
