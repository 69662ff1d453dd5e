// Autoregression by ordinary least squares: y_t = c + Σ φ_j y_{t−j} + e. The order is the one with the least
// corrected Akaike criterion among those up to `largest_order`, all fitted to the same steps; coming steps
// follow by the equation itself. The equation may explode, so means stay below twice the largest value seen.
#pragma once

#include "forecasting/classical/recursive_method.h"

namespace restock::forecasting {

class Autoregression final : public RecursiveMethod {
 public:
  explicit Autoregression(std::size_t largest_order) : order_(largest_order) {}
  std::size_t parameter_count() const override { return order_ + 2; }
  std::size_t state_size() const override { return order_; }
  void fit(const SeriesSample& sample, std::span<float> parameters, std::span<float> start) const override;
  void observe(std::span<const float> parameters, std::int64_t clock, float value,
               std::span<float> state) const override;
  void path(std::span<const float> parameters, std::int64_t clock, std::span<const float> state,
            std::span<float> means) const override;

 private:
  std::size_t order_;
};

}  // namespace restock::forecasting
