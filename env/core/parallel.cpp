#include "env/core/parallel.h"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <limits>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace restock {

namespace {

/// The exception of the lowest index. Indices are handed out in increasing order, so every index below one
/// that threw has been handed out too and is waited for: which exception is rethrown does not depend on
/// timing.
class FirstFailure {
 public:
  bool any() const noexcept { return any_.load(std::memory_order_relaxed); }

  void record(std::size_t index, std::exception_ptr exception) {
    const std::scoped_lock lock(mutex_);
    if (index < index_) {
      index_ = index;
      exception_ = std::move(exception);
    }
    any_.store(true, std::memory_order_relaxed);
  }

  void rethrow() const {
    if (exception_) std::rethrow_exception(exception_);
  }

 private:
  std::mutex mutex_;
  std::atomic<bool> any_ = false;
  std::size_t index_ = std::numeric_limits<std::size_t>::max();
  std::exception_ptr exception_;
};

}  // namespace

int available_threads() {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) return std::max(1, CPU_COUNT(&allowed));
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));  // more than 1024 cores
}

void parallel_for(std::size_t count, int threads, const std::function<void(std::size_t, int)>& body) {
  std::atomic<std::size_t> next = 0;
  FirstFailure failure;
  const auto work = [&](int worker) {
    while (!failure.any()) {
      const std::size_t index = next.fetch_add(1, std::memory_order_relaxed);
      if (index >= count) return;
      try {
        body(index, worker);
      } catch (...) {
        failure.record(index, std::current_exception());
      }
    }
  };
  const std::size_t workers = std::min(count, static_cast<std::size_t>(std::max(1, threads)));
  std::vector<std::jthread> helpers;
  helpers.reserve(workers);
  try {
    for (std::size_t worker = 1; worker < workers; ++worker)
      helpers.emplace_back(work, static_cast<int>(worker));
  } catch (const std::system_error&) {
    // The system grants no more threads: those that run take over the rest.
  }
  work(0);
  helpers.clear();  // joins
  failure.rethrow();
}

}  // namespace restock
