// The fingerprint of what happened to one SKU: a word for every day closed, in their order, and every count
// of the ledger at the end. Two engines that agree on it agree on every day.
//
// A day costs one multiplication, so that simulators which make a hundred million days a second can afford it
// (env/period). Both steps are bijections of the hash for a given day and of the day for a given hash: no
// difference of a single day can get lost again. The rotation takes what has reached the upper half back to
// the lower one, where the next multiplication spreads it.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <type_traits>

#include "env/core/keyed_random.h"

namespace restock {

/// Where the fingerprint of a SKU starts, so that days without stock and demand count too.
inline constexpr std::uint64_t kLedgerHashStart = 0x9e3779b97f4a7c15;
/// An odd factor of 32 bits: two such products make one of 64 bits where registers hold many of them.
inline constexpr std::uint64_t kLedgerHashFactor = 0x9e3779b1;

/// A quantity that is not negative in 32 bits: itself where it fits, else with its upper half folded in.
constexpr std::uint32_t folded(std::int64_t quantity) noexcept {
  const auto bits = static_cast<std::uint64_t>(quantity);
  return static_cast<std::uint32_t>(bits) ^ static_cast<std::uint32_t>((bits >> 32) * kLedgerHashFactor);
}

/// Of the second of two folded quantities in one word; odd, and its small multiples lie far apart.
inline constexpr std::uint32_t kLedgerHashPair = 0x85ebca6b;

/// Two folded quantities in one word.
constexpr std::uint32_t paired(std::uint32_t a, std::uint32_t b) noexcept {
  return a + b * kLedgerHashPair;
}

/// Absorbs a day's close: lower = paired(on_hand, backlog), upper = paired(on_order, demanded on that day).
constexpr std::uint64_t absorb_close(std::uint64_t hash, std::uint32_t lower, std::uint32_t upper) noexcept {
  const std::uint64_t word = hash ^ (lower | static_cast<std::uint64_t>(upper) << 32);
  return (word << 32 | word >> 32) * kLedgerHashFactor;
}

/// Absorbs a day's close.
constexpr std::uint64_t absorb_close(std::uint64_t hash, std::int64_t on_hand, std::int64_t backlog,
                                     std::int64_t on_order, std::int64_t demanded) noexcept {
  return absorb_close(hash, paired(folded(on_hand), folded(backlog)),
                      paired(folded(on_order), folded(demanded)));
}

/// Absorbs every count of a ledger (a struct of 64-bit fields alone) by its place, leaving out zeros: a count
/// that is appended one day does not change the hash of a scenario that never uses it.
template <class Counts>
constexpr std::uint64_t absorb_counts(std::uint64_t hash, const Counts& counts) noexcept {
  static_assert(std::is_trivially_copyable_v<Counts> && sizeof(Counts) % sizeof(std::uint64_t) == 0);
  using Words = std::array<std::uint64_t, sizeof(Counts) / sizeof(std::uint64_t)>;
  const auto words = std::bit_cast<Words>(counts);
  for (std::size_t place = 0; place < words.size(); ++place)
    if (words[place] != 0) hash = absorb(absorb(hash, place + 1), words[place]);
  return hash;
}

}  // namespace restock
