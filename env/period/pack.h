// Several environments in one register: a Pack holds a 32-bit number of each, Words their 64-bit hashes and
// stream keys in two registers. 8 environments with AVX2, 4 without.
//
// The two registers of Words hold the lanes in the order in which interleaving two packs yields 64-bit words
// (lanes 0 1 4 5 and 2 3 6 7 with AVX2), so that going from one width to the other is one shuffle.
#pragma once

#ifdef __AVX2__
#include <immintrin.h>
#endif

#include <array>
#include <cstdint>
#include <span>

#include "env/core/keyed_random.h"
#include "env/period/draw_table.h"
#include "env/period/lanes.h"

namespace restock::period {

#ifdef __AVX2__
inline constexpr int kPackBytes = 32;
#else
inline constexpr int kPackBytes = 16;
#endif
inline constexpr int kPackLanes = kPackBytes / 4;

using Pack [[gnu::vector_size(kPackBytes)]] = std::int32_t;
using UnsignedPack [[gnu::vector_size(kPackBytes)]] = std::uint32_t;
using HalfWords [[gnu::vector_size(kPackBytes)]] = std::uint64_t;

struct Words {
  HalfWords low;
  HalfWords high;
};

/// Where lane `lane` stands in Words: entries below kPackLanes / 2 are in `low`.
constexpr int word_of_lane(int lane) {
  const int block = lane / 4;
  const int place = lane % 4;
  return (place >= 2 ? kPackLanes / 2 : 0) + 2 * block + place % 2;
}

#ifdef __AVX2__

inline Words interleaved(UnsignedPack lower, UnsignedPack upper) {
  return {(HalfWords)__builtin_shufflevector(lower, upper, 0, 8, 1, 9, 4, 12, 5, 13),
          (HalfWords)__builtin_shufflevector(lower, upper, 2, 10, 3, 11, 6, 14, 7, 15)};
}
inline Pack lower_halves(Words words) {
  return __builtin_shufflevector((Pack)words.low, (Pack)words.high, 0, 2, 8, 10, 4, 6, 12, 14);
}
inline Pack upper_halves(Words words) {
  return __builtin_shufflevector((Pack)words.low, (Pack)words.high, 1, 3, 9, 11, 5, 7, 13, 15);
}
/// The product of the lower halves.
inline HalfWords product_of_lower(HalfWords a, HalfWords b) {
  return (HalfWords)_mm256_mul_epu32((__m256i)a, (__m256i)b);
}
inline HalfWords gather(const std::uint64_t* from, HalfWords index) {
  return (HalfWords)_mm256_i64gather_epi64((const long long*)from, (__m256i)index, 8);
}
inline bool any_lane(Pack mask) {
  return _mm256_movemask_epi8((__m256i)mask) != 0;
}

#else

inline Words interleaved(UnsignedPack lower, UnsignedPack upper) {
  return {(HalfWords)__builtin_shufflevector(lower, upper, 0, 4, 1, 5),
          (HalfWords)__builtin_shufflevector(lower, upper, 2, 6, 3, 7)};
}
inline Pack lower_halves(Words words) {
  return __builtin_shufflevector((Pack)words.low, (Pack)words.high, 0, 2, 4, 6);
}
inline Pack upper_halves(Words words) {
  return __builtin_shufflevector((Pack)words.low, (Pack)words.high, 1, 3, 5, 7);
}
inline HalfWords product_of_lower(HalfWords a, HalfWords b) {
  return (a & 0xffff'ffffU) * (b & 0xffff'ffffU);
}
inline HalfWords gather(const std::uint64_t* from, HalfWords index) {
  return HalfWords{from[index[0]], from[index[1]]};
}
inline bool any_lane(Pack mask) {
  const auto halves = (HalfWords)mask;
  return (halves[0] | halves[1]) != 0;
}

#endif

/// mix64 of env/core/keyed_random.h in every word.
inline HalfWords mix_words(HalfWords x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

/// absorb(absorb(key, day), 0) of env/core/keyed_random.h: Stream::bits(day) of every key.
inline Words bits_of(const Words& keys, std::int64_t day) {
  const std::uint64_t of_day = absorbed_field(static_cast<std::uint64_t>(day));
  const std::uint64_t of_k = absorbed_field(0);
  return {mix_words(mix_words(keys.low + of_day) + of_k), mix_words(mix_words(keys.high + of_day) + of_k)};
}

template <>
struct Lanes<Pack> {
  using Hash = Words;
  static constexpr int kCount = kPackLanes;

  static Pack all(std::int64_t value) { return Pack{} + Lanes<std::int32_t>::all(value); }
  static Pack indicator(Pack mask) { return -mask; }
  static Pack quotient(Pack a, Pack b) { return a / b; }
  static std::int64_t value(const Pack& pack, int lane) { return pack[lane]; }
  static Hash start_hash() { return {HalfWords{} + kLedgerHashStart, HalfWords{} + kLedgerHashStart}; }
  static std::uint64_t hash(const Hash& hash, int lane) {
    const int word = word_of_lane(lane);
    return word < kPackLanes / 2 ? hash.low[word] : hash.high[word - kPackLanes / 2];
  }
  /// absorb_close in every lane; quantities of 31 bits are their own fold.
  static Hash absorb(const Hash& hash, Pack on_hand, Pack backlog, Pack on_order, Pack demanded) {
    const Words close = interleaved(pair_of(on_hand, backlog), pair_of(on_order, demanded));
    return {absorb_half(hash.low ^ close.low), absorb_half(hash.high ^ close.high)};
  }
  template <class Pipeline, class Draws>
  static void place_apart(Pipeline& pipeline, std::int64_t day, const Pack& quantity, const Draws& draws) {
    if (!any_lane(quantity > 0)) return;
    const Pack lead_time = draws.lead_time(day);
    for (int lane = 0; lane < kCount; ++lane) {
      const std::int64_t slot = ((day + lead_time[lane]) & pipeline.mask) * pipeline.stride;
      pipeline.units[slot][lane] += quantity[lane];
      pipeline.receipts[slot][lane] += quantity[lane] > 0;
    }
  }

 private:
  static UnsignedPack pair_of(Pack a, Pack b) { return (UnsignedPack)a + (UnsignedPack)b * kLedgerHashPair; }
  /// The halves swapped, times the factor.
  static HalfWords absorb_half(HalfWords word) {
    const HalfWords factor = HalfWords{} + kLedgerHashFactor;
    return product_of_lower(word >> 32, factor) + (product_of_lower(word, factor) << 32);
  }
};

/// `sample` of draw_table.h in every lane.
inline Pack sample(const TableView& table, const Words& bits) {
  const Words cells{gather(table.cells, bits.low >> table.shift),
                    gather(table.cells, bits.high >> table.shift)};
  const Pack threshold = upper_halves(cells);
  const Pack first = lower_halves(cells);
  const Pack upper = upper_halves(bits) ^ std::numeric_limits<std::int32_t>::min();
  const Pack is_searched = (upper == threshold) | (first < 0);
  Pack value = first - (upper > threshold);
  if (any_lane(is_searched)) [[unlikely]]
    for (int lane = 0; lane < kPackLanes; ++lane)
      if (is_searched[lane]) {
        const auto from = static_cast<std::uint32_t>(first[lane]) & ~kSearched;
        value[lane] = static_cast<std::int32_t>(search(table, Lanes<Pack>::hash(bits, lane), from));
      }
  return value + static_cast<std::int32_t>(table.first);
}

/// Demand and lead times from tables, each lane with streams of its own.
template <class Tables>
struct PackDraws {
  Words demand_keys;
  Words lead_time_keys;
  Tables demand_tables;
  TableView lead_time_table;

  Pack demand(std::int64_t day) const { return sample(demand_tables.of(day), bits_of(demand_keys, day)); }
  Pack lead_time(std::int64_t day) const { return sample(lead_time_table, bits_of(lead_time_keys, day)); }
};

}  // namespace restock::period
