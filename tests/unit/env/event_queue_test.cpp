#include "env/sim/event_queue.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "env/core/keyed_random.h"

using namespace restock;

namespace {

struct Owned {
  explicit Owned(std::size_t slots) : memory(EventQueue::words(slots)), queue(memory.data(), slots) {
    queue.clear();
  }
  std::vector<std::uint64_t> memory;
  EventQueue queue;
};

SimTime at(std::int64_t milliseconds) {
  return SimTime::at_milliseconds(milliseconds);
}

}  // namespace

TEST_CASE("an empty queue has no event") {
  for (const std::size_t slots : {1, 2, 3, 1000}) CHECK(Owned(slots).queue.next() == EventQueue::kNever);
}

TEST_CASE("events of one instant come by slot, whatever the order of scheduling") {
  for (const auto& order : {std::vector<std::size_t>{2, 0, 4}, {0, 2, 4}, {4, 2, 0}}) {
    Owned owned(5);
    for (const std::size_t slot : order) owned.queue.schedule(slot, at(7));
    std::vector<std::size_t> came;
    while (owned.queue.next() != EventQueue::kNever) {
      came.push_back(EventQueue::slot_of(owned.queue.next()));
      CHECK(EventQueue::time_of(owned.queue.next()) == at(7));
      owned.queue.cancel(came.back());
    }
    CHECK(came == std::vector<std::size_t>{0, 2, 4});
  }
}

TEST_CASE("scheduling a slot again moves its event") {
  Owned owned(3);
  owned.queue.schedule(0, at(5));
  owned.queue.schedule(1, at(6));
  owned.queue.schedule(0, at(9));
  CHECK(EventQueue::slot_of(owned.queue.next()) == 1);
  CHECK(owned.queue.is_scheduled(0));
  CHECK(owned.queue.due(0) == at(9));
  owned.queue.cancel(1);
  CHECK(EventQueue::slot_of(owned.queue.next()) == 0);
  CHECK_FALSE(owned.queue.is_scheduled(1));
}

TEST_CASE("keys hold the widest time and the widest slot") {
  const SimTime latest = at(EventQueue::kMaximumMilliseconds - 1);
  const std::size_t widest = (std::size_t{1} << EventQueue::kSlotBits) - 2;
  const std::uint64_t key = EventQueue::key(latest, widest);
  CHECK(EventQueue::time_of(key) == latest);
  CHECK(EventQueue::slot_of(key) == widest);
  CHECK(key < EventQueue::kNever);
  CHECK(EventQueue::kMaximumMilliseconds > 200'000 * kMillisecondsPerDay);
  CHECK_THROWS_AS(Owned((std::size_t{1} << EventQueue::kSlotBits) + 1), InvariantError);
}

TEST_CASE("the queue agrees with a sorted list under random work") {
  for (const std::size_t slots : {1, 2, 7, 64, 257}) {
    Owned owned(slots);
    std::vector<std::uint64_t> reference(slots, EventQueue::kNever);
    const Stream stream({11, Split::train, slots}, Purpose::search, 0);
    for (std::int64_t i = 0; i < 20'000; ++i) {
      const auto slot = static_cast<std::size_t>(stream.below(slots, i, 0));
      if (stream.below(3, i, 1) == 0) {
        owned.queue.cancel(slot);
        reference[slot] = EventQueue::kNever;
      } else {
        const SimTime time = at(static_cast<std::int64_t>(stream.below(50, i, 2)));
        owned.queue.schedule(slot, time);
        reference[slot] = EventQueue::key(time, slot);
      }
      const std::uint64_t earliest = *std::min_element(reference.begin(), reference.end());
      if (owned.queue.next() != earliest) FAIL("operation " << i << " of " << slots << " slots");
    }
    CHECK(owned.queue.next() == *std::min_element(reference.begin(), reference.end()));
  }
}
