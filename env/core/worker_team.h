// A few threads that stay, for work that comes in very short rounds: worker w does the same part of every
// round on the same core, so that what it owns stays in that core's cache.
//
// The caller's thread is worker 0; the others are started once, each pinned to a core of its own as far as
// there are enough, and wait between rounds: a short while awake, then asleep. Nothing is allocated in a
// round.
#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <thread>
#include <vector>

namespace restock {

class WorkerTeam {
 public:
  /// workers <= 1 starts no thread. The system may grant fewer threads than asked for.
  explicit WorkerTeam(int workers);
  ~WorkerTeam();
  WorkerTeam(const WorkerTeam&) = delete;
  WorkerTeam& operator=(const WorkerTeam&) = delete;

  int workers() const noexcept { return static_cast<int>(threads_.size()) + 1; }

  /// Calls body(worker) once for each worker in [0, workers()), and returns when all have returned. Rethrows
  /// the exception of the lowest worker that threw.
  template <class Body>
  void run(const Body& body) {
    if (threads_.empty()) return body(0);
    body_ = &body;
    call_ = [](const void* it, int worker) { (*static_cast<const Body*>(it))(worker); };
    run_round();
  }

 private:
  void run_round();
  void serve(int worker);
  void work(int worker) noexcept;

  const void* body_ = nullptr;
  void (*call_)(const void*, int) = nullptr;
  alignas(64) std::atomic<std::uint32_t> round_ = 0;  ///< counts up; all ones ends the team
  alignas(64) std::atomic<std::uint32_t> busy_ = 0;   ///< workers that have not finished the round
  std::vector<std::exception_ptr> failures_;          ///< [workers]
  std::vector<std::jthread> threads_;
};

}  // namespace restock
