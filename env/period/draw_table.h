// The law of a whole number for kernels: one load, one comparison, no floating point, the same value as
// QuantileTable::sample for the same 64 bits.
//
// The upper bits of a draw name a cell. Most cells hold at most one of the law's thresholds, so a draw from
// them is the cell's first value or the next one, by comparison of the upper halves. Draws from the few cells
// that hold several (tails), and those whose upper half equals the threshold's (2^-32), are searched for.
#pragma once

#include <cstdint>
#include <vector>

#include "env/core/laws/table.h"
#include "env/period/host_device.h"

namespace restock::period {

/// What a kernel reads of a table; the memory belongs to a DrawTable or to the device.
struct TableView {
  /// Upper half: the threshold's upper half with its highest bit flipped, so that signed comparison orders
  /// it. Lower half: the first value of the cell, counted from `first`; negative where it must be searched
  /// for.
  const std::uint64_t* cells = nullptr;
  const std::uint64_t* thresholds = nullptr;  ///< of QuantileTable
  std::int64_t first = 0;                     ///< the smallest value
  std::int32_t count = 0;                     ///< thresholds
  std::int32_t shift = 0;                     ///< 64 − the number of bits that name a cell
};

inline constexpr std::uint32_t kSearched = 0x8000'0000U;

/// The upper half of a word, in signed order.
RESTOCK_HOST_DEVICE constexpr std::int32_t ordered_upper_half(std::uint64_t word) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(word >> 32) ^ 0x8000'0000U);
}

/// The smallest k >= `from` with bits <= thresholds[k].
RESTOCK_HOST_DEVICE inline std::int64_t search(const TableView& table, std::uint64_t bits,
                                               std::int64_t from) {
  std::int64_t low = from - 1;
  std::int64_t high = table.count - 1;
  for (std::int64_t step = 1; low + step < high; step *= 2) {  // tails fall off fast: look near first
    if (bits <= table.thresholds[low + step]) {
      high = low + step;
      break;
    }
    low += step;
  }
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (bits <= table.thresholds[middle] ? high : low) = middle;
  }
  return high;
}

RESTOCK_HOST_DEVICE inline std::int64_t sample(const TableView& table, std::uint64_t bits) {
  const std::uint64_t cell = table.cells[bits >> table.shift];
  const auto threshold = static_cast<std::int32_t>(static_cast<std::uint32_t>(cell >> 32));
  const auto first = static_cast<std::uint32_t>(cell);
  const std::int32_t upper = ordered_upper_half(bits);
  if (upper == threshold || first >= kSearched) return table.first + search(table, bits, first & ~kSearched);
  return table.first + first + (upper > threshold ? 1 : 0);
}

/// Fetches what a draw will read: of many tables in turn each is likely to have left the cache.
inline void prefetch(const TableView& table, std::uint64_t bits) {
  __builtin_prefetch(&table.cells[bits >> table.shift]);
}

/// Owns what a TableView shows.
class DrawTable {
 public:
  explicit DrawTable(const QuantileTable& table);
  TableView view() const noexcept {
    return {cells_.data(), thresholds_.data(), first_, static_cast<std::int32_t>(thresholds_.size()), shift_};
  }
  std::int64_t minimum() const noexcept { return first_; }
  std::int64_t maximum() const noexcept { return first_ + static_cast<std::int64_t>(thresholds_.size()) - 1; }
  std::size_t cells() const noexcept { return cells_.size(); }

 private:
  std::uint64_t cell(std::size_t index) const;

  std::int64_t first_;
  std::int32_t shift_;
  std::vector<std::uint64_t> thresholds_;
  std::vector<std::uint64_t> cells_;
};

}  // namespace restock::period
