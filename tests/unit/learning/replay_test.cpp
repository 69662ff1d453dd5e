#include "agents/learning/dqn/replay.h"

#include <array>
#include <catch2/catch.hpp>
#include <vector>

#include "agents/learning/dqn/n_step.h"
#include "env/core/error.h"

using namespace restock;
using namespace restock::learning;

namespace {

/// One row whose observation is a counter; the test plays the environment.
struct Script {
  EnvDimensions dimensions{1, 1, 1, 3};
  StepBuffers buffers{dimensions};
  NStepCollector collector;
  ReplayBuffer replay{16, 1, 3};
  float now = 0;

  Script(int steps, double discount) : collector(dimensions, steps, discount) {
    buffers.masks = {1, 1, 0};
    buffers.final_masks = {1, 0, 1};
  }

  /// From observation `now`, action = now mod 3, to now + 1; where over, the next episode starts at
  /// `restart`.
  void step(double reward, bool truncated = false, bool terminated = false, float restart = 100) {
    const std::array<float, 1> seen{now};
    const std::array<std::int32_t, 1> action{static_cast<std::int32_t>(now) % 3};
    collector.begin(seen, action);
    buffers.rewards[0] = reward;
    buffers.truncated[0] = truncated;
    buffers.terminated[0] = terminated;
    buffers.final_observations[0] = now + 1;
    now = truncated || terminated ? restart : now + 1;
    buffers.observations[0] = now;
    collector.end(buffers, replay);
  }
};

}  // namespace

TEST_CASE("an n-step transition sums n discounted rewards and looks n steps ahead", "[learning]") {
  Script script(3, 0.5);
  script.step(1);
  script.step(2);
  CHECK(script.replay.size() == 0);
  script.step(4);
  script.step(8);
  REQUIRE(script.replay.size() == 2);
  const Transition first = script.replay[0];
  CHECK(first.observation[0] == 0);
  CHECK(first.taken == 0);
  CHECK(first.reward_sum == Approx(1 + 0.5 * 2 + 0.25 * 4));
  CHECK(first.steps == 3);
  CHECK(first.bootstrap == 1);
  CHECK(first.next_observation[0] == 3);
  CHECK(first.next_mask[2] == 0);
  CHECK(script.replay[1].reward_sum == Approx(2 + 0.5 * 4 + 0.25 * 8));
  CHECK(script.replay[1].next_observation[0] == 4);
}

TEST_CASE("at an episode's end the last starts are kept and see the final observation", "[learning]") {
  const bool terminated = GENERATE(false, true);
  Script script(3, 0.5);
  for (const double reward : {1.0, 2.0, 4.0}) script.step(reward);
  script.step(8, !terminated, terminated);
  script.step(16);
  REQUIRE(script.replay.size() == 4);
  const std::array<double, 3> sums{2 + 0.5 * 4 + 0.25 * 8, 4 + 0.5 * 8, 8};
  for (std::size_t i = 0; i < 3; ++i) {
    const Transition last = script.replay[i + 1];
    CHECK(last.observation[0] == static_cast<float>(i + 1));
    CHECK(last.reward_sum == Approx(sums[i]));
    CHECK(last.steps == 3 - i);
    CHECK(last.next_observation[0] == 4);  // never 100, where the next episode starts
    CHECK(last.bootstrap == (terminated ? 0 : 1));
    CHECK(last.next_mask[1] == 0);  // of the final observation, not as after the reset
  }
  script.step(32);
  script.step(64);
  REQUIRE(script.replay.size() == 5);
  CHECK(script.replay[4].observation[0] == 100);
  CHECK(script.replay[4].reward_sum == Approx(16 + 0.5 * 32 + 0.25 * 64));
}

TEST_CASE("a step that only starts an episode is no transition", "[learning]") {
  Script script(2, 0.5);
  script.step(1);
  script.step(2, true, false, 50);
  REQUIRE(script.replay.size() == 2);
  script.buffers.restarted[0] = 1;
  script.step(1000);
  CHECK(script.replay.size() == 2);
  script.buffers.restarted[0] = 0;
  script.now = 60;
  script.step(4);
  script.step(8);
  REQUIRE(script.replay.size() == 3);
  CHECK(script.replay[2].observation[0] == 60);
  CHECK(script.replay[2].reward_sum == Approx(4 + 0.5 * 8));
}

TEST_CASE("an episode shorter than n gives shorter transitions", "[learning]") {
  Script script(5, 0.5);
  script.step(1);
  script.step(2, true);
  REQUIRE(script.replay.size() == 2);
  CHECK(script.replay[0].reward_sum == Approx(2));
  CHECK(script.replay[1].steps == 1);
}

TEST_CASE("collector and replay go on from where they were saved", "[learning]") {
  Script straight(3, 0.9), resumed(3, 0.9);
  for (int t = 0; t < 5; ++t) straight.step(t, t == 2);
  ByteWriter writer;
  straight.collector.save(writer);
  straight.replay.save(writer);
  ByteReader reader(writer.bytes(), "memory");
  resumed.collector.load(reader);
  resumed.replay.load(reader);
  reader.finish();
  resumed.now = straight.now;
  for (int t = 0; t < 20; ++t) {  // beyond the capacity: the ring goes round
    straight.step(t * t);
    resumed.step(t * t);
  }
  REQUIRE(straight.replay.size() == 16);
  for (std::size_t i = 0; i < 16; ++i) {
    CHECK(straight.replay[i].reward_sum == resumed.replay[i].reward_sum);
    CHECK(straight.replay[i].observation[0] == resumed.replay[i].observation[0]);
  }
}

TEST_CASE("the replay remembers the latest transitions and refuses another capacity", "[learning]") {
  ReplayBuffer replay(3, 1, 1);
  const std::array<std::uint8_t, 1> mask{1};
  for (int i = 0; i < 5; ++i) {
    const std::array<float, 1> seen{static_cast<float>(i)};
    replay.add({.observation = seen, .taken = i, .next_observation = seen, .next_mask = mask});
  }
  CHECK(replay.size() == 3);
  int sum = 0;
  for (std::size_t i = 0; i < 3; ++i) sum += replay[i].taken;
  CHECK(sum == 2 + 3 + 4);
  ByteWriter writer;
  replay.save(writer);
  ByteReader reader(writer.bytes(), "checkpoint.bin");
  ReplayBuffer other(4, 1, 1);
  CHECK_THROWS_AS(other.load(reader), InputError);
}
