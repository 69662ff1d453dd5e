// The weights of the LSTM forecaster as one flat array, cut into named parts. A part is a row-major matrix
// [in × out], so that y = x · W. Gates stand in the order input, forget, cell, output.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace restock::forecasting {

/// Numbers of units of each layer.
struct LstmShape {
  std::size_t series = 0;
  std::size_t known = 0;  ///< inputs known in advance
  std::size_t units = 0;
  std::size_t embedding = 0;
  std::size_t decoder = 0;
  std::size_t interval = 0;
  std::size_t levels = 0;

  static constexpr std::size_t kObserved = 4;  ///< sales, stock-out flag, fast and slow level
  std::size_t inputs() const noexcept { return kObserved + known; }
  bool operator==(const LstmShape&) const = default;
};

/// The parts, in the order in which they lie in the array.
enum class Part : std::uint8_t {
  embedding,             // [series × embedding]
  input,                 // [inputs × 4 units]
  input_embedding,       // [embedding × 4 units]
  recurrent,             // [units × 4 units]
  bias,                  // [1 × 4 units]
  decoder_state,         // [units × decoder]
  decoder_level,         // [2 × decoder]
  decoder_known,         // [known × decoder]
  decoder_lead,          // [2 × decoder]
  decoder_embedding,     // [embedding × decoder]
  decoder_bias,          // [1 × decoder]
  decoder_output,        // [decoder × 2]: log mean, log dispersion
  decoder_output_bias,   // [1 × 2]
  level_skip,            // [1 × 2]: how far the log mean follows the fast and the slow level
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
