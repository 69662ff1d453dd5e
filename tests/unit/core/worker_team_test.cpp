#include "env/core/worker_team.h"

#include <sched.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

#include "env/core/parallel.h"

namespace restock {

TEST_CASE("every worker works once a round, always on the same thread") {
  for (const int workers : {-1, 0, 1, 2, 5}) {
    WorkerTeam team(workers);
    REQUIRE(team.workers() == std::max(1, workers));
    const auto count = static_cast<std::size_t>(team.workers());
    std::vector<std::thread::id> threads(count);
    std::vector<int> rounds(count);
    team.run([&](int worker) { threads[static_cast<std::size_t>(worker)] = std::this_thread::get_id(); });
    bool moved = false;
    for (int round = 0; round < 1'000; ++round)
      team.run([&](int worker) {
        const auto own = static_cast<std::size_t>(worker);
        ++rounds[own];
        if (threads[own] != std::this_thread::get_id()) moved = true;
      });
    CHECK(threads[0] == std::this_thread::get_id());
    CHECK(rounds == std::vector<int>(count, 1'000));
    CHECK_FALSE(moved);
  }
}

TEST_CASE("a round sees what the caller wrote before, and the caller what the round wrote") {
  WorkerTeam team(3);
  std::vector<int> input(3), output(3);
  for (int round = 0; round < 2'000; ++round) {
    for (int& value : input) value = round;
    team.run([&](int worker) {
      const auto own = static_cast<std::size_t>(worker);
      output[own] = input[own] + worker;
    });
    REQUIRE(output == std::vector<int>{round, round + 1, round + 2});
  }
}

TEST_CASE("workers that have fallen asleep wake up") {
  WorkerTeam team(2);
  int rounds = 0;
  for (int i = 0; i < 3; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    team.run([&](int worker) {
      if (worker == 1) ++rounds;
    });
  }
  CHECK(rounds == 3);
}

TEST_CASE("the exception of the lowest worker is rethrown, and the team goes on") {
  WorkerTeam team(4);
  const auto fail = [](int worker) {
    if (worker >= 2) throw std::runtime_error(std::to_string(worker));
  };
  CHECK_THROWS_WITH(team.run(fail), "2");
  CHECK_THROWS_WITH(team.run(fail), "2");
  std::vector<int> done(4);
  team.run([&](int worker) { done[static_cast<std::size_t>(worker)] = 1; });
  CHECK(done == std::vector<int>(4, 1));
}

TEST_CASE("workers stay on a core of their own, and the caller where it was") {
  cpu_set_t before;
  sched_getaffinity(0, sizeof before, &before);
  WorkerTeam team(available_threads());
  std::vector<int> cores(static_cast<std::size_t>(team.workers()));
  team.run([&](int worker) {
    cpu_set_t allowed;
    sched_getaffinity(0, sizeof allowed, &allowed);
    cores[static_cast<std::size_t>(worker)] = CPU_COUNT(&allowed);
  });
  for (std::size_t worker = 1; worker < cores.size(); ++worker) CHECK(cores[worker] == 1);
  cpu_set_t after;
  sched_getaffinity(0, sizeof after, &after);
  CHECK(CPU_EQUAL(&before, &after));
}

}  // namespace restock
