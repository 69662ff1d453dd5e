// ARIMA(1,0,1) around a mean for each phase of the season,
//
//     y_t = μ_p + n_t,   n_t = φ n_{t−1} + θ e_{t−1} + e_t,
//
// fitted by the conditional sum of squares (Box and Jenkins 1970, chapter 7): φ and θ in (−1, 1) by search,
// in turn with the means, in which errors are linear. The means need three seasons; before, one serves all
// phases.
#pragma once

#include "forecasting/classical/recursive_method.h"

namespace restock::forecasting {

class Arma final : public RecursiveMethod {
 public:
  explicit Arma(std::size_t season) : season_(season) {}
  std::size_t parameter_count() const override { return 2 + season_; }
  std::size_t state_size() const override { return 2; }
  void fit(const SeriesSample& sample, std::span<float> parameters, std::span<float> start) const override;
  void observe(std::span<const float> parameters, std::int64_t clock, float value,
               std::span<float> state) const override;
  void skip(std::span<const float> parameters, std::int64_t clock, std::span<float> state) const override;
  void path(std::span<const float> parameters, std::int64_t clock, std::span<const float> state,
            std::span<float> means) const override;

 private:
  std::size_t season_;
};

}  // namespace restock::forecasting
