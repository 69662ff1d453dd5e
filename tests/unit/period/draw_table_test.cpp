// A DrawTable gives what QuantileTable gives, for every kind of cell: alone and in packs.
#include "env/period/draw_table.h"

#include <catch2/catch.hpp>

#include "env/period/pack.h"

using namespace restock;

namespace {

std::vector<LawSpec> laws() {
  return {{"poisson", {{"mean", {5}}}},
          {"poisson", {{"mean", {0.01}}}},
          {"poisson", {{"mean", {4000}}}},
          {"geometric", {{"mean", {3}}}},
          {"negative_binomial", {{"mean", {50}}, {"variance", {20000}}}},
          {"gamma", {{"mean", {30000}}, {"cv", {0.7}}}},
          {"discrete", {{"values", {0, 1, 7, 5000}}, {"weights", {1, 1e-6, 2, 1e-9}}}},
          {"constant", {{"value", {4}}}}};
}

/// Bits that decide: around every threshold and cell boundary where there are few, and keyed ones.
std::vector<std::uint64_t> interesting_bits(const QuantileTable& table) {
  std::vector<std::uint64_t> bits{0, 1, ~std::uint64_t{0}, ~std::uint64_t{0} - 1};
  const std::size_t stride = 1 + table.thresholds().size() / 2'000;
  for (std::size_t k = 0; k < table.thresholds().size(); k += stride)
    for (const std::uint64_t near : {0ULL, 1ULL, 2ULL, 1ULL << 31, 1ULL << 33})
      for (const std::uint64_t t = table.thresholds()[k]; const std::uint64_t b : {t - near, t + near})
        bits.push_back(b);
  for (std::uint64_t cell = 0; cell < 512; ++cell)
    for (const std::uint64_t b : {cell << 55, (cell << 55) - 1}) bits.push_back(b);
  for (std::uint64_t i = 0; i < 50'000; ++i) bits.push_back(mix64(i));
  while (bits.size() % period::kPackLanes != 0) bits.push_back(0);
  return bits;
}

period::Words words_of(const std::uint64_t* bits) {
  period::Words words;
  for (int lane = 0; lane < period::kPackLanes; ++lane) {
    const int word = period::word_of_lane(lane);
    const int half = period::kPackLanes / 2;
    (word < half ? words.low[word] : words.high[word - half]) = bits[lane];
  }
  return words;
}

}  // namespace

TEST_CASE("a draw table gives the same values as the table it is made of") {
  for (const LawSpec& spec : laws()) {
    const QuantileTable table = QuantileTable::rounded_half_up(*make_law(spec));
    const period::DrawTable draws(table);
    CAPTURE(spec.name, table.thresholds().size(), draws.cells());
    CHECK(draws.minimum() == table.minimum());
    CHECK(draws.maximum() == table.maximum());
    const auto bits = interesting_bits(table);
    for (std::size_t i = 0; i < bits.size(); i += period::kPackLanes) {
      const period::Pack pack = period::sample(draws.view(), words_of(&bits[i]));
      for (int lane = 0; lane < period::kPackLanes; ++lane) {
        const std::uint64_t b = bits[i + static_cast<std::size_t>(lane)];
        const std::int64_t expected = table.sample(b);
        if (period::sample(draws.view(), b) != expected || pack[lane] != expected) {
          CAPTURE(b, lane, pack[lane]);
          REQUIRE(period::sample(draws.view(), b) == expected);
          REQUIRE(pack[lane] == expected);
        }
      }
    }
  }
}

TEST_CASE("a pack draws the bits of each lane's stream") {
  std::array<std::uint64_t, period::kPackLanes> keys{};
  std::vector<Stream> streams;
  for (std::uint64_t lane = 0; lane < period::kPackLanes; ++lane) {
    streams.emplace_back(RunKey{9, Split::train, lane}, Purpose::demand, 3);
    keys[lane] = streams.back().key();
  }
  const period::Words words = words_of(keys.data());
  for (const std::int64_t day : {0, 1, 2, 365, 199'999}) {
    const period::Words bits = period::bits_of(words, day);
    for (int lane = 0; lane < period::kPackLanes; ++lane)
      CHECK(period::Lanes<period::Pack>::hash(bits, lane) ==
            streams[static_cast<std::size_t>(lane)].bits(day));
  }
}
