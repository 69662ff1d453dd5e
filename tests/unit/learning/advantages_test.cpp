#include "agents/learning/ppo/advantages.h"

#include <catch2/catch.hpp>
#include <vector>

using restock::learning::estimate_advantages;

namespace {

struct Rollout {
  std::vector<float> rewards{1, 10, 2, 20, 3, 30};  // three steps of two rows
  std::vector<float> values{0.5F, 5, 0.25F, 4, 0.75F, 6};
  std::vector<std::uint8_t> ended{0, 0, 0, 0, 0, 0};
  std::vector<float> final_values{99, 99, 99, 99, 99, 99};
  std::vector<float> last_values{2, 7};
  std::vector<float> advantages = std::vector<float>(6);
  std::vector<float> targets = std::vector<float>(6);

  void estimate(float discount, float lambda) {
    estimate_advantages({.rows = 2,
                         .rewards = rewards,
                         .values = values,
                         .ended = ended,
                         .final_values = final_values,
                         .last_values = last_values},
                        discount, lambda, advantages, targets);
  }
};

}  // namespace

TEST_CASE("advantages are the discounted sum of surprises", "[learning]") {
  Rollout rollout;
  rollout.estimate(0.9F, 0.8F);
  const double d2 = 3 + 0.9 * 2 - 0.75, d1 = 2 + 0.9 * 0.75 - 0.25, d0 = 1 + 0.9 * 0.25 - 0.5;
  CHECK(rollout.advantages[4] == Approx(d2));
  CHECK(rollout.advantages[2] == Approx(d1 + 0.72 * d2));
  CHECK(rollout.advantages[0] == Approx(d0 + 0.72 * (d1 + 0.72 * d2)));
  CHECK(rollout.targets[0] == Approx(d0 + 0.72 * (d1 + 0.72 * d2) + 0.5));
  CHECK(rollout.advantages[5] == Approx(30 + 0.9 * 7 - 6));  // the other row has its own last value
}

TEST_CASE("with lambda 1 the targets are discounted returns", "[learning]") {
  Rollout rollout;
  rollout.estimate(0.5F, 1.0F);
  CHECK(rollout.targets[0] == Approx(1 + 0.5 * (2 + 0.5 * (3 + 0.5 * 2))));
}

TEST_CASE("a truncated episode bootstraps from its final observation and nothing flows over from the next",
          "[learning]") {
  Rollout rollout;
  rollout.ended[2] = 1;  // row 0 after step 1
  rollout.final_values[2] = 8;
  rollout.estimate(0.9F, 0.8F);
  const double d1 = 2 + 0.9 * 8 - 0.25, d0 = 1 + 0.9 * 0.25 - 0.5;
  CHECK(rollout.advantages[2] == Approx(d1));
  CHECK(rollout.advantages[0] == Approx(d0 + 0.72 * d1));
}

TEST_CASE("a terminated episode is worth nothing after its end", "[learning]") {
  Rollout rollout;
  rollout.ended[4] = 1;
  rollout.final_values[4] = 0;
  rollout.estimate(0.9F, 0.8F);
  CHECK(rollout.advantages[4] == Approx(3 - 0.75));
}
