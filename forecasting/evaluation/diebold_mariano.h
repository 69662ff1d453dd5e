// Whether two forecasts differ in accuracy over time (Diebold and Mariano 1995, JBES 13(3)), with the
// correction for few observations of Harvey, Leybourne and Newbold 1997, IJF 13(2).
//
// Of T differences of losses d_t from forecasts up to h steps ahead: DM = mean / √(V / T), V = γ₀ + 2 Σ γ_k
// over lags k < h; DM* = DM · √((T + 1 − 2h + h(h − 1) / T) / T), held against Student's t with T − 1 degrees
// of freedom. Where V comes out as not positive, weights fall linearly with the lag (Bartlett), which keeps
// it so.
#pragma once

#include <cstddef>
#include <span>

namespace restock::forecasting {

struct DieboldMariano {
  double statistic = 0;   ///< DM*; NaN where it has no meaning: T <= h, or differences that are all the same
  double p_value = 0;     ///< two-sided; NaN likewise
  std::size_t steps = 0;  ///< T

  bool distinguishable() const { return p_value < 0.05; }
};

/// NaN among the differences are left out. `horizon` >= 1 is h.
DieboldMariano diebold_mariano(std::span<const double> differences, std::size_t horizon);

}  // namespace restock::forecasting
