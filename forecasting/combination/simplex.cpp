#include "forecasting/combination/simplex.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace restock::forecasting {

namespace {

constexpr int kSteps = 200;
constexpr double kRate = 4;

double combined(const CombinedCases& cases, std::size_t i, std::span<const double> weights) {
  double sum = 0;
  for (std::size_t m = 0; m < cases.members; ++m)
    sum += weights[m] * static_cast<double>(cases.forecasts[i * cases.members + m]);
  return sum;
}

/// Loss of one case and how it changes with the forecast.
std::pair<double, double> loss_of(double error, double level) {
  if (level == 0) return {error * error, -2 * error};
  return {error > 0 ? level * error : (level - 1) * error, error > 0 ? -level : 1 - level};
}

/// Loss; adds its gradient.
double loss_and_gradient(const CombinedCases& cases, std::span<const double> weights,
                         std::span<double> gradient) {
  std::fill(gradient.begin(), gradient.end(), 0.0);
  double sum = 0;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const double error = static_cast<double>(cases.truths[i]) - combined(cases, i, weights);
    const auto [loss, slope] = loss_of(error, static_cast<double>(cases.levels[i]));
    const auto weight = static_cast<double>(cases.weights[i]);
    sum += weight * loss;
    for (std::size_t m = 0; m < gradient.size(); ++m)
      gradient[m] += weight * slope * static_cast<double>(cases.forecasts[i * cases.members + m]);
  }
  return sum;
}

/// Multiplies each weight by exp(−rate · gradient), rates in units of the largest difference of gradients.
void step(std::vector<double>& weights, std::span<const double> gradient, double rate) {
  const auto [low, high] = std::minmax_element(gradient.begin(), gradient.end());
  const double range = *high - *low;
  if (!(range > 0) || !std::isfinite(range)) return;
  double total = 0;
  for (std::size_t m = 0; m < weights.size(); ++m)
    total += weights[m] *= std::exp(-rate * (gradient[m] - *low) / range);
  for (double& weight : weights) weight /= total;
}

}  // namespace

void CombinedCases::add(std::span<const float> said, float truth, float weight, float level) {
  forecasts.insert(forecasts.end(), said.begin(), said.end());
  truths.push_back(truth);
  weights.push_back(weight);
  levels.push_back(level);
}

double combined_loss(const CombinedCases& cases, std::span<const double> weights) {
  std::vector<double> gradient(cases.members);
  return loss_and_gradient(cases, weights, gradient) / static_cast<double>(cases.size());
}

std::vector<double> best_weights(const CombinedCases& cases) {
  std::vector<double> weights(cases.members, 1 / static_cast<double>(cases.members));
  if (cases.size() == 0) return weights;
  std::vector<double> best = weights, gradient(cases.members);
  double least = std::numeric_limits<double>::infinity();
  const auto keep = [&](const std::vector<double>& tried, double loss) {
    if (loss < least) least = loss, best = tried;
  };
  for (int i = 0; i < kSteps; ++i) {
    keep(weights, loss_and_gradient(cases, weights, gradient));
    step(weights, gradient, kRate / (1 + i));
  }
  for (std::size_t m = 0; m < cases.members; ++m) {
    std::vector<double> alone(cases.members);
    alone[m] = 1;
    keep(alone, loss_and_gradient(cases, alone, gradient));
  }
  return best;
}

}  // namespace restock::forecasting
