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

void Coverage::add(double actual, double quantile, double level, double below, double at_or_below) noexcept {
  if (std::isnan(actual)) return;
  add(actual, quantile);
  const double mass = at_or_below - below;
  const double share = mass > 0 ? std::clamp((level - below) / mass, 0.0, 1.0) : 0.5;
  randomised_.add(actual < quantile ? 1 : actual == quantile ? share : 0);
}

void Coverage::add(const Coverage& other) noexcept {
  below_.add(other.below_);
  at_or_below_.add(other.at_or_below_);
  randomised_.add(other.randomised_);
}

double crps_of_quantiles(double actual, std::span<const double> levels, std::span<const float> quantiles) {
  RESTOCK_CHECK(!levels.empty() && levels.size() == quantiles.size(), "{} levels, {} quantiles",
                levels.size(), quantiles.size());
  double sum = 0, level = 0, before = 0;
  for (std::size_t i = 0; i <= levels.size(); ++i) {
    const std::size_t k = std::min(i, levels.size() - 1);
    const double next = i < levels.size() ? levels[i] : 1;
    const auto quantile = static_cast<double>(quantiles[k]);
    if (i == 0) before = pinball_loss(actual, quantile, 0);
    const double now = pinball_loss(actual, quantile, next);
    sum += (next - level) * (before + now) / 2;
    before = now;
    level = next;
  }
  return 2 * sum;
}

double crps_of_samples(double actual, std::vector<double> samples) {
  RESTOCK_CHECK(!samples.empty(), "no samples");
  std::sort(samples.begin(), samples.end());
  const auto n = static_cast<double>(samples.size());
  double distance = 0, spread = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    distance += std::fabs(samples[i] - actual);
    spread += (2 * static_cast<double>(i) + 1 - n) * samples[i];
  }
  return distance / n - spread / (n * n);
}

void Bias::add(double actual, double forecast) noexcept {
  if (std::isnan(actual) || std::isnan(forecast)) return;
  excess_ += forecast - actual;
  volume_ += actual;
}

double Bias::value() const noexcept {
  return volume_ == 0 ? kUndefined : excess_ / volume_;
}

}  // namespace restock::forecasting
