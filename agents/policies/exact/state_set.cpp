#include "agents/policies/exact/state_set.h"

#include <algorithm>

#include "env/core/check.h"

namespace restock::exact {

namespace {

std::uint64_t hash_of(std::span<const Units> state) noexcept {
  std::uint64_t hash = 0x9e3779b97f4a7c15;
  for (const Units units : state) {
    hash = (hash ^ static_cast<std::uint32_t>(units)) * 0xbf58476d1ce4e5b9;
    hash ^= hash >> 29;
  }
  return hash;
}

}  // namespace

std::size_t StateSet::place_of(std::span<const Units> state) const noexcept {
  const std::size_t mask = places_.size() - 1;
  std::size_t place = hash_of(state) & mask;
  while (places_[place] != kEmpty && !std::ranges::equal((*this)[places_[place]], state))
    place = (place + 1) & mask;
  return place;
}

std::size_t StateSet::insert(std::span<const Units> state) {
  std::size_t place = place_of(state);
  if (places_[place] != kEmpty) return places_[place];
  RESTOCK_CHECK(count_ < kEmpty && state.size() == width_, "state {} of width {}", count_, state.size());
  if (2 * (count_ + 1) > places_.size()) {
    grow();
    place = place_of(state);
  }
  places_[place] = static_cast<std::uint32_t>(count_);
  units_.insert(units_.end(), state.begin(), state.end());
  return count_++;
}

std::size_t StateSet::find(std::span<const Units> state) const noexcept {
  const std::uint32_t found = places_[place_of(state)];
  return found == kEmpty ? count_ : found;
}

void StateSet::grow() {
  places_.assign(places_.size() * 2, kEmpty);
  for (std::size_t index = 0; index < count_; ++index)
    places_[place_of((*this)[index])] = static_cast<std::uint32_t>(index);
}

}  // namespace restock::exact
