#include "env/core/worker_team.h"

#include <sched.h>

#include <limits>
#include <system_error>

namespace restock {

namespace {

constexpr std::uint32_t kEnd = std::numeric_limits<std::uint32_t>::max();
constexpr int kBusyLooks = 64;    // about a microsecond: where every worker has a core, rounds end together
constexpr int kPoliteLooks = 64;  // some 30 µs, in which others who want the core get it

void pause() noexcept {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

/// Waits until the value is another one than `known`, and gives it.
std::uint32_t next_value(const std::atomic<std::uint32_t>& value, std::uint32_t known) noexcept {
  for (int look = 0; look < kBusyLooks + kPoliteLooks; ++look) {
    const std::uint32_t now = value.load(std::memory_order_acquire);
    if (now != known) return now;
    look < kBusyLooks ? pause() : std::this_thread::yield();
  }
  value.wait(known, std::memory_order_acquire);
  return value.load(std::memory_order_acquire);
}

/// Ties the calling thread to one of the cores that this process may use; without effect where that fails.
void pin_to_core(int worker) noexcept {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  if (sched_getaffinity(0, sizeof allowed, &allowed) != 0 || CPU_COUNT(&allowed) == 0) return;
  int wanted = worker % CPU_COUNT(&allowed);
  for (int core = 0; core < CPU_SETSIZE; ++core) {
    if (!CPU_ISSET(core, &allowed) || wanted-- > 0) continue;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(core, &one);
    sched_setaffinity(0, sizeof one, &one);
    return;
  }
}

}  // namespace

WorkerTeam::WorkerTeam(int workers) : failures_(static_cast<std::size_t>(workers < 1 ? 1 : workers)) {
  threads_.reserve(failures_.size() - 1);
  try {
    for (int worker = 1; worker < workers; ++worker) threads_.emplace_back([this, worker] { serve(worker); });
  } catch (const std::system_error&) {
    // The system grants no more threads: those that run share the work.
  }
}

WorkerTeam::~WorkerTeam() {
  round_.store(kEnd, std::memory_order_release);
  round_.notify_all();
}

void WorkerTeam::run_round() {
  busy_.store(static_cast<std::uint32_t>(threads_.size()), std::memory_order_relaxed);
  const std::uint32_t next = round_.load(std::memory_order_relaxed) + 1;
  round_.store(next == kEnd ? 0 : next, std::memory_order_release);
  round_.notify_all();
  work(0);
  for (std::uint32_t left = busy_.load(std::memory_order_acquire); left > 0;) left = next_value(busy_, left);
  for (std::exception_ptr& failure : failures_) {
    if (!failure) continue;
    const std::exception_ptr first = failure;
    for (std::exception_ptr& other : failures_) other = nullptr;
    std::rethrow_exception(first);
  }
}

void WorkerTeam::serve(int worker) {
  pin_to_core(worker);
  for (std::uint32_t round = next_value(round_, 0); round != kEnd; round = next_value(round_, round)) {
    work(worker);
    if (busy_.fetch_sub(1, std::memory_order_acq_rel) == 1) busy_.notify_one();
  }
}

void WorkerTeam::work(int worker) noexcept {
  try {
    call_(body_, worker);
  } catch (...) {
    failures_[static_cast<std::size_t>(worker)] = std::current_exception();
  }
}

}  // namespace restock
