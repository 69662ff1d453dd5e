#include "env/period/draw_table.h"

#include <algorithm>
#include <bit>

namespace restock::period {

namespace {

// Four cells a value leave less than a percent of the draws of a smooth law to be searched for; 2^9 cells are
// 4 KiB, 2^14 are 128 KiB, which the second-level cache still holds.
constexpr int kFewestCellBits = 9;
constexpr int kMostCellBits = 14;

int cell_bits(std::size_t values) {
  return std::clamp(static_cast<int>(std::bit_width(values)) + 2, kFewestCellBits, kMostCellBits);
}

}  // namespace

DrawTable::DrawTable(const QuantileTable& table)
    : first_(table.minimum()), thresholds_(table.thresholds().begin(), table.thresholds().end()) {
  const int bits = cell_bits(thresholds_.size());
  shift_ = 64 - bits;
  cells_.reserve(std::size_t{1} << bits);
  for (std::size_t index = 0; index < std::size_t{1} << bits; ++index) cells_.push_back(cell(index));
}

std::uint64_t DrawTable::cell(std::size_t index) const {
  const std::uint64_t lowest = std::uint64_t{index} << shift_;
  const std::uint64_t highest = lowest + ((std::uint64_t{1} << shift_) - 1);
  const auto found = std::lower_bound(thresholds_.begin(), thresholds_.end(), lowest);
  const auto first = static_cast<std::uint64_t>(found - thresholds_.begin());
  // The last threshold is 2^64 − 1 and is never passed: in the last cell it compares as any other.
  const bool several = found + 1 != thresholds_.end() && found[1] <= highest;
  const std::uint64_t threshold = std::min(*found, highest);
  const auto upper = static_cast<std::uint32_t>(ordered_upper_half(threshold));
  return std::uint64_t{upper} << 32 | first | (several ? kSearched : 0U);
}

}  // namespace restock::period
