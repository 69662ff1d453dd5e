#include "forecasting/cleaning/robust_residuals.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace restock::forecasting {

namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr double kLeastScale = 0.1;
constexpr std::size_t kFewestOfPhase = 3;

/// The lower one of two, so that it is one of the values; reorders them.
double median(std::vector<double>& values) {
  if (values.empty()) return kUnknown;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

double usual_sales(std::span<const double> sales, std::size_t step, const Neighbourhood& around, bool zeros) {
  const std::size_t reach = around.season * around.seasons;
  const std::size_t from = step - std::min(step, reach), to = std::min(sales.size(), step + reach + 1);
  std::vector<double> same, all;
  for (std::size_t t = from; t < to; ++t) {
    if (std::isnan(sales[t]) || sales[t] < 0 || (!zeros && sales[t] == 0)) continue;
    all.push_back(sales[t]);
    if ((t > step ? t - step : step - t) % around.season == 0) same.push_back(sales[t]);
  }
  return same.size() >= kFewestOfPhase ? median(same) : median(all);
}

double RobustResiduals::scale_at(std::size_t step) const {
  return std::max(scale, 0.5 * std::sqrt(usual[step]) / (1 + usual[step]));
}

double RobustResiduals::bound(std::size_t step, double deviations) const {
  return (1 + usual[step]) * std::exp(deviations * scale_at(step)) - 1;
}

std::optional<RobustResiduals> robust_residuals(std::span<const double> sales, const Neighbourhood& around,
                                                std::size_t fewest) {
  RobustResiduals result{std::vector<double>(sales.size(), kUnknown), {}, 0};
  result.residual = result.usual;
  std::vector<double> sizes;
  double sum = 0;
  for (std::size_t t = 0; t < sales.size(); ++t) {
    if (std::isnan(sales[t]) || sales[t] <= 0) continue;
    result.usual[t] = usual_sales(sales, t, around, false);
    result.residual[t] = std::log1p(sales[t]) - std::log1p(result.usual[t]);
    sizes.push_back(std::fabs(result.residual[t]));
    sum += sizes.back();
  }
  if (sizes.size() < fewest) return std::nullopt;
  const double mean = sum / static_cast<double>(sizes.size());
  result.scale = std::max({1.4826 * median(sizes), mean, kLeastScale});
  return result;
}

}  // namespace restock::forecasting
