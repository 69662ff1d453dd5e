// What is remembered of a series beside the memory of a network: exponential averages of its sales over
// about 10, 33 and 125 days (weeks and months: 5, 14 and 50), of every phase of its season, and of how far
// sales lay from their phase. From them come the scale by which a network sees the series on a day, and
// features that do not change when all sales are multiplied by a number.
//
// An average begins with what is typical of all series and weights past values by how long ago they were, so
// that one day is enough to speak of. Missing days change nothing; a day that ended with an empty shelf
// lowers no average.
#pragma once

#include <array>
#include <cstddef>

#include "forecasting/frequency.h"

namespace restock::forecasting {

class SeriesLevels {
 public:
  static constexpr std::size_t kLevels = 3, kDeviations = 2;
  static constexpr std::size_t kFeatures = kLevels + kDeviations + 1;

  /// `typical` is what a series is taken to sell a step before it has sold anything.
  SeriesLevels(Frequency frequency, float typical);

  std::size_t season() const noexcept { return season_; }
  /// Floats that one series needs.
  std::size_t size() const noexcept { return 2 * (kLevels + kDeviations + season_); }
  void start(float* memory) const;
  /// Takes in a step's sales, NaN where unknown; `phase` of the step in the season.
  void observe(float sales, bool stocked_out, std::size_t phase, float* memory) const;
  /// The level of the last weeks, but never below a tenth of that of the last months. Positive.
  float scale(const float* memory) const;
  /// Logarithms of the levels and deviations relative to the scale, and half that of the scale itself.
  void write_features(const float* memory, float* out) const;
  /// Logarithm of the level of a phase relative to the scale.
  float phase_feature(const float* memory, std::size_t phase) const;

 private:
  static constexpr std::size_t kFirstPhase = 2 * (kLevels + kDeviations);
  float phase_level(const float* memory, std::size_t phase) const;
  float deviation(const float* memory, std::size_t which) const;

  std::size_t season_;
  float typical_;
  std::array<float, kLevels> rates_;
};

}  // namespace restock::forecasting
