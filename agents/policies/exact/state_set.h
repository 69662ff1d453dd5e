// A set of states of equal width, numbered in the order in which they came in: flat storage and a table with
// open addressing.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "agents/policies/exact/chain.h"

namespace restock::exact {

class StateSet {
 public:
  explicit StateSet(std::size_t width) : width_(width), places_(1024, kEmpty) {}

  std::size_t size() const noexcept { return count_; }
  std::size_t width() const noexcept { return width_; }
  std::span<const Units> operator[](std::size_t index) const noexcept {
    return std::span(units_).subspan(index * width_, width_);
  }
  /// The number of the state, a new one where it is not there.
  std::size_t insert(std::span<const Units> state);
  /// size() where it is not there.
  std::size_t find(std::span<const Units> state) const noexcept;
  std::uint64_t bytes() const noexcept {
    return units_.capacity() * sizeof(Units) + places_.size() * sizeof(std::uint32_t);
  }

 private:
  static constexpr std::uint32_t kEmpty = 0xffffffff;
  std::size_t place_of(std::span<const Units> state) const noexcept;
  void grow();

  std::size_t width_;
  std::size_t count_ = 0;
  std::vector<Units> units_;
  std::vector<std::uint32_t> places_;  ///< a power of two of them
};

}  // namespace restock::exact
