#include "agents/learning/reward_normaliser.h"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

using namespace restock::learning;

TEST_CASE("each entity's rewards get mean 0 and deviation 1 of their own", "[learning]") {
  RewardNormaliser normaliser(2, 1'000'000);
  std::vector<double> first, second;
  for (int t = 0; t < 100; ++t) {
    const std::array<double, 4> rewards{std::sin(t), -1000 + 50.0 * std::cos(t), std::sin(3 * t),
                                        -1000.0 + t};
    normaliser.observe(rewards);
    first.insert(first.end(), {rewards[0], rewards[2]});
    second.insert(second.end(), {rewards[1], rewards[3]});
  }
  for (std::size_t entity = 0; entity < 2; ++entity) {
    const auto& seen = entity == 0 ? first : second;
    double mean = 0, squares = 0;
    for (const double r : seen) {
      const double x = static_cast<double>(normaliser.normalised(r, entity));
      mean += x / 200;
      squares += x * x / 200;
    }
    CHECK(mean == Approx(0).margin(1e-6));
    CHECK(squares == Approx(1).epsilon(1e-5));
  }
  const double sum = -900 + 0.9 * -1100;
  CHECK(static_cast<double>(normaliser.normalised_sum(sum, 1.9, 1)) ==
        Approx(static_cast<double>(normaliser.normalised(-900, 1)) +
               0.9 * static_cast<double>(normaliser.normalised(-1100, 1))));
}

TEST_CASE("environments that were only restarted have earned nothing", "[learning]") {
  RewardNormaliser with(2, 1'000), without(2, 1'000);
  const std::array<double, 4> rewards{1, 10, 3, 30};
  const std::array<double, 4> second_restarted{5, 50, 0, 0};
  with.observe(rewards, std::array<std::uint8_t, 2>{0, 0});
  with.observe(second_restarted, std::array<std::uint8_t, 2>{0, 1});
  without.observe(rewards);
  without.observe(std::array<double, 2>{5, 50});
  for (std::size_t entity = 0; entity < 2; ++entity) {
    CHECK(with.mean(entity) == without.mean(entity));
    CHECK(with.deviation(entity) == without.deviation(entity));
  }
}

TEST_CASE("the scale stands still once it has settled, and is saved", "[learning]") {
  RewardNormaliser normaliser(1, 10);
  for (int t = 0; t < 10; ++t) normaliser.observe(std::array<double, 1>{static_cast<double>(t)});
  const double mean = normaliser.mean(0);
  normaliser.observe(std::array<double, 1>{1e6});
  CHECK(normaliser.mean(0) == mean);
  ByteWriter writer;
  normaliser.save(writer);
  ByteReader reader(writer.bytes(), "memory");
  RewardNormaliser other(1, 10);
  other.load(reader);
  CHECK(other.normalised(3.5, 0) == normaliser.normalised(3.5, 0));
  CHECK(other.deviation(0) == Approx(std::sqrt(8.25)));
}

TEST_CASE("rewards that never vary stay finite", "[learning]") {
  RewardNormaliser normaliser(1, 100);
  for (int t = 0; t < 5; ++t) normaliser.observe(std::array<double, 1>{-3.0});
  CHECK(normaliser.normalised(-3, 0) == 0.0F);
  CHECK(normaliser.normalised(-4, 0) == -1.0F);
}
