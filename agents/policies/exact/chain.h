// A Markov decision chain as the drivers of iterate.h see it: a number of states and one sweep of Bellman's
// operator over all of them,
//
//   next(s) = min over choices a of  cost(s, a) + discount · E value(next state).
//
// A chain knows how its states lie in memory and shares the sweep among threads; each state is computed by
// one thread in one fixed order, so that results do not depend on their number.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "env/core/worker_team.h"

namespace restock::exact {

/// One component of a state: units, or a day of the cycle.
using Units = std::int32_t;

struct Sweep {
  std::span<const double> value;
  std::span<double> next;
  std::span<std::uint32_t> choice = {};  ///< gets the place of the best choice; empty: nobody asks
  double discount = 1;
  bool counts_cost = true;  ///< false: next = E value alone
};

/// Of next − value, over all states.
struct Change {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  /// Puts a state's new value in its place.
  void write(const Sweep& sweep, std::size_t state, double value) noexcept {
    const double change = value - sweep.value[state];
    low = std::min(low, change);
    high = std::max(high, change);
    sweep.next[state] = value;
  }
  void add(const Change& other) noexcept {
    low = std::min(low, other.low);
    high = std::max(high, other.high);
  }
};

class Chain {
 public:
  virtual ~Chain() = default;
  virtual std::size_t states() const = 0;
  virtual std::uint64_t state_actions() const = 0;
  /// What it holds beside the two values of each state.
  virtual std::uint64_t bytes() const = 0;
  /// The state in which the scenario starts; states() where it lies outside.
  virtual std::size_t start() const = 0;
  virtual Change sweep(const Sweep& sweep, WorkerTeam& team) const = 0;
  /// Days of a cycle after which the same law holds again: its states fall into so many classes that follow
  /// each other.
  virtual std::size_t period() const { return 1; }

  virtual std::size_t state_width() const = 0;
  virtual void decode(std::size_t index, std::span<Units> state) const = 0;
  /// states() where there is none.
  virtual std::size_t index_of(std::span<const Units> state) const = 0;
};

/// A sweep over fewer blocks is over before the others have woken up.
inline constexpr std::size_t kFewestBlocksToShare = 32;

/// Calls body(scratch, block) for each block in [0, count): any worker takes the next one, with the scratch
/// that start() has given it.
template <class Start, class Body>
void for_blocks(WorkerTeam& team, std::size_t count, const Start& start, const Body& body) {
  std::atomic<std::size_t> next{0};
  const auto work = [&](int) {
    auto scratch = start();
    for (std::size_t block = next.fetch_add(1); block < count; block = next.fetch_add(1))
      body(scratch, block);
  };
  if (count < kFewestBlocksToShare)
    work(0);
  else
    team.run(work);
}

/// The same, each block giving a Change; all of them together.
template <class Start, class Body>
Change change_over_blocks(WorkerTeam& team, std::size_t count, const Start& start, const Body& body) {
  std::vector<Change> changes(count);
  for_blocks(team, count, start,
             [&](auto& scratch, std::size_t block) { changes[block] = body(scratch, block); });
  Change all;
  for (const Change& change : changes) all.add(change);
  return all;
}

/// A start() for blocks that need nothing.
struct NoScratch {
  NoScratch operator()() const noexcept { return {}; }
};

}  // namespace restock::exact
