#include "agents/learning/dqn/exploration.h"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "env/core/keyed_random.h"

using namespace restock;
using namespace restock::learning;

namespace {

constexpr int kDraws = 200'000;

std::vector<int> counts_of(const Exploration& exploration, int greedy,
                           const std::vector<std::uint8_t>& mask) {
  const Stream draws({3, Split::train, 0}, Purpose::exploration, 0);
  std::vector<int> counts(mask.size());
  for (int i = 0; i < kDraws; ++i) {
    const int action = explore(exploration, greedy, mask.data(), static_cast<int>(mask.size()),
                               draws.uniform(i, 0), draws.uniform(i, 1), draws.uniform(i, 2));
    ++counts[static_cast<std::size_t>(action)];
  }
  return counts;
}

double z_of(int count, double p) {
  return (count - kDraws * p) / std::sqrt(kDraws * p * (1 - p));
}

}  // namespace

TEST_CASE("trials lie around the greedy action, some anywhere, and all are legal", "[learning]") {
  const std::vector<std::uint8_t> mask{1, 1, 1, 0, 1, 1, 1, 1, 1, 1};
  const auto counts = counts_of({.rate = 0.4, .uniform_share = 0.25, .radius = 2}, 4, mask);
  const double near = 0.4 * 0.75 / 4;  // 2, 4, 5, 6
  const double far = 0.4 * 0.25 / 9;
  CHECK(counts[3] == 0);
  CHECK(std::abs(z_of(counts[4], 0.6 + near + far)) < 4);
  CHECK(std::abs(z_of(counts[2], near + far)) < 4);
  CHECK(std::abs(z_of(counts[6], near + far)) < 4);
  CHECK(std::abs(z_of(counts[0], far)) < 4);
  CHECK(std::abs(z_of(counts[9], far)) < 4);
}

TEST_CASE("at the edge trials stay among the actions", "[learning]") {
  const std::vector<std::uint8_t> mask{1, 1, 1, 1};
  const auto counts = counts_of({.rate = 1, .uniform_share = 0, .radius = 2}, 0, mask);
  CHECK(std::abs(z_of(counts[0], 1 / 3.0)) < 4);
  CHECK(std::abs(z_of(counts[2], 1 / 3.0)) < 4);
  CHECK(counts[3] == 0);
}

TEST_CASE("a row with one legal action has nothing to try", "[learning]") {
  const auto counts = counts_of({.rate = 1, .uniform_share = 0.5, .radius = 2}, 0, {1, 0, 0, 0});
  CHECK(counts[0] == kDraws);
}
