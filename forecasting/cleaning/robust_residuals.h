// What is usual for a step of one series, and how far its sales lie from that, in numbers that a few wild
// values cannot move.
//
// Usual is the median of sales on the same phase of the season, some seasons before and after; where fewer
// than three are known, of all steps around. A residual is log(1 + sales) − log(1 + usual); its scale is
// 1.4826 times the median absolute residual (Hampel 1974, JASA 69), not less than the mean absolute residual,
// 0.1, or half of what counts vary by chance alone (√usual / (1 + usual)). Only sales above 0 count: zeros
// are how slow items sell, and say nothing of the others.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace restock::forecasting {

struct Neighbourhood {
  std::size_t season = 7;   ///< steps
  std::size_t seasons = 4;  ///< before and after
};

/// The lower median of sales around `step`, by phase where three or more are known there; zeros count where
/// `zeros`. NaN where nothing is known.
double usual_sales(std::span<const double> sales, std::size_t step, const Neighbourhood& around, bool zeros);

struct RobustResiduals {
  std::vector<double> usual;     ///< by step; NaN where sales are unknown or 0
  std::vector<double> residual;  ///< likewise
  double scale = 0;              ///< of all steps, before chance

  double scale_at(std::size_t step) const;
  double deviations(std::size_t step) const { return residual[step] / scale_at(step); }
  /// Sales that lie so many deviations from the usual.
  double bound(std::size_t step, double deviations) const;
};

/// sales[t]: NaN where unknown. nullopt where fewer than `fewest` are above 0.
std::optional<RobustResiduals> robust_residuals(std::span<const double> sales, const Neighbourhood& around,
                                                std::size_t fewest = 30);

}  // namespace restock::forecasting
