#include "env/sim/line_queue.h"

#include <algorithm>
#include <cstring>

#include "env/core/check.h"

namespace restock {

namespace {

constexpr std::size_t kSmallestRing = 16;

void put(std::vector<std::byte>& bytes, const void* data, std::size_t size) {
  const std::size_t at = bytes.size();
  bytes.resize(at + size);
  if (size > 0) std::memcpy(bytes.data() + at, data, size);
}

std::span<const std::byte> get(std::span<const std::byte> bytes, void* data, std::size_t size) {
  RESTOCK_CHECK(bytes.size() >= size, "{} bytes, expected {}", bytes.size(), size);
  if (size > 0) std::memcpy(data, bytes.data(), size);
  return bytes.subspan(size);
}

template <class T>
void put_all(std::vector<std::byte>& bytes, const std::vector<T>& items) {
  const std::size_t count = items.size();
  put(bytes, &count, sizeof count);
  put(bytes, items.data(), count * sizeof(T));
}

template <class T>
std::span<const std::byte> get_all(std::span<const std::byte> bytes, std::vector<T>& items) {
  std::size_t count = 0;
  bytes = get(bytes, &count, sizeof count);
  RESTOCK_CHECK(count <= bytes.size() / sizeof(T), "{} items in {} bytes", count, bytes.size());
  items.resize(count);
  return get(bytes, items.data(), count * sizeof(T));
}

bool is_due_after(const Line& a, const Line& b) noexcept {
  return is_due_before(b, a);
}

}  // namespace

void LineQueue::clear() noexcept {
  first_ = count_ = 0;
  freed_.clear();
}

void LineQueue::grow() {
  std::rotate(ring_.begin(), ring_.begin() + static_cast<std::ptrdiff_t>(first_), ring_.end());
  first_ = 0;
  ring_.resize(std::max(kSmallestRing, 2 * ring_.size()));
}

void LineQueue::push_freed(const Line& line) {
  freed_.push_back(line);
  std::push_heap(freed_.begin(), freed_.end(), is_due_after);
}

Line LineQueue::pop_freed() noexcept {
  std::pop_heap(freed_.begin(), freed_.end(), is_due_after);
  const Line line = freed_.back();
  freed_.pop_back();
  return line;
}

void LineQueue::save(std::vector<std::byte>& bytes) const {
  put(bytes, &count_, sizeof count_);
  for (std::size_t i = 0; i < count_; ++i)
    put(bytes, &ring_[(first_ + i) & (ring_.size() - 1)], sizeof(Line));
  put_all(bytes, freed_);
}

std::span<const std::byte> LineQueue::restore(std::span<const std::byte> bytes) {
  clear();
  std::size_t count = 0;
  bytes = get(bytes, &count, sizeof count);
  RESTOCK_CHECK(count <= bytes.size() / sizeof(Line), "{} lines in {} bytes", count, bytes.size());
  for (std::size_t i = 0; i < count; ++i) {
    Line line;
    bytes = get(bytes, &line, sizeof line);
    push_new(line);
  }
  return get_all(bytes, freed_);
}

void BacklogLines::reset(std::size_t skus) {
  nodes_.clear();
  first_.assign(skus, -1);
  last_.assign(skus, -1);
  free_ = -1;
}

void BacklogLines::push(const Line& line) {
  std::int64_t at = free_;
  if (at < 0) {
    at = static_cast<std::int64_t>(nodes_.size());
    nodes_.emplace_back();
  } else {
    free_ = nodes_[static_cast<std::size_t>(at)].next;
  }
  nodes_[static_cast<std::size_t>(at)] = {line, -1};
  const auto sku = static_cast<std::size_t>(line.sku);
  if (last_[sku] < 0)
    first_[sku] = at;
  else
    nodes_[static_cast<std::size_t>(last_[sku])].next = at;
  last_[sku] = at;
}

/// At most so many units of the oldest line.
Line BacklogLines::take_first(std::int32_t sku, Quantity most) {
  const auto index = static_cast<std::size_t>(sku);
  const std::int64_t at = first_[index];
  RESTOCK_CHECK(at >= 0, "SKU {}: {} units that nobody waits for", sku, most);
  Node& node = nodes_[static_cast<std::size_t>(at)];
  Line part = node.line;
  part.units = std::min(most, node.line.units);
  node.line.units -= part.units;
  ++node.line.part;
  if (node.line.units > 0) return part;
  first_[index] = node.next;
  if (node.next < 0) last_[index] = -1;
  node.next = free_;
  free_ = at;
  return part;
}

Quantity BacklogLines::units(std::int32_t sku) const noexcept {
  Quantity sum = 0;
  for (std::int64_t at = first_[static_cast<std::size_t>(sku)]; at >= 0;
       at = nodes_[static_cast<std::size_t>(at)].next)
    sum += nodes_[static_cast<std::size_t>(at)].line.units;
  return sum;
}

void BacklogLines::save(std::vector<std::byte>& bytes) const {
  put_all(bytes, nodes_);
  put_all(bytes, first_);
  put_all(bytes, last_);
  put(bytes, &free_, sizeof free_);
}

std::span<const std::byte> BacklogLines::restore(std::span<const std::byte> bytes) {
  bytes = get_all(bytes, nodes_);
  bytes = get_all(bytes, first_);
  bytes = get_all(bytes, last_);
  return get(bytes, &free_, sizeof free_);
}

}  // namespace restock
