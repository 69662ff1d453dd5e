// The times of a day's single customers, several at once: customer k comes at below(86,400,000, day, k) of
// the stream of its SKU (env/core/keyed_random.h), in milliseconds. A `stream_of_day` has absorbed the day
// already.
#pragma once

#include <cstdint>
#include <span>

#include "env/core/keyed_random.h"
#include "env/core/time.h"

namespace restock::period {

inline std::int64_t time_of_day(std::uint64_t stream_of_day, std::int64_t k) {
  const std::uint64_t bits = absorb(stream_of_day, static_cast<std::uint64_t>(k));
  return static_cast<std::int64_t>((static_cast<Wide>(bits) * kMillisecondsPerDay) >> 64);
}

/// The sum of the times of the customers 0 … count − 1.
std::int64_t sum_of_times(std::uint64_t stream_of_day, std::int64_t count);

/// Writes the times of the customers 0 … times.size() − 1, in any order, and returns their sum.
std::int64_t draw_times(std::uint64_t stream_of_day, std::span<std::uint32_t> times);

}  // namespace restock::period
