#include "forecasting/series_levels.h"

#include <algorithm>
#include <cmath>

#include "forecasting/lstm_kernels.h"

namespace restock::forecasting {

namespace {

constexpr std::array<float, SeriesLevels::kDeviations> kDeviationRates{0.1F, 0.03F};
constexpr float kPhaseRate = 0.15F;
constexpr float kStartWeight = 0.01F;                          ///< of what is typical
constexpr float kPhasePrior = 0.15F;                           ///< weight of the level in that of a phase
constexpr float kDeviationPrior = 0.1F;                        ///< weight of Poisson's law in a deviation
constexpr float kSmallestScale = 0.02F;                        ///< units
constexpr float kLevelFloor = 0.05F, kDeviationFloor = 0.02F;  ///< of the scale

/// An exponential average as a weighted sum and the sum of its weights.
void add(float rate, float value, float* sum_and_weight) {
  sum_and_weight[0] += rate * (value - sum_and_weight[0]);
  sum_and_weight[1] += rate * (1 - sum_and_weight[1]);
}

float average(const float* sum_and_weight) {
  return sum_and_weight[0] / sum_and_weight[1];
}

float relative(float level, float scale, float floor) {
  return logarithm((level + floor * scale) / ((1 + floor) * scale));
}

}  // namespace

SeriesLevels::SeriesLevels(Frequency frequency, float typical)
    : season_(season_of(frequency)),
      typical_(typical),
      rates_(frequency == Frequency::day ? std::array{0.1F, 0.03F, 0.008F} : std::array{0.2F, 0.07F, 0.02F}) {
}

void SeriesLevels::start(float* memory) const {
  std::fill_n(memory, size(), 0.0F);
  for (std::size_t k = 0; k < kLevels; ++k) {
    memory[2 * k] = kStartWeight * typical_;
    memory[2 * k + 1] = kStartWeight;
  }
}

void SeriesLevels::observe(float sales, bool stocked_out, std::size_t phase, float* memory) const {
  if (std::isnan(sales)) return;
  const auto at_least = [&](float level) { return stocked_out ? std::max(sales, level) : sales; };
  const float expected = phase_level(memory, phase);
  float* const deviations = memory + 2 * kLevels;
  for (std::size_t k = 0; k < kDeviations && !stocked_out; ++k)
    add(kDeviationRates[k], std::abs(sales - expected), deviations + 2 * k);
  add(kPhaseRate, at_least(expected), memory + kFirstPhase + 2 * phase);
  for (std::size_t k = 0; k < kLevels; ++k) add(rates_[k], at_least(average(memory + 2 * k)), memory + 2 * k);
}

float SeriesLevels::scale(const float* memory) const {
  return std::max({average(memory + 2), 0.1F * average(memory + 4), kSmallestScale});
}

float SeriesLevels::phase_level(const float* memory, std::size_t phase) const {
  const float* own = memory + kFirstPhase + 2 * phase;
  return (own[0] + kPhasePrior * average(memory + 2)) / (own[1] + kPhasePrior);
}

float SeriesLevels::deviation(const float* memory, std::size_t which) const {
  const float* own = memory + 2 * (kLevels + which);
  const float poisson = std::sqrt(std::max(average(memory + 2), 1e-3F));
  return (own[0] + kDeviationPrior * poisson) / (own[1] + kDeviationPrior);
}

void SeriesLevels::write_features(const float* memory, float* out) const {
  const float s = scale(memory);
  for (std::size_t k = 0; k < kLevels; ++k) *out++ = relative(average(memory + 2 * k), s, kLevelFloor);
  for (std::size_t k = 0; k < kDeviations; ++k) *out++ = relative(deviation(memory, k), s, kDeviationFloor);
  *out = 0.5F * logarithm(s);
}

float SeriesLevels::phase_feature(const float* memory, std::size_t phase) const {
  return relative(phase_level(memory, phase), scale(memory), kLevelFloor);
}

}  // namespace restock::forecasting
