#include "env/core/parallel.h"

#include <sched.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

namespace restock {

TEST_CASE("every index is visited once, whatever the number of threads") {
  for (const int threads : {-1, 0, 1, 2, 7, 100}) {
    INFO(threads);
    std::vector<int> visits(1000, 0);
    std::atomic<bool> worker_in_range = true;
    parallel_for(visits.size(), threads, [&](std::size_t index, int worker) {
      ++visits[index];
      if (worker < 0 || worker >= std::max(1, threads)) worker_in_range = false;
    });
    CHECK(visits == std::vector<int>(1000, 1));
    CHECK(worker_in_range);
  }
}

TEST_CASE("nothing to do and one thing to do") {
  int calls = 0;
  parallel_for(0, 4, [&](std::size_t, int) { ++calls; });
  CHECK(calls == 0);
  parallel_for(1, 4, [&](std::size_t, int) { ++calls; });
  CHECK(calls == 1);
}

TEST_CASE("one thread means the caller's thread, in order") {
  std::vector<std::size_t> order;
  parallel_for(4, 1, [&](std::size_t index, int) {
    CHECK(std::this_thread::get_id() != std::thread::id());
    order.push_back(index);
  });
  CHECK(order == std::vector<std::size_t>{0, 1, 2, 3});
}

TEST_CASE("several threads do run") {
  std::atomic<int> arrived = 0;
  parallel_for(2, 2, [&](std::size_t, int) {  // each waits until the other is there
    ++arrived;
    const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (arrived < 2 && std::chrono::steady_clock::now() < patience) std::this_thread::yield();
    if (arrived < 2) throw std::runtime_error("alone");
  });
  CHECK(arrived == 2);
}

TEST_CASE("the exception of the lowest index is rethrown after all have stopped") {
  for (const int threads : {1, 2, 7}) {
    for (int repetition = 0; repetition < 40; ++repetition) {
      std::atomic<int> running = 0;
      std::atomic<bool> both =
          threads == 1;  // 3 and 4 are under way together, and either may be the first to throw
      const std::size_t slow = repetition % 2 == 0 ? 3 : 4;
      try {
        parallel_for(100, threads, [&](std::size_t index, int) {
          ++running;
          if (index == 4) both = true;
          while (index == 3 && !both) std::this_thread::yield();
          if (index == slow) std::this_thread::sleep_for(std::chrono::microseconds(300));
          --running;
          if (index >= 3) throw std::runtime_error(std::to_string(index));
        });
        FAIL("nothing was thrown");
      } catch (const std::runtime_error& error) {
        CHECK(std::string(error.what()) == "3");
      }
      CHECK(running == 0);
    }
  }
}

TEST_CASE("the number of threads follows the affinity mask") {
  CHECK(available_threads() >= 1);
  cpu_set_t before;
  REQUIRE(sched_getaffinity(0, sizeof before, &before) == 0);
  CHECK(available_threads() == CPU_COUNT(&before));
  cpu_set_t one;
  CPU_ZERO(&one);
  for (std::size_t cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (!CPU_ISSET(cpu, &before)) continue;
    CPU_SET(cpu, &one);
    break;
  }
  REQUIRE(sched_setaffinity(0, sizeof one, &one) == 0);
  CHECK(available_threads() == 1);
  REQUIRE(sched_setaffinity(0, sizeof before, &before) == 0);
}

}  // namespace restock
