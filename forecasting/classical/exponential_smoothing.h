// Exponential smoothing with additive errors, ETS(A, {N, A, Ad}, {N, A}) of Hyndman, Koehler, Ord and Snyder
// (2008, Forecasting with Exponential Smoothing, chapter 2). With p the phase of step t,
//
//     expected_t = level + φ·trend + season_p,      e = y_t − expected_t,
//     level += φ·trend + α·e,   trend = φ·trend + β·e,   season_p += γ·e.
//
// SES is ETS(A,N,N), Holt's method ETS(A,A,N), Holt–Winters ETS(A,A,A). α in (0, 1), β < α, γ < 1 − α and φ
// in [0.8, 0.98] (1 without damping) minimise the squared errors of one step, in turn with the first level,
// trend and season, in which errors are linear. Among several forms the least corrected Akaike criterion
// decides.
#pragma once

#include <array>
#include <vector>

#include "forecasting/classical/recursive_method.h"

namespace restock::forecasting {

struct EtsForm {
  bool trend = false;
  bool damped = false;
  bool seasonal = false;
};

/// One form fitted to a sample.
struct EtsFit {
  std::array<double, 4> numbers{0.1, 0, 0, 1};  ///< α, β, γ, φ
  std::vector<double> start;                    ///< level, trend, season by phase
  double squares = 0;                           ///< of the errors of one step
  double akaike = 0;
};
/// Seasonal forms need two seasons of known values and forms with a trend ten values; else they are fitted
/// without.
EtsFit fit_ets(const SeriesSample& sample, EtsForm form, std::size_t season);

class ExponentialSmoothing final : public RecursiveMethod {
 public:
  ExponentialSmoothing(std::vector<EtsForm> forms, std::size_t season)
      : forms_(std::move(forms)), season_(season) {}
  std::size_t parameter_count() const override { return 4; }
  std::size_t state_size() const override { return 2 + season_; }
  void fit(const SeriesSample& sample, std::span<float> parameters, std::span<float> start) const override;
  void observe(std::span<const float> parameters, std::int64_t clock, float value,
               std::span<float> state) const override;
  void path(std::span<const float> parameters, std::int64_t clock, std::span<const float> state,
            std::span<float> means) const override;

 private:
  std::vector<EtsForm> forms_;
  std::size_t season_;
};

/// Every form there is for a season of so many steps.
std::vector<EtsForm> every_ets_form(std::size_t season);

}  // namespace restock::forecasting
