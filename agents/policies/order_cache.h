// Orders that have been worked out before, by state: a table that many threads may use at once. Entries are
// overwritten where two states meet in one place, so it never grows and never has to be right about anything
// but what it holds.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "env/core/keyed_random.h"
#include "env/core/quantity.h"

namespace restock::policies {

class OrderCache {
 public:
  OrderCache() : entries_(std::make_unique<std::atomic<std::uint64_t>[]>(kEntries)) {}

  /// A name for the state; false where it does not fit into 48 bits.
  static bool name(std::span<const Quantity> state, std::uint64_t& key) noexcept {
    const auto bits = static_cast<unsigned>(kKeyBits / std::max<std::size_t>(1, state.size()));
    key = 0;
    for (const Quantity value : state) {
      if (value < 0 || value >= (Quantity{1} << bits)) return false;
      key = key << bits | static_cast<std::uint64_t>(value);
    }
    return true;
  }
  std::optional<Quantity> find(std::uint64_t key) const noexcept {
    const std::uint64_t entry = place_of(key).load(std::memory_order_relaxed);
    if (entry == 0 || entry >> kOrderBits != key) return std::nullopt;
    return static_cast<Quantity>(entry & kMostOrder) - 1;
  }
  void store(std::uint64_t key, Quantity order) noexcept {
    if (order + 1 > static_cast<Quantity>(kMostOrder)) return;
    place_of(key).store(key << kOrderBits | static_cast<std::uint64_t>(order + 1), std::memory_order_relaxed);
  }

 private:
  static constexpr std::size_t kEntries = std::size_t{1} << 16;
  static constexpr std::size_t kKeyBits = 48;
  static constexpr unsigned kOrderBits = 16;
  static constexpr std::uint64_t kMostOrder = (1U << kOrderBits) - 1;

  std::atomic<std::uint64_t>& place_of(std::uint64_t key) const noexcept {
    return entries_[mix64(key) & (kEntries - 1)];
  }

  std::unique_ptr<std::atomic<std::uint64_t>[]> entries_;  ///< 0: nothing yet; else key, and order + 1
};

}  // namespace restock::policies
