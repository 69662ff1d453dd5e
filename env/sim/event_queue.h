// The event queue: a winner (tournament) tree over fixed slots.
//
// Everything that can happen next owns a slot. Setting a slot's time schedules or reschedules it; no
// allocation, no search. A key is `time << 20 | slot`, so events of one instant come in the order of their
// slots: ties are broken by content, never by the order of insertion. Measured against std::priority_queue in
// env/README.md.
#pragma once

#include <bit>
#include <cstdint>
#include <span>

#include "env/core/check.h"
#include "env/core/time.h"

namespace restock {

/// A view of a tree that lives in its owner's memory, so that a simulation's state is one block.
class EventQueue {
 public:
  static constexpr int kSlotBits = 20;
  static constexpr std::uint64_t kNever = ~std::uint64_t{0};
  /// Times are below it: 2^44 milliseconds are 557 years.
  static constexpr std::int64_t kMaximumMilliseconds = (std::int64_t{1} << (64 - kSlotBits)) - 1;

  static constexpr std::size_t leaves(std::size_t slots) {
    return std::bit_ceil(slots < 2 ? std::size_t{2} : slots);
  }
  /// Words of memory that a queue of so many slots needs.
  static constexpr std::size_t words(std::size_t slots) { return 2 * leaves(slots); }

  EventQueue() = default;
  EventQueue(std::uint64_t* memory, std::size_t slots) : tree_(memory), leaves_(leaves(slots)) {
    RESTOCK_CHECK(slots <= (std::size_t{1} << kSlotBits), "{} slots", slots);
  }

  void clear() noexcept {
    for (std::size_t i = 0; i < 2 * leaves_; ++i) tree_[i] = kNever;
  }
  static constexpr std::uint64_t key(SimTime time, std::size_t slot) noexcept {
    return static_cast<std::uint64_t>(time.in_milliseconds()) << kSlotBits | slot;
  }
  static constexpr SimTime time_of(std::uint64_t key) noexcept {
    return SimTime::at_milliseconds(static_cast<std::int64_t>(key >> kSlotBits));
  }
  static constexpr std::size_t slot_of(std::uint64_t key) noexcept { return key & ((1U << kSlotBits) - 1); }

  /// Schedules or reschedules a slot.
  void schedule(std::size_t slot, SimTime time) noexcept { set(slot, key(time, slot)); }
  void cancel(std::size_t slot) noexcept { set(slot, kNever); }
  bool is_scheduled(std::size_t slot) const noexcept { return tree_[leaves_ + slot] != kNever; }
  /// When a scheduled slot is due.
  SimTime due(std::size_t slot) const noexcept { return time_of(tree_[leaves_ + slot]); }
  /// The key of the earliest event; kNever where nothing is scheduled.
  std::uint64_t next() const noexcept { return tree_[1]; }

 private:
  void set(std::size_t slot, std::uint64_t value) noexcept {
    std::size_t node = leaves_ + slot;
    tree_[node] = value;
    while (node > 1) {
      const std::uint64_t sibling = tree_[node ^ 1];
      value = sibling < value ? sibling : value;
      node >>= 1;
      tree_[node] = value;
    }
  }

  std::uint64_t* tree_ = nullptr;  ///< node i has the children 2i and 2i + 1; leaves start at leaves_
  std::size_t leaves_ = 0;
};

}  // namespace restock
