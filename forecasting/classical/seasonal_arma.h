// Seasonal ARIMA(1,0,1)(1,0,1)m around one mean (Box and Jenkins 1970, chapter 9):
//
//     y_t = μ + n_t,   (1 − φL)(1 − ΦL^m) n_t = (1 + θL)(1 + ΘL^m) e_t,
//
// L the step back, m the season. Fitted by the conditional sum of squares: φ, θ, Φ and Θ in (−1, 1) by
// search, in turn with the mean, in which errors are linear. Samples of less than three seasons, and a season
// of one step, are fitted without the seasonal part.
#pragma once

#include "forecasting/classical/recursive_method.h"

namespace restock::forecasting {

class SeasonalArma final : public RecursiveMethod {
 public:
  explicit SeasonalArma(std::size_t season) : season_(season) {}
  std::size_t parameter_count() const override { return 5; }
  std::size_t state_size() const override { return 2 * (season_ + 1); }
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
