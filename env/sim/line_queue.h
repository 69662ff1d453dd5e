// Customers' lines that wait: for a picker once their stock is theirs, for stock before that.
//
// Pickers take lines in due order: by due day, then by arrival. Lines that get their stock when they come
// arrive in this order, so that a ring is enough for them; those that a receipt frees are older and lie in a
// heap. Memory grows with what waits and is kept; nothing else is allocated. Both parts can be written to
// bytes and read back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <vector>

#include "env/core/quantity.h"

namespace restock {

/// Units of one SKU that one customer asked for, or a part of them where stock comes in parts.
struct Line {
  std::int64_t arrived_at = 0;  ///< milliseconds: when the customer came
  std::int64_t ready_at = 0;    ///< milliseconds: since when the stock is there
  Quantity units = 0;
  std::int32_t sku = 0;
  std::int32_t due_day = 0;  ///< 0 where nothing is due
  std::int32_t number = 0;   ///< of the customer among those of its day
  std::int32_t part = 0;     ///< of the customer's line: how many were taken of it before
  std::int64_t work = 0;     ///< milliseconds that a picker needs, which nobody knows before

  bool operator==(const Line&) const = default;
};

/// Whether pickers take `a` before `b`; no two lines are equal in it.
inline bool is_due_before(const Line& a, const Line& b) noexcept {
  const auto key = [](const Line& line) {
    return std::tie(line.due_day, line.arrived_at, line.number, line.sku, line.part);
  };
  return key(a) < key(b);
}

/// Lines whose stock is there, in due order.
class LineQueue {
 public:
  void clear() noexcept;
  bool empty() const noexcept { return count_ == 0 && freed_.empty(); }
  std::size_t size() const noexcept { return count_ + freed_.size(); }
  /// A line that is due after all that were pushed so before.
  void push_new(const Line& line) {
    if (count_ == ring_.size()) grow();
    ring_[(first_ + count_++) & (ring_.size() - 1)] = line;
  }
  /// Any line.
  void push_freed(const Line& line);
  /// The line that is due first; there is one.
  Line pop() noexcept {
    if (!freed_.empty() && (count_ == 0 || is_due_before(freed_.front(), ring_[first_]))) return pop_freed();
    const Line line = ring_[first_];
    first_ = (first_ + 1) & (ring_.size() - 1);
    --count_;
    return line;
  }
  /// Calls change(line) for every line; what it changes must not be in the due order.
  template <class Change>
  void for_each(const Change& change) {
    for (std::size_t i = 0; i < count_; ++i) change(ring_[(first_ + i) & (ring_.size() - 1)]);
    for (Line& line : freed_) change(line);
  }
  void save(std::vector<std::byte>& bytes) const;
  /// Reads what save() wrote from the front of `bytes`; gives what is left of them.
  std::span<const std::byte> restore(std::span<const std::byte> bytes);

 private:
  void grow();
  Line pop_freed() noexcept;

  std::vector<Line> ring_;  ///< its size is a power of two
  std::size_t first_ = 0;
  std::size_t count_ = 0;
  std::vector<Line> freed_;  ///< a heap, the one due first on top
};

/// Lines that wait for stock, SKU by SKU in the order of their arrival.
class BacklogLines {
 public:
  void reset(std::size_t skus);
  void push(const Line& line);
  /// Takes the oldest `units` of a SKU, which wait: calls visit(part) for each line, whole or in part.
  template <class Visit>
  void take(std::int32_t sku, Quantity units, const Visit& visit) {
    while (units > 0) {
      const Line part = take_first(sku, units);
      units -= part.units;
      visit(part);
    }
  }
  /// Units of a SKU that wait.
  Quantity units(std::int32_t sku) const noexcept;
  void save(std::vector<std::byte>& bytes) const;
  std::span<const std::byte> restore(std::span<const std::byte> bytes);

 private:
  struct Node {
    Line line;
    std::int64_t next = -1;
  };
  Line take_first(std::int32_t sku, Quantity most);

  std::vector<Node> nodes_;
  std::vector<std::int64_t> first_, last_;  ///< by SKU; −1: nobody waits
  std::int64_t free_ = -1;                  ///< the first of the nodes that are not in use
};

}  // namespace restock
