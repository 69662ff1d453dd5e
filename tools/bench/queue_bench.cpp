// The event queue in the hold model: the earliest event is taken and set anew, so that as many are pending at
// any time (Jones 1986, Communications of the ACM 29(4)). Both queues see the same delays.
#include <benchmark/benchmark.h>

#include <queue>
#include <vector>

#include "env/core/keyed_random.h"
#include "env/sim/event_queue.h"

namespace restock::bench {

namespace {

constexpr std::size_t kDelays = 1 << 12;

/// Delays in milliseconds, uniform over two days.
const std::vector<std::int64_t>& delays() {
  static const std::vector<std::int64_t> values = [] {
    std::vector<std::int64_t> drawn;
    const Stream stream({}, Purpose::search, 0);
    for (std::size_t i = 0; i < kDelays; ++i)
      drawn.push_back(1 + static_cast<std::int64_t>(stream.below(172'800'000, static_cast<std::int64_t>(i))));
    return drawn;
  }();
  return values;
}

struct PlainEvent {
  double time;
  std::int64_t what;
  std::int64_t more;
  bool operator>(const PlainEvent& other) const { return time > other.time; }
};
static_assert(sizeof(PlainEvent) == 24);

void hold_tree(benchmark::State& state) {
  const auto pending = static_cast<std::size_t>(state.range(0));
  std::vector<std::uint64_t> memory(EventQueue::words(pending));
  EventQueue queue(memory.data(), pending);
  queue.clear();
  for (std::size_t slot = 0; slot < pending; ++slot)
    queue.schedule(slot, SimTime::at_milliseconds(delays()[slot % kDelays]));
  std::size_t next = 0;
  for (auto _ : state) {
    const std::uint64_t key = queue.next();
    const Duration delay = Duration::milliseconds(delays()[next++ % kDelays]);
    queue.schedule(EventQueue::slot_of(key), EventQueue::time_of(key) + delay);
  }
  benchmark::DoNotOptimize(queue.next());
  state.SetItemsProcessed(state.iterations());
}

void hold_std(benchmark::State& state) {
  const auto pending = static_cast<std::size_t>(state.range(0));
  std::priority_queue<PlainEvent, std::vector<PlainEvent>, std::greater<>> queue;
  for (std::size_t i = 0; i < pending; ++i)
    queue.push({static_cast<double>(delays()[i % kDelays]), static_cast<std::int64_t>(i), 0});
  std::size_t next = 0;
  for (auto _ : state) {
    PlainEvent event = queue.top();
    queue.pop();
    event.time += static_cast<double>(delays()[next++ % kDelays]);
    queue.push(event);
  }
  benchmark::DoNotOptimize(queue.top());
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK(hold_tree)->Name("queue/tournament")->Arg(16)->Arg(1024)->Arg(65536);
BENCHMARK(hold_std)->Name("queue/std")->Arg(16)->Arg(1024)->Arg(65536);

}  // namespace

}  // namespace restock::bench
