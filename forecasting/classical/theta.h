// The Theta method (Assimakopoulos and Nikolopoulos 2000, IJF 16(4)) in the form of Hyndman and Billah (2003,
// IJF 19(2), equation 4): simple exponential smoothing with a drift of half the slope b of the trend line,
//
//     expected_{n+h} = level_n + b/2 · (h − 1 + (1 − (1 − α)^n) / α),
//
// after a season is taken off that passes a test of the autocorrelation at its lag at 90 %, as in the
// competitions. Here it is additive: demand has zeros, and no factor brings back what they divide away.
#pragma once

#include "forecasting/classical/recursive_method.h"

namespace restock::forecasting {

class Theta final : public RecursiveMethod {
 public:
  explicit Theta(std::size_t season) : season_(season) {}
  std::size_t parameter_count() const override { return 2 + season_; }
  std::size_t state_size() const override { return 2; }
  void fit(const SeriesSample& sample, std::span<float> parameters, std::span<float> start) const override;
  void observe(std::span<const float> parameters, std::int64_t clock, float value,
               std::span<float> state) const override;
  void path(std::span<const float> parameters, std::int64_t clock, std::span<const float> state,
            std::span<float> means) const override;

 private:
  std::size_t season_;
};

}  // namespace restock::forecasting
