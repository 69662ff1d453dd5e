// The weights of the LSTM forecaster as one flat array, cut into named parts. A part is a row-major matrix
// [in × out], so that y = x · W. Gates stand in the order input, forget, cell, output.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "forecasting/series_levels.h"

namespace restock::forecasting {

/// Numbers of units of each layer.
struct LstmShape {
  std::size_t series = 0;  ///< that were learned from
  std::size_t known = 0;   ///< inputs known in advance
  std::size_t units = 0;
  std::size_t item = 0;        ///< numbers that tell series apart
  std::size_t columns = 0;     ///< of categories
  std::size_t categories = 0;  ///< rows of all columns
  std::size_t decoder = 0;
  std::size_t interval = 0;
  std::size_t levels = 0;

  static constexpr std::size_t kCategory = 4;  ///< numbers that tell the values of a column apart
  /// Sales, whether there were any, whether they are known, whether the shelf was empty; levels; next phase.
  static constexpr std::size_t kFirstLevel = 4, kNextPhase = kFirstLevel + SeriesLevels::kFeatures;
  static constexpr std::size_t kObserved = kNextPhase + 1;
  std::size_t inputs() const noexcept { return kObserved + known; }
  std::size_t embedding() const noexcept { return item + kCategory * columns; }
  bool operator==(const LstmShape&) const = default;
};

/// The parts, in the order in which they lie in the array.
enum class Part : std::uint8_t {
  item_embedding,        // [series + 1 × item]: row 0 for series not learned from
  category_embedding,    // [categories × kCategory]
  input,                 // [inputs × 4 units]
  input_embedding,       // [embedding × 4 units]
  recurrent,             // [units × 4 units]
  bias,                  // [1 × 4 units]
  decoder_state,         // [units × decoder]
  decoder_level,         // [SeriesLevels::kFeatures × decoder]
  decoder_known,         // [known × decoder]
  decoder_lead,          // [2 × decoder]
  decoder_phase,         // [1 × decoder]
  decoder_embedding,     // [embedding × decoder]
  decoder_bias,          // [1 × decoder]
  decoder_output,        // [decoder × 2]: log mean, log dispersion
  decoder_output_bias,   // [1 × 2]
  level_skip,            // [1 × SeriesLevels::kLevels + 1]: how far the log mean follows levels and phase
  interval_state,        // [units × interval]
  interval_feature,      // [3 × interval]
  interval_embedding,    // [embedding × interval]
  interval_bias,         // [1 × interval]
  interval_output,       // [interval × levels]
  interval_output_bias,  // [1 × levels]
  count
};
inline constexpr std::size_t kParts = static_cast<std::size_t>(Part::count);

struct PartLayout {
  std::string_view name;
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::size_t offset = 0;
  std::size_t size() const noexcept { return rows * columns; }
};
std::array<PartLayout, kParts> layout_of(const LstmShape& shape);

struct LstmWeights {
  LstmShape shape;
  std::vector<float> values;

  std::span<const float> part(Part part) const;
  std::span<float> part(Part part);
};

/// Weights to begin training with: uniform in ±1/√inputs by keyed draws, a forget bias of 1, and quantiles
/// that are spaced like those of a normal law.
LstmWeights initial_weights(const LstmShape& shape, std::span<const double> levels, std::uint64_t seed);

}  // namespace restock::forecasting
