// The keyed generator: bits are fair, neighbours are independent, no two keys share a stream.
#include "env/core/keyed_random.h"

#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <vector>

#include "tests/statistical/chi_square.h"

namespace restock {

namespace {

struct Key {
  std::uint64_t seed = 1;
  std::uint64_t replication = 0;
  std::uint64_t entity = 0;
  std::int64_t day = 0;
  std::uint64_t k = 0;
};

std::uint64_t bits_of(const Key& key) {
  return Stream({key.seed, Split::evaluate, key.replication}, Purpose::demand, key.entity)
      .bits(key.day, key.k);
}

/// |z| of the number of output bits that change where bit `bit` of a field is flipped.
double worst_avalanche(const std::function<void(Key&, std::uint64_t mask)>& flip) {
  constexpr int kKeys = 1000;
  double worst = 0;
  for (int bit = 0; bit < 64; ++bit) {
    int changed = 0;
    for (int i = 0; i < kKeys; ++i) {
      const auto number = static_cast<std::uint64_t>(i);
      Key key{number * 7, number % 13, number % 50, i, number % 3};
      const std::uint64_t before = bits_of(key);
      flip(key, std::uint64_t{1} << bit);
      changed += std::popcount(before ^ bits_of(key));
    }
    worst = std::max(worst, std::fabs(changed - 32.0 * kKeys) / std::sqrt(16.0 * kKeys));
  }
  return worst;
}

double pair_z(const std::function<std::uint64_t(int)>& first,
              const std::function<std::uint64_t(int)>& second) {
  std::vector<double> counts(256, 0);
  for (int i = 0; i < 200'000; ++i) counts[((first(i) >> 60) << 4) | (second(i) >> 60)] += 1;
  return chi_square_z(counts, std::vector<double>(256, 1.0 / 256));
}

}  // namespace

TEST_CASE("flipping any bit of any field flips half of the result") {
  CHECK(worst_avalanche([](Key& key, std::uint64_t mask) { key.seed ^= mask; }) < 4);
  CHECK(worst_avalanche([](Key& key, std::uint64_t mask) { key.replication ^= mask; }) < 4);
  CHECK(worst_avalanche([](Key& key, std::uint64_t mask) { key.entity ^= mask; }) < 4);
  CHECK(worst_avalanche([](Key& key, std::uint64_t mask) { key.day ^= static_cast<std::int64_t>(mask); }) <
        4);
  CHECK(worst_avalanche([](Key& key, std::uint64_t mask) { key.k ^= mask; }) < 4);
}

TEST_CASE("fields do not stand in for each other") {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    for (std::uint64_t replication = 0; replication < 50; ++replication) {
      CHECK(bits_of({seed, replication + 1}) != bits_of({seed + 1, replication}));
      CHECK(bits_of({seed, 0, replication + 1}) != bits_of({seed, replication + 1, 0}));
      CHECK(bits_of({1, 0, 0, static_cast<std::int64_t>(seed), replication + seed + 1}) !=
            bits_of({1, 0, 0, static_cast<std::int64_t>(replication + seed + 1), seed}));
    }
  }
}

TEST_CASE("splits and purposes have streams of their own") {
  std::vector<std::uint64_t> seen;
  for (int split = 1; split <= 4; ++split) {
    for (int purpose = 1; purpose <= 11; ++purpose) {
      const RunKey run{1, static_cast<Split>(split), 0};
      seen.push_back(Stream(run, static_cast<Purpose>(purpose), 0).bits(0));
    }
  }
  std::sort(seen.begin(), seen.end());
  CHECK(std::adjacent_find(seen.begin(), seen.end()) == seen.end());
}

TEST_CASE("two million neighbouring keys give two million values") {
  std::vector<std::uint64_t> seen;
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    for (std::uint64_t replication = 0; replication < 16; ++replication) {
      for (std::uint64_t entity = 0; entity < 16; ++entity) {
        for (std::int64_t day = -8; day < 120; ++day) {
          for (std::uint64_t k = 0; k < 8; ++k) seen.push_back(bits_of({seed, replication, entity, day, k}));
        }
      }
    }
  }
  REQUIRE(seen.size() == 2'097'152);
  std::sort(seen.begin(), seen.end());
  CHECK(std::adjacent_find(seen.begin(), seen.end()) == seen.end());
}

TEST_CASE("the unit interval is open and evenly filled") {
  CHECK(unit_interval(0) > 0);
  CHECK(unit_interval(~std::uint64_t{0}) < 1);
  const Stream stream({}, Purpose::demand, 0);
  std::vector<double> counts(1000, 0);
  for (int day = 0; day < 1'000'000; ++day) counts[static_cast<std::size_t>(stream.uniform(day) * 1000)] += 1;
  CHECK(std::fabs(chi_square_z(counts, std::vector<double>(1000, 0.001))) < 4);
}

TEST_CASE("every bit is fair") {
  const Stream stream({}, Purpose::demand, 1);
  constexpr int kDraws = 100'000;
  std::vector<int> ones(64, 0);
  for (int day = 0; day < kDraws; ++day) {
    const std::uint64_t bits = stream.bits(day);
    for (std::size_t bit = 0; bit < 64; ++bit) ones[bit] += static_cast<int>(bits >> bit & 1);
  }
  for (const int count : ones) CHECK(std::fabs(count - kDraws / 2.0) / std::sqrt(kDraws / 4.0) < 4);
}

TEST_CASE("neighbouring days, entities, replications and seeds are independent") {
  const auto at = [](std::uint64_t seed, std::uint64_t replication, std::uint64_t entity, int day) {
    return bits_of({seed, replication, entity, day, 0});
  };
  const auto base = [&](int i) { return at(1, 0, 0, 2 * i); };
  CHECK(std::fabs(pair_z(base, [&](int i) { return at(1, 0, 0, 2 * i + 1); })) < 4);
  CHECK(std::fabs(pair_z(base, [&](int i) { return at(1, 0, 1, 2 * i); })) < 4);
  CHECK(std::fabs(pair_z(base, [&](int i) { return at(1, 1, 0, 2 * i); })) < 4);
  CHECK(std::fabs(pair_z(base, [&](int i) { return at(2, 0, 0, 2 * i); })) < 4);
  const auto by_replication = [&](int i) { return at(1, static_cast<std::uint64_t>(i), 0, 0); };
  CHECK(std::fabs(pair_z(by_replication, [&](int i) { return at(1, static_cast<std::uint64_t>(i), 0, 1); })) <
        4);
}

TEST_CASE("below(n) is even") {
  const Stream stream({}, Purpose::search, 0);
  for (const std::uint64_t n : {1U, 2U, 3U, 7U, 1000U}) {
    std::vector<double> counts(n, 0);
    for (int day = 0; day < 100'000; ++day) counts.at(stream.below(n, day)) += 1;
    CHECK(std::fabs(chi_square_z(counts, std::vector<double>(n, 1.0 / static_cast<double>(n)))) < 4);
  }
}

}  // namespace restock
