#include "env/period/customer_times.h"

#include <cstring>
#include <numeric>

#include "env/period/pack.h"

namespace restock::period {

namespace {

/// The times of a day's customers, as many at once as a pack has lanes.
class DayTimes {
 public:
  explicit DayTimes(std::uint64_t stream_of_day) {
    for (int lane = 0; lane < kHalf; ++lane) {
      next_.low[lane] = stream_of_day + absorbed_field(static_cast<std::uint64_t>(lane));
      next_.high[lane] = stream_of_day + absorbed_field(static_cast<std::uint64_t>(lane + kHalf));
    }
  }
  /// Of the next customers, in any order.
  Words next() {
    constexpr std::uint64_t step = kPackLanes * (absorbed_field(1) - absorbed_field(0));
    const Words times{time_of(mix_words(next_.low)), time_of(mix_words(next_.high))};
    next_.low += step;
    next_.high += step;
    return times;
  }

 private:
  static constexpr int kHalf = kPackLanes / 2;
  /// The upper half of the 128-bit product with the milliseconds of a day.
  static HalfWords time_of(HalfWords bits) {
    const HalfWords day = HalfWords{} + static_cast<std::uint64_t>(kMillisecondsPerDay);
    return (product_of_lower(bits >> 32, day) + (product_of_lower(bits, day) >> 32)) >> 32;
  }

  Words next_;
};

}  // namespace

std::int64_t sum_of_times(std::uint64_t stream_of_day, std::int64_t count) {
  DayTimes day(stream_of_day);
  Words sums{};
  std::int64_t k = 0;
  for (; k + kPackLanes <= count; k += kPackLanes) {
    const Words times = day.next();
    sums.low += times.low;
    sums.high += times.high;
  }
  std::int64_t sum = 0;
  for (int lane = 0; lane < kPackLanes; ++lane)
    sum += static_cast<std::int64_t>(Lanes<Pack>::hash(sums, lane));
  for (; k < count; ++k) sum += time_of_day(stream_of_day, k);
  return sum;
}

std::int64_t draw_times(std::uint64_t stream_of_day, std::span<std::uint32_t> times) {
  DayTimes day(stream_of_day);
  std::size_t k = 0;
  for (; k + kPackLanes <= times.size(); k += kPackLanes) {
    const Pack drawn = lower_halves(day.next());
    std::memcpy(&times[k], &drawn, sizeof drawn);
  }
  for (; k < times.size(); ++k)
    times[k] = static_cast<std::uint32_t>(time_of_day(stream_of_day, static_cast<std::int64_t>(k)));
  return std::accumulate(times.begin(), times.end(), std::int64_t{0});
}

}  // namespace restock::period
