#include "forecasting/quantile_law.h"

#include <algorithm>
#include <cmath>

#include "env/core/check.h"

namespace restock::forecasting {

QuantileLaw::QuantileLaw(std::span<const double> levels, std::span<const float> quantiles)
    : levels_(levels), quantiles_(quantiles) {
  RESTOCK_CHECK(!levels.empty() && levels.size() == quantiles.size(), "{} levels, {} quantiles",
                levels.size(), quantiles.size());
}

double QuantileLaw::level_between(std::size_t i, double value) const {
  const auto lower = static_cast<double>(quantiles_[i - 1]), upper = static_cast<double>(quantiles_[i]);
  return levels_[i - 1] + (levels_[i] - levels_[i - 1]) * (value - lower) / (upper - lower);
}

double QuantileLaw::below(double value) const {
  const auto found = std::partition_point(quantiles_.begin(), quantiles_.end(),
                                          [&](float q) { return static_cast<double>(q) < value; });
  const auto i = static_cast<std::size_t>(found - quantiles_.begin());
  if (i == 0) return 0;
  return i == quantiles_.size() ? 1 : level_between(i, value);
}

double QuantileLaw::at_or_below(double value) const {
  const auto found = std::partition_point(quantiles_.begin(), quantiles_.end(),
                                          [&](float q) { return static_cast<double>(q) <= value; });
  const auto i = static_cast<std::size_t>(found - quantiles_.begin());
  if (i == 0) return 0;
  return i == quantiles_.size() ? 1 : level_between(i, value);
}

PlacedQuantile place_quantile(const QuantileLaw& law, double quantile, bool counted) {
  if (!counted) return {quantile, law.below(quantile), law.at_or_below(quantile)};
  const double unit = std::floor(quantile + 0.5);
  return {unit, law.below(unit - 0.5), law.below(unit + 0.5)};
}

}  // namespace restock::forecasting
