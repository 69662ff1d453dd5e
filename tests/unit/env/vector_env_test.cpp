// Many environments at once: autoreset, final observations and masks, seeds, threads, saving.
#include "env/vector_env.h"

#include <catch2/catch.hpp>
#include <deque>

#include "env/core/error.h"
#include "tests/support/environments.h"
#include "tests/support/event_log.h"

using namespace restock;
using namespace restock::testing;

namespace {

/// What `count` steps with some_actions() wrote, one after the other.
struct Record {
  std::vector<float> observations, final_observations;
  std::vector<std::uint8_t> masks, truncated, restarted, final_masks;
  std::vector<double> rewards;
  bool operator==(const Record&) const = default;
};

template <class T>
void append(std::vector<T>& all, const std::vector<T>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

Record play(VectorEnv& env, StepBuffers& buffers, std::uint64_t from, std::uint64_t count) {
  Record record;
  for (std::uint64_t step = from; step < from + count; ++step) {
    env.step(some_actions(buffers.masks, env.dimensions().actions, step), buffers);
    append(record.observations, buffers.observations);
    append(record.masks, buffers.masks);
    append(record.rewards, buffers.rewards);
    append(record.truncated, buffers.truncated);
    append(record.restarted, buffers.restarted);
    append(record.final_observations, buffers.final_observations);
    append(record.final_masks, buffers.final_masks);
  }
  return record;
}

Record play_from_reset(const std::shared_ptr<const EnvModel>& model, const VectorEnvConfig& config) {
  ReplenishmentVectorEnv env(model, config);
  StepBuffers buffers(env.dimensions());
  env.reset(buffers);
  return play(env, buffers, 0, 60);
}

/// Of environment `index`: the span of one array.
template <class T>
std::vector<T> part(const std::vector<T>& all, std::size_t environments, std::size_t index) {
  const std::size_t each = all.size() / environments;
  const auto from = all.begin() + static_cast<std::ptrdiff_t>(index * each);
  return {from, from + static_cast<std::ptrdiff_t>(each)};
}

}  // namespace

TEST_CASE("a vector of environments plays each one's episodes as if it were alone") {
  const auto model = env_model(two_skus(7), kUpToTwelve);
  for (const std::size_t count : {1, 3}) {
    ReplenishmentVectorEnv vector(model, count, 5, Split::train);
    StepBuffers buffers(vector.dimensions());
    vector.reset(buffers);
    std::deque<Alone> alone;
    std::vector<std::uint64_t> replication(count);
    for (std::size_t e = 0; e < count; ++e) {
      alone.emplace_back(model);
      replication[e] = e;
      alone[e].env.reset({5, Split::train, replication[e]}, alone[e].view());
    }
    const std::size_t floats = alone[0].observations.size();
    int episodes = 0;
    for (std::uint64_t step = 0; step < 25; ++step) {
      const auto actions = some_actions(buffers.masks, 13, step);
      vector.step(actions, buffers);
      for (std::size_t e = 0; e < count; ++e) {
        const bool truncated = alone[e].step({actions[2 * e], actions[2 * e + 1]});
        CHECK((buffers.truncated[e] != 0) == truncated);
        CHECK(buffers.terminated[e] == 0);
        CHECK(std::equal(alone[e].rewards.begin(), alone[e].rewards.end(),
                         buffers.rewards.begin() + static_cast<std::ptrdiff_t>(2 * e)));
        const auto at = static_cast<std::ptrdiff_t>(e * floats);
        if (truncated) {
          ++episodes;
          CHECK(std::equal(alone[e].observations.begin(), alone[e].observations.end(),
                           buffers.final_observations.begin() + at));
          replication[e] += count;  // no replication is ever played twice
          alone[e].env.reset({5, Split::train, replication[e]}, alone[e].view());
        }
        CHECK(std::equal(alone[e].observations.begin(), alone[e].observations.end(),
                         buffers.observations.begin() + at));
      }
    }
    CHECK(episodes == 3 * static_cast<int>(count));
  }
}

TEST_CASE("a vector restored from bytes goes on the same, beyond the next episodes") {
  const auto model = env_model(two_skus(7), kUpToTwelve);
  ReplenishmentVectorEnv first(model, 4, 5, Split::train);
  ReplenishmentVectorEnv second(model, 4, 77, Split::train);
  StepBuffers a(first.dimensions());
  StepBuffers b(first.dimensions());
  first.reset(a);
  second.reset(b);
  for (std::uint64_t step = 0; step < 10; ++step) first.step(some_actions(a.masks, 13, step), a);
  std::vector<std::byte> bytes;
  first.save(bytes);
  ReplenishmentVectorEnv third(model, 4, 5, Split::train);
  third.restore(bytes, b);
  CHECK(a.observations == b.observations);
  CHECK(a.masks == b.masks);
  for (std::uint64_t step = 10; step < 30; ++step) {
    const auto actions = some_actions(a.masks, 13, step);
    first.step(actions, a);
    third.step(actions, b);
    CHECK(a.observations == b.observations);
    CHECK(a.rewards == b.rewards);
    CHECK(a.truncated == b.truncated);
  }
  bytes.pop_back();
  CHECK_THROWS_AS(third.restore(bytes, b), InvariantError);
}

TEST_CASE("wrong numbers of actions are refused") {
  ReplenishmentVectorEnv vector(env_model(two_skus(7), kUpToTwelve), 2, 5, Split::train);
  StepBuffers buffers(vector.dimensions());
  vector.reset(buffers);
  const std::vector<std::int32_t> three(3);
  CHECK_THROWS_AS(vector.step(three, buffers), InvariantError);
}

TEST_CASE("next-step autoreset plays the same episodes with a step between them") {
  const auto model = env_model(two_skus(7), kUpToTwelve);
  ReplenishmentVectorEnv same(model, {.environments = 2, .root_seed = 5});
  ReplenishmentVectorEnv next(model, {.environments = 2, .root_seed = 5, .autoreset = Autoreset::next_step});
  StepBuffers a(same.dimensions());
  StepBuffers b(same.dimensions());
  same.reset(a);
  next.reset(b);
  int ends = 0;
  for (std::uint64_t step = 0; step < 30; ++step) {
    CHECK(a.observations == b.observations);
    const auto actions = some_actions(a.masks, 13, step);
    same.step(actions, a);
    next.step(actions, b);
    CHECK(a.rewards == b.rewards);
    CHECK(a.truncated == b.truncated);
    CHECK(a.restarted == std::vector<std::uint8_t>{0, 0});
    CHECK(b.restarted == std::vector<std::uint8_t>{0, 0});
    if (a.truncated[0] == 0) continue;
    ++ends;
    CHECK(b.observations == a.final_observations);
    CHECK(b.final_observations == a.final_observations);
    CHECK(b.masks == a.final_masks);
    CHECK(b.final_masks == a.final_masks);
    next.step(std::vector<std::int32_t>(4, 12), b);  // would be illegal: no action is taken
    CHECK(b.restarted == std::vector<std::uint8_t>{1, 1});
    CHECK(b.truncated == std::vector<std::uint8_t>{0, 0});
    CHECK(b.rewards == std::vector<double>(4, 0.0));
  }
  CHECK(ends == 4);
}

TEST_CASE("the final observation is the morning after, and its mask asks who would be asked next") {
  // a: lead time 2, every day; b: lead time 1, every third day: days 0, 3, 6 and, beyond the horizon, 9.
  const auto model =
      env_model(two_skus(7), kUpToTwelve, path_of({{1, 1}, {1, 1}, {1, 1}, {1, 1}, {1, 1}, {1, 1}, {1, 1}}));
  const auto longer = env_model(two_skus(8), kUpToTwelve,
                                path_of({{1, 1}, {1, 1}, {1, 1}, {1, 1}, {1, 1}, {1, 1}, {1, 1}, {1, 1}}));
  ReplenishmentVectorEnv env(model, 1, 5, Split::train);
  ReplenishmentVectorEnv goes_on(longer, 1, 5, Split::train);
  StepBuffers last(env.dimensions());
  StepBuffers following(env.dimensions());
  env.reset(last);
  goes_on.reset(following);
  for (int day = 0; day < 7; ++day) {
    const std::vector<std::int32_t> actions{day % 3, day % 3 == 0 ? 2 : 0};
    env.step(actions, last);
    goes_on.step(actions, following);
  }
  REQUIRE(last.truncated[0] == 1);
  REQUIRE(following.truncated[0] == 0);
  CHECK(last.final_observations == following.observations);
  CHECK(last.final_masks == following.masks);
  CHECK(std::count(last.final_masks.begin(), last.final_masks.end(), 1) == 13 + 1);
}

TEST_CASE("where nobody is reviewed on the morning after, those count who come next") {
  WarehouseSpec spec = two_skus(7);
  spec.skus[0].supply.review_period_days = 5;  // days 0, 5, 10; b: 0, 3, 6, 9
  ReplenishmentVectorEnv env(env_model(spec, kUpToTwelve), 1, 5, Split::train);
  StepBuffers buffers(env.dimensions());
  env.reset(buffers);
  while (buffers.truncated[0] == 0) env.step(some_actions(buffers.masks, 13, 1), buffers);
  CHECK(part(buffers.final_masks, 2, 0) == std::vector<std::uint8_t>{1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
  CHECK(part(buffers.final_masks, 2, 1) == std::vector<std::uint8_t>{1, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0});
}

TEST_CASE("threads and the number of neighbours change nothing") {
  for (const Autoreset autoreset : {Autoreset::same_step, Autoreset::next_step}) {
    const auto model = env_model(two_skus(7), kUpToTwelve);
    const VectorEnvConfig alone{.environments = 5, .root_seed = 5, .autoreset = autoreset};
    const Record expected = play_from_reset(model, alone);
    for (const int threads : {2, 3, 5, 9}) {
      VectorEnvConfig config = alone;
      config.threads = threads;
      INFO(threads);
      CHECK(play_from_reset(model, config) == expected);
    }
  }
}

TEST_CASE("an exception in a worker reaches the caller") {
  ReplenishmentVectorEnv env(env_model(two_skus(7), kUpToTwelve), {.environments = 4, .threads = 2});
  StepBuffers buffers(env.dimensions());
  env.reset(buffers);
  std::vector<std::int32_t> actions(8, 0);
  actions[6] = 13;
  CHECK_THROWS_AS(env.step(actions, buffers), InvariantError);
  actions[6] = 0;
  env.reset(buffers);
  env.step(actions, buffers);
  CHECK(buffers.rewards[6] <= 0);
}

TEST_CASE("every environment can have a seed of its own") {
  const auto model = env_model(two_skus(7), kUpToTwelve);
  ReplenishmentVectorEnv three(model, 3, 1, Split::train);
  StepBuffers buffers(three.dimensions());
  three.reset(buffers);
  three.set_seeds(std::vector<std::uint64_t>{40, 41, 40});
  three.reset(buffers);
  ReplenishmentVectorEnv one(model, 1, 41, Split::train);
  StepBuffers alone(one.dimensions());
  one.reset(alone);
  for (int step = 0; step < 20; ++step) {
    const std::vector<std::int32_t> none(6, 0);
    three.step(none, buffers);
    one.step(std::vector<std::int32_t>(2, 0), alone);
    CHECK(part(buffers.rewards, 3, 0) == part(buffers.rewards, 3, 2));
    CHECK(part(buffers.rewards, 3, 1) == alone.rewards);
    CHECK(part(buffers.observations, 3, 1) == alone.observations);
    CHECK(part(buffers.rewards, 3, 0) != part(buffers.rewards, 3, 1));
  }
  CHECK_THROWS_AS(three.set_seeds(std::vector<std::uint64_t>{1, 2}), InvariantError);
}

TEST_CASE("a vector can be saved between the end of an episode and the step that resets it") {
  const auto model = env_model(two_skus(7), kUpToTwelve);
  const VectorEnvConfig config{
      .environments = 3, .root_seed = 5, .autoreset = Autoreset::next_step, .threads = 2};
  ReplenishmentVectorEnv first(model, config);
  StepBuffers a(first.dimensions());
  StepBuffers b(first.dimensions());
  first.reset(a);
  for (std::uint64_t step = 0; a.truncated[0] == 0; ++step) first.step(some_actions(a.masks, 13, step), a);
  std::vector<std::byte> bytes;
  first.save(bytes);
  ReplenishmentVectorEnv second(model, config);
  second.reset(b);
  second.restore(bytes, b);
  CHECK(a.observations == b.observations);
  CHECK(a.masks == b.masks);
  b.final_observations = a.final_observations;
  b.final_masks = a.final_masks;
  CHECK(play(first, a, 100, 40) == play(second, b, 100, 40));
}
