// Lines that wait for pickers and for stock: who comes next, and that bytes hold all of it.
#include "env/sim/line_queue.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "env/core/keyed_random.h"

using namespace restock;

namespace {

Line line_at(std::int64_t arrived_at, std::int32_t due_day, Quantity units = 1, std::int32_t sku = 0) {
  Line line;
  line.arrived_at = arrived_at;
  line.due_day = due_day;
  line.units = units;
  line.sku = sku;
  return line;
}

}  // namespace

TEST_CASE("lines come in due order, whether they are new or freed") {
  LineQueue queue;
  std::vector<Line> all;
  for (std::int32_t i = 0; i < 200; ++i) {
    const Line line = line_at(10 * i, i / 20);
    all.push_back(line);
    // A third of them comes late, when their stock comes.
    if (i % 3 != 0) queue.push_new(line);
  }
  for (std::int32_t i = 198; i >= 0; i -= 3) queue.push_freed(all[static_cast<std::size_t>(i)]);
  CHECK(queue.size() == 200);
  std::vector<Line> taken;
  while (!queue.empty()) taken.push_back(queue.pop());
  CHECK(taken == all);
}

TEST_CASE("the queue holds what is in it while it turns") {
  LineQueue queue;
  std::int64_t pushed = 0;
  std::int64_t popped = 0;
  for (std::uint64_t step = 0; step < 2'000; ++step) {
    if (mix64(step) % 3 != 0 || queue.empty()) {
      queue.push_new(line_at(pushed++, 0));
    } else {
      CHECK(queue.pop().arrived_at == popped++);
    }
  }
  CHECK(static_cast<std::int64_t>(queue.size()) == pushed - popped);
  std::vector<std::byte> bytes;
  queue.save(bytes);
  bytes.resize(bytes.size() + 3);
  LineQueue again;
  again.push_new(line_at(5, 5));
  CHECK(again.restore(bytes).size() == 3);
  CHECK(again.size() == queue.size());
  while (!queue.empty()) CHECK(again.pop() == queue.pop());
  CHECK(again.empty());
}

TEST_CASE("who waits longest for stock gets it first, in parts where it comes in parts") {
  BacklogLines backlog;
  backlog.reset(2);
  backlog.push(line_at(1, 0, 3, 0));
  backlog.push(line_at(2, 0, 1, 1));
  backlog.push(line_at(3, 1, 2, 0));
  std::vector<Line> parts;
  const auto collect = [&](const Line& part) { parts.push_back(part); };
  backlog.take(0, 2, collect);
  std::vector<std::byte> bytes;
  backlog.save(bytes);
  BacklogLines again;
  CHECK(again.restore(bytes).empty());
  CHECK(again.units(0) == 3);
  CHECK(again.units(1) == 1);
  again.take(0, 2, collect);
  REQUIRE(parts.size() == 3);
  CHECK((parts[0].units == 2 && parts[0].arrived_at == 1 && parts[0].part == 0));
  CHECK((parts[1].units == 1 && parts[1].arrived_at == 1 && parts[1].part == 1));
  CHECK((parts[2].units == 1 && parts[2].arrived_at == 3 && parts[2].due_day == 1));
  CHECK(again.units(0) == 1);
  again.push(line_at(9, 0, 5, 1));  // in a place that has become free
  CHECK(again.units(1) == 6);
  CHECK_THROWS(again.take(0, 2, collect));
}
