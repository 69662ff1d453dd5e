#include "forecasting/accuracy.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "env/core/check.h"

namespace restock::forecasting {

namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

template <class Loss>
RunningMean mean_loss(std::span<const float> actual, std::span<const float> forecast, Loss loss) {
  RESTOCK_CHECK(actual.size() == forecast.size(), "{} values, {} forecasts", actual.size(), forecast.size());
  RunningMean mean;
  for (std::size_t i = 0; i < actual.size(); ++i) {
    const double error = static_cast<double>(actual[i]) - static_cast<double>(forecast[i]);
    if (!std::isnan(error)) mean.add(loss(error));
  }
  return mean;
}

}  // namespace

double RunningMean::value() const noexcept {
  return count_ == 0 ? kUndefined : sum_ / static_cast<double>(count_);
}

double seasonal_scale(std::span<const float> history, std::size_t season) {
  if (history.size() <= season) return kUndefined;
  return mean_loss(history.subspan(season), history.first(history.size() - season),
                   [](double e) { return std::fabs(e); })
      .value();
}

LagOneScale lag_one_scale(std::span<const float> history) {
  const auto sold =
      std::find_if(history.begin(), history.end(), [](float y) { return y != 0 && !std::isnan(y); });
  const auto active = history.subspan(static_cast<std::size_t>(sold - history.begin()));
  if (active.size() < 2) return {kUndefined, kUndefined};
  const auto now = active.subspan(1);
  const auto before = active.first(active.size() - 1);
  return {mean_absolute_error(now, before), root_mean_square_error(now, before)};
}

double mean_absolute_error(std::span<const float> actual, std::span<const float> forecast) {
  return mean_loss(actual, forecast, [](double e) { return std::fabs(e); }).value();
}

double root_mean_square_error(std::span<const float> actual, std::span<const float> forecast) {
  return std::sqrt(mean_loss(actual, forecast, [](double e) { return e * e; }).value());
}

double pinball_loss(double actual, double quantile, double level) noexcept {
  return actual > quantile ? level * (actual - quantile) : (1 - level) * (quantile - actual);
}

void WeightedQuantileLoss::add(double actual, double quantile, double level) noexcept {
  if (std::isnan(actual)) return;
  loss_ += pinball_loss(actual, quantile, level);
  volume_ += std::fabs(actual);
}

double WeightedQuantileLoss::value() const noexcept {
  return volume_ == 0 ? kUndefined : 2 * loss_ / volume_;
}

void Coverage::add(double actual, double quantile) noexcept {
  if (std::isnan(actual)) return;
  below_.add(actual < quantile ? 1 : 0);
  at_or_below_.add(actual <= quantile ? 1 : 0);
}

}  // namespace restock::forecasting
